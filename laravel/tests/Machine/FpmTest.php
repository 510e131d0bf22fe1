<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\Support\Site;
use PHPUnit\Framework\TestCase;

/**
 * Streams through nginx and PHP-FPM with Debian's five children, read by visitors in headless Chromium.
 */
final class FpmTest extends TestCase
{
    private static Machine $machine;

    /** @var array<string, mixed> */
    private static array $seen;

    public static function setUpBeforeClass(): void
    {
        self::$machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
        $port = Site::start(self::$machine, ['EXRUN_CPU' => '5', 'EXRUN_HTTP_PROFILES' => 'bash'], 3);
        self::$seen = Site::visit(self::$machine, 'streams.mjs', "http://127.0.0.1:{$port}/");
    }

    public static function tearDownAfterClass(): void
    {
        self::$machine->end();
    }

    public function test_of_five_visitors_two_get_a_stream_and_three_are_polled(): void
    {
        $five = self::members('five');
        $kinds = array_count_values(array_map(fn (array $visitor): string => "{$visitor['status']} {$visitor['type']}", $five));
        ksort($kinds);
        $this->assertSame(['200 text/event-stream' => 2, '202 application/json' => 3], $kinds);

        foreach ($five as $visitor) {
            $this->assertSame(['ok', "one\ntwo\n"], [$visitor['verdict'], $visitor['stdout']]);
        }
    }

    public function test_another_page_answers_while_they_run(): void
    {
        $this->assertSame(['200', true], [self::$seen['page'], self::$seen['pageCameFirst']]);
    }

    public function test_output_comes_as_it_is_written(): void
    {
        $streams = array_filter(self::members('five'), fn (array $visitor): bool => $visitor['status'] === 200);
        $this->assertCount(2, $streams);

        foreach ($streams as $stream) {
            $this->assertTrue($stream['cameBeforeTheEnd'] ?? false, json_encode($stream, JSON_THROW_ON_ERROR));
        }
    }

    public function test_a_program_is_answered_through_the_route(): void
    {
        $this->assertSame(['status' => 200, 'events' => ['reading', 'result'], 'stdin' => 204, 'stdout' => "name? hello Ada\n"], self::$seen['asked']);
    }

    public function test_a_visitor_who_leaves_ends_the_run(): void
    {
        $this->assertSame('cancelled', self::$seen['left']);
    }

    public function test_a_stream_locks_no_session(): void
    {
        $this->assertTrue(self::$seen['sameSession']);
    }

    public function test_without_the_token_of_the_page_there_is_no_run(): void
    {
        $this->assertSame(419, self::$seen['csrf']);
    }

    /** @return list<array{status: int, type: string, verdict: string, stdout: string, cameBeforeTheEnd?: bool}> */
    private static function members(string $name): array
    {
        /** @var list<array{status: int, type: string, verdict: string, stdout: string, cameBeforeTheEnd?: bool}> $list */
        $list = self::$seen[$name];

        return $list;
    }
}
