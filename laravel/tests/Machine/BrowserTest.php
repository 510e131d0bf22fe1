<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use PHPUnit\Framework\TestCase;

/**
 * The demo's page in headless Chromium, with a web server, a queue worker, Redis and exrun behind it.
 */
final class BrowserTest extends TestCase
{
    /** @var array<string, mixed> */
    private static array $seen;

    public static function setUpBeforeClass(): void
    {
        $machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
        $screenshots = getenv('EXRUN_SCREENSHOTS') ?: $machine->folder;

        try {
            $machine->startRedis();
            $port = Machine::freePort();
            $machine->env = [...$machine->env, 'EXRUN_HTTP' => 'true', 'EXRUN_WALL' => '14', 'EXRUN_CPU' => '0.4', 'EXRUN_HTTP_PROFILES' => 'php,python,c,nonesuch', 'EXRUN_HTTP_RUNS_PER_MINUTE' => '13',
                'EXRUN_PROCESS_TIMEOUT' => '45', 'EXRUN_JOB_TIMEOUT' => '60', 'REDIS_QUEUE_RETRY_AFTER' => '90', 'PHP_CLI_SERVER_WORKERS' => '3', 'APP_DEBUG' => 'false'];
            $machine->must($machine->artisan('migrate', '--force'));
            $machine->artisan('queue:work', '--sleep=0.05');
            $server = dirname(__DIR__, 2).'/demo/vendor/laravel/framework/src/Illuminate/Foundation/resources/server.php';
            $machine->start([PHP_BINARY, '-S', "127.0.0.1:{$port}", '-t', '.', $server], directory: 'public');
            Machine::until(fn (): bool => @file_get_contents("http://127.0.0.1:{$port}/up") !== false, 'the web server does not answer');
            $said = $machine->must($machine->start(['node', dirname(__DIR__).'/Browser/drive.mjs', "http://127.0.0.1:{$port}/plain", $screenshots], self::guide()));
            $seen = json_decode($said, true, 16, JSON_THROW_ON_ERROR);
            /** @var array<string, mixed> $seen */
            self::$seen = $seen;
        } finally {
            $machine->end();
        }
    }

    public function test_no_script_fails(): void
    {
        $this->assertSame([], self::$seen['errors']);
        $this->assertSame(['collections/map', 'basics/squares', 'basics/greeting'], self::$seen['tabs']);
    }

    public function test_a_good_program_shows_its_output(): void
    {
        $good = $this->seen('good');
        $this->assertSame(['ok', 'OK'], [$good['verdict'], $good['title']]);
        $this->assertSame("tea    3.42\ncake   4.82\nmilk   1.18\n", $good['stdout']);
        $this->assertMatchesRegularExpression('/^[\d.]+ ms of 0\.4 s$/', $good['time']);
        $this->assertMatchesRegularExpression('/^[\d.]+ MB of 128 MB$/', $good['memory']);
    }

    public function test_input_can_be_typed(): void
    {
        $this->assertSame("Good morning, Grace!\n", $this->seen('input')['stdout']);
    }

    public function test_an_endless_loop_is_reported(): void
    {
        $loop = $this->seen('loop');
        $this->assertSame(['cpu_timeout', 'CPU time used up', 'before'], [$loop['verdict'], $loop['title'], $loop['stdout']]);
        $this->assertStringContainsString('endless loop', $loop['message']);
    }

    public function test_a_syntax_error_shows_its_line(): void
    {
        $syntax = $this->seen('syntax');
        $this->assertSame('failed', $syntax['verdict']);
        $this->assertStringContainsString('line 4', $syntax['message']);
        $this->assertSame('echo $a +;', $syntax['selected'], 'the line is shown in the editor');
    }

    public function test_a_compile_error_shows_its_line(): void
    {
        $compile = $this->seen('compile');
        $this->assertSame(['compile_failed', 'Did not compile', ''], [$compile['verdict'], $compile['title'], $compile['stdout']]);
        $this->assertStringContainsString('line 5', $compile['message']);
        $this->assertStringContainsString('main.c:5', $compile['stderr']);
        $this->assertSame('    printf("%d\n", x);', $compile['selected']);
    }

    public function test_what_a_program_prints_is_text_to_the_page(): void
    {
        $this->assertStringStartsWith('<b>bold</b><script>', $this->seen('markup')['stdout']);
        $this->assertSame([0, 'Try it'], [$this->seen('markup')['html'], self::$seen['title']]);
    }

    public function test_a_run_that_fails_to_start_is_reported(): void
    {
        $error = $this->seen('error');
        $this->assertSame(['error', 'Not run', ''], [$error['verdict'], $error['title'], $error['time']]);
        $this->assertStringStartsWith('The program could not be run. There is no profile "nonesuch"', $error['message']);
    }

    public function test_the_page_waits_through_an_update_and_a_throttle(): void
    {
        $this->assertSame(['ok', 0], [$this->seen('patience')['verdict'], self::$seen['unanswered']]);
    }

    public function test_a_full_queue_is_reported(): void
    {
        $this->assertSame(['message' => 'Many programs are waiting to be run.', 'hint' => 'again in 2 s', 'isDisabled' => true], self::$seen['full']);
    }

    public function test_a_run_that_waits_says_how_many_are_before_it(): void
    {
        $this->assertSame('Waiting: about 7 before you …', self::$seen['waiting']);
    }

    public function test_the_guides_page_runs_with_the_guides_policy(): void
    {
        $this->assertSame([['The program ended normally.', '42'], ['The program ended normally.', "\u{fffd}"]], self::$seen['guide']);
    }

    public function test_the_throttle_is_reported(): void
    {
        $throttle = $this->seen('throttle');
        $this->assertSame('', $throttle['verdict']);
        $this->assertMatchesRegularExpression('/^Those were many runs in a short time\. You can run the next one in \d+ seconds?\.$/', $throttle['message']);
        $this->assertMatchesRegularExpression('/^again in \d+ s$/', is_string(self::$seen['hint']) ? self::$seen['hint'] : '');
        $this->assertTrue(self::$seen['isDisabled']);
    }

    public function test_polling_ends_with_the_result(): void
    {
        $this->assertGreaterThan(0, self::$seen['polls']);
        $this->assertSame(0, self::$seen['pollsAfterTheEnd']);
    }

    public function test_a_request_without_the_token_is_refused(): void
    {
        $this->assertSame(419, self::$seen['csrf']);
    }

    /** @return array<string, string> the page of docs/laravel.md with a script of its own */
    private static function guide(): array
    {
        $guide = (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md');
        $own = strstr($guide, "\n## A page with your own script\n") ?: '';
        preg_match('/^```html\n(.*?)^```$/ms', $own, $html);
        preg_match('/^```js\n(.*?)^```$/ms', $own, $script);
        preg_match('/`Content-Security-Policy: ([^`]+)`/', $guide, $policy);

        return ['GUIDE_HTML' => $html[1] ?? '', 'GUIDE_SCRIPT' => $script[1] ?? '', 'GUIDE_POLICY' => $policy[1] ?? ''];
    }

    /** @return array{verdict: string, title: string, message: string, stdout: string, stderr: string, time: string, memory: string, selected: string, html: int} */
    private function seen(string $name): array
    {
        $this->assertArrayHasKey($name, self::$seen);
        /** @var array{verdict: string, title: string, message: string, stdout: string, stderr: string, time: string, memory: string, selected: string, html: int} $seen */
        $seen = self::$seen[$name];

        return $seen;
    }
}
