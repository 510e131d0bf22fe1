<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\Support\Site;
use PHPUnit\Framework\TestCase;

/**
 * The cases of the element's own tests (web/tests/browser/cases), in headless Chromium, with the routes of this package in
 * place of the service's. More cases (web/tests/laravel/cases) get each refusal and each 202 from the routes themselves.
 */
final class ElementTest extends TestCase
{
    /** Most runs of the cases of one visitor go on without a pause, and most of their output is large. */
    private const SITE = [
        'EXRUN_HTTP_PROFILES' => 'php,python,bash,c,javascript', 'EXRUN_OUTPUT' => '1M', 'SESSION_DRIVER' => 'redis', 'EXRUN_TEST_BLOCK_FOR' => '1',
        'EXRUN_WALL' => '45', 'EXRUN_PROCESS_TIMEOUT' => '90', 'EXRUN_JOB_TIMEOUT' => '110', 'REDIS_QUEUE_RETRY_AFTER' => '150',
        'EXRUN_HTTP_WORKERS' => '2', 'EXRUN_HTTP_RUNS_AT_A_TIME' => '4', 'EXRUN_HTTP_RUNS_PER_MINUTE' => '40', 'EXRUN_HTTP_POLLS_PER_MINUTE' => '60',
    ];

    /** Fewer would mean that a file of cases was lost. */
    private const FEWEST_CASES = 110;

    /** @var list<string> */
    private static array $passed = [];

    /** @var array<string, string> name => message */
    private static array $failed = [];

    private static string $said = '';

    public static function setUpBeforeClass(): void
    {
        $machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());

        try {
            $port = Site::start($machine, self::SITE, 0); // the cases start and end the worker
            $results = "{$machine->folder}/element.xml";
            $node = $machine->start(
                ['node', '--test', '--test-reporter=./tests/junit.js', "--test-reporter-destination={$results}", 'tests/laravel/all.test.js'],
                ['EXRUN_LARAVEL_SITE' => "http://127.0.0.1:{$port}"],
                dirname(__DIR__, 3).'/web',
            );
            $node->wait();
            self::read((string) @file_get_contents($results));
            self::$said = $node->getOutput().$node->getErrorOutput().$machine->log();
        } finally {
            $machine->end();
        }
    }

    public function test_every_case_passes_through_the_routes(): void
    {
        $this->assertSame([], self::$failed, self::$said);
    }

    public function test_no_case_is_lost(): void
    {
        $this->assertGreaterThanOrEqual(self::FEWEST_CASES, count(self::$passed) + count(self::$failed), self::$said);
    }

    private static function read(string $junit): void
    {
        $document = @simplexml_load_string($junit);

        foreach ($document === false ? [] : ($document->xpath('//testcase') ?: []) as $case) {
            if (isset($case->failure)) {
                self::$failed[(string) $case['name']] = "{$case->failure['message']}\n{$case->failure}";
            } elseif (! isset($case->skipped)) {
                self::$passed[] = (string) $case['name'];
            }
        }
    }
}
