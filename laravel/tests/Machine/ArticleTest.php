<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\Support\Site;
use PHPUnit\Framework\TestCase;

/**
 * The demo's article, read in headless Chromium through nginx and PHP-FPM: eight snippets in four languages.
 */
final class ArticleTest extends TestCase
{
    private static Machine $machine;

    /** @var array<string, mixed> */
    private static array $seen;

    public static function setUpBeforeClass(): void
    {
        self::$machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
        $port = Site::start(self::$machine, ['EXRUN_CPU' => '10', 'EXRUN_HTTP_PROFILES' => 'php,python,javascript,c', 'EXRUN_HTTP_RUNS_PER_MINUTE' => '100'], 1);
        self::$seen = Site::visit(self::$machine, 'article.mjs', "http://127.0.0.1:{$port}/", getenv('EXRUN_SCREENSHOTS') ?: self::$machine->folder);
    }

    public static function tearDownAfterClass(): void
    {
        self::$machine->end();
    }

    public function test_nothing_fails_and_the_policy_is_held(): void
    {
        $this->assertSame([], self::$seen['errors']);
        $this->assertSame(["default-src 'self'", 8], [self::$seen['policy'], self::$seen['snippets']]);
    }

    public function test_nothing_more_is_loaded_before_a_reader_needs_it(): void
    {
        $this->assertSame(['article.css', 'exrun.js', 'reserve.css'], self::$seen['before']);
    }

    public function test_each_program_runs(): void
    {
        $this->assertSame([
            'prices' => ['ok', "3 things, 9.42 in all\n"],
            'cheapest' => ['ok', "3 things, 9.42 in all\nThe cheapest is milk.\n"],
            'table' => ['ok', "Lisbon       545,796\nGhent        267,709\nBergen       291,189\n"],
            'average' => ['ok', "The average is 5.60.\n"],
            'primes' => ['ok', "2 3 5 7 11 13 17 19 23 29 31 37 41 43 47\n"],
        ], self::$seen['runs']);
    }

    public function test_an_edit_reaches_the_program_that_depends_on_it(): void
    {
        $this->assertSame(['ok', "The cheapest is water.\n"], self::$seen['edited']);
    }

    public function test_a_program_is_answered(): void
    {
        $this->assertSame(['ok', "What is your name? Good morning, Grace!\n"], self::$seen['asked']);
    }

    public function test_a_plot_is_shown_in_a_frame_without_scripts(): void
    {
        $this->assertSame(['ok', '/output', '', 'M20 60h400'], self::$seen['plot']);
    }

    public function test_an_endless_loop_is_stopped_by_its_reader(): void
    {
        $this->assertSame(['cancelled', true], self::$seen['stopped']);
    }

    public function test_a_mistake_is_marked_in_the_shown_lines_and_named_by_its_line_there(): void
    {
        $this->assertSame(['compile_failed', 'line 2', 'for (int i = 0; i < m; i++)'], self::$seen['mistake']);
    }
}
