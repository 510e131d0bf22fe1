<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Exceptions;
use InvalidArgumentException;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * If a setting can't be used, the doctor names it with its value, and nothing is harmed that doesn't need it.
 */
final class SettingsTest extends TestCase
{
    public function test_the_settings_of_the_package_are_sound(): void
    {
        $this->assertSame([], app(Settings::class)->faults());
        $this->assertSame('config/exrun.php', $this->found('The settings are sound'));
    }

    /** @return array<string, array{string, string, string}> a name of .env, its value, words of the sentence */
    public static function faults(): array
    {
        $whole = 'it must be a whole number, 1 at least.';
        $flag = 'it must be true or false.';
        $seconds = "it must be seconds such as 5 or 0.5, or a text such as '500ms', '5s', '2m'.";

        return [
            'no run at a time' => [
                'EXRUN_HTTP_RUNS_AT_A_TIME', '0', '(exrun.http.runs_at_a_time in config/exrun.php) is "0"; '.$whole,
            ],
            'an empty number' => [
                'EXRUN_HTTP_MAX_WAITING', '', '(exrun.http.max_waiting in config/exrun.php) is ""; '.$whole,
            ],
            'a number and more' => ['EXRUN_HTTP_MAX_WAITING', '20x', 'is "20x"; '.$whole],
            'no runs a minute' => ['EXRUN_HTTP_RUNS_PER_MINUTE', '0', $whole],
            'half a poll' => ['EXRUN_HTTP_POLLS_PER_MINUTE', '0.5', $whole],
            'an address' => [
                'EXRUN_HTTP_ADDRESS_RUNS_PER_MINUTE', '-1',
                '(exrun.http.address.runs_per_minute in config/exrun.php) is "-1"; '.$whole,
            ],
            'a flag of the route' => [
                'EXRUN_HTTP', 'maybe', '(exrun.http.enabled in config/exrun.php) is "maybe"; '.$flag,
            ],
            'a flag of broadcasting' => ['EXRUN_BROADCAST', 'perhaps', $flag],
            'a flag of sudo' => ['EXRUN_SUDO', 'ja', $flag],
            'a time that is a word' => [
                'EXRUN_WALL', 'abc', '(exrun.limits.wall in config/exrun.php) is "abc"; '.$seconds,
            ],
            'no time' => ['EXRUN_WALL', '0', 'is "0"; it must be more than nothing.'],
            'a negative time' => ['EXRUN_CPU', '-1', $seconds],
            'an output that is a word' => ['EXRUN_OUTPUT', 'much', '(exrun.limits.output in config/exrun.php) is "much"; it must be bytes'],
            'a time-out that is a word' => ['EXRUN_PROCESS_TIMEOUT', 'abc', 'is "abc"; it must be a number.'],
            'an empty time-out' => ['EXRUN_JOB_TIMEOUT', '', $whole],
        ];
    }

    #[DataProvider('faults')]
    public function test_the_doctor_names_a_setting_and_its_value(string $name, string $value, string $said): void
    {
        $this->env = [$name => $value];
        $this->refreshApplication();
        $found = $this->found('The settings are sound');

        $this->assertStringContainsString($name.' (', $found);
        $this->assertStringContainsString($said, $found);
    }

    public function test_each_number_and_flag_is_read(): void
    {
        $keys = [
            'broadcast.private', 'broadcast.max_bytes', 'results.keep', 'queue.tries', 'queue.backoff', 'http.prefix',
            'http.middleware', 'http.address.runs_at_a_time', 'http.address.polls_per_minute', 'http.max.body',
            'http.max.source', 'http.max.stdin', 'http.max.args', 'http.max.files', 'http.max.files_bytes',
            'limits.memory', 'limits.files', 'timeouts.compile',
        ];

        foreach ($keys as $key) {
            config()->set("exrun.{$key}", $key === 'http.prefix' ? 5 : 'odd');
        }

        $faults = implode(' ', app(Settings::class)->faults());

        foreach ($keys as $key) {
            $this->assertStringContainsString("exrun.{$key} in config/exrun.php", $faults);
        }
    }

    public function test_an_empty_name_counts_as_not_set(): void
    {
        $empty = array_fill_keys(['EXRUN_QUEUE', 'EXRUN_QUEUE_CONNECTION', 'EXRUN_RESULTS_STORE', 'EXRUN_WALL'], '');
        $this->env = [...$empty, 'EXRUN_HTTP_PROFILES' => 'php,, python,'];
        $this->refreshApplication();
        $settings = app(Settings::class);

        foreach (['queue.queue', 'queue.connection', 'results.store'] as $key) {
            $this->assertNull($settings->stringOrNull($key));
        }
        $this->assertNull($settings->limits()->wallMs);
        $this->assertSame(['php', 'python'], $settings->strings('http.profiles'));
    }

    public function test_other_jobs_are_dispatched_whatever_the_settings_are(): void
    {
        config()->set([
            'queue.default' => 'database', 'exrun.timeouts.job' => 'soon', 'exrun.results.store' => 'nowhere',
            'exrun.limits.wall' => 'abc',
        ]);
        Artisan::call('migrate', ['--force' => true]);
        dispatch(function (): void {});

        $this->assertSame(1, app('queue')->connection()->size());
    }

    public function test_a_wrong_flag_turns_the_route_off_and_the_application_works(): void
    {
        $this->env = ['EXRUN_HTTP' => 'maybe'];
        $this->refreshApplication();

        $this->get('/up')->assertOk();
        $this->assertFalse(app('router')->has('exrun.run'));
        $this->assertSame(0, Artisan::call('about', ['--only' => 'exrun']));
        $this->assertMatchesRegularExpression('/Route \.+ WRONG/', Artisan::output());
    }

    public function test_a_wrong_flag_of_broadcasting_does_not_fail_a_job(): void
    {
        Exceptions::fake();
        Exrun::fake(['*' => 'done']);
        config()->set('exrun.broadcast.enabled', 'perhaps');
        $id = Exrun::php('')->dispatch();

        $this->assertSame('done', Exrun::result($id)?->stdout);
        Exceptions::assertReported(InvalidArgumentException::class);
    }

    public function test_the_doctor_names_a_cache_that_does_not_exist(): void
    {
        $this->env = ['CACHE_STORE' => 'typo'];
        $this->refreshApplication();
        config()->set('cache.default', 'typo');
        $this->assertStringStartsWith(
            'CACHE_STORE is "typo", and config/cache.php has no such store.',
            $this->found('The cache answers'),
        );
    }

    public function test_the_doctor_names_a_results_store_that_does_not_exist(): void
    {
        config()->set([
            'exrun.results.store' => 'typo', 'exrun.limits.wall' => 'abc', 'exrun.sudo' => 'ja',
            'exrun.timeouts.job' => '',
        ]);

        $this->assertStringStartsWith(
            'EXRUN_RESULTS_STORE is "typo", and config/cache.php has no such store.',
            $this->found('Results reach the web server'),
        );
        $found = $this->found('exrun is installed');
        $this->assertStringContainsString('EXRUN_SUDO (exrun.sudo in config/exrun.php) is "ja"', $found);
        config()->set(['exrun.sudo' => false, 'exrun.timeouts.job' => 60, 'exrun.results.store' => 'exrun']);
        $found = $this->found('This user may run examples');
        $this->assertStringContainsString('EXRUN_WALL (exrun.limits.wall in config/exrun.php) is "abc"', $found);
    }

    public function test_the_own_store_is_of_the_kind_of_the_applications_cache(): void
    {
        config()->set('cache.default', 'array');
        $said = $this->found('Results reach the web server');
        $this->assertStringContainsString('forgets with its process. Set CACHE_STORE to', $said);

        config()->set('exrun.results.store', 'array');
        $said = $this->found('Results reach the web server');
        $this->assertStringContainsString('forgets with its process. Set EXRUN_RESULTS_STORE to', $said);
    }

    public function test_a_queue_that_drops_runs_or_does_not_exist_is_found(): void
    {
        $whys = [
            'null' => 'a queue that drops each job, so no run ends',
            'reddis' => 'and config/queue.php has no such connection',
        ];

        foreach ($whys as $name => $why) {
            config()->set('exrun.queue.connection', $name);
            $expected = "EXRUN_QUEUE_CONNECTION is \"{$name}\", {$why}. Set it to redis or database.";
            $this->assertSame($expected, $this->found('The queue answers'));
        }

        config()->set(['exrun.queue.connection' => null, 'queue.default' => null]);
        $found = $this->found('The queue answers');
        $this->assertStringStartsWith('QUEUE_CONNECTION is "null", a queue that drops each job', $found);
        config()->set('queue.default', 'sync');
        $this->assertStringContainsString("a visitor's request waits for it", $this->found('A worker looks for runs'));
    }

    public function test_a_route_without_a_language_is_found(): void
    {
        $this->env = ['EXRUN_HTTP' => 'true', 'EXRUN_HTTP_PROFILES' => ' , '];
        $this->refreshApplication();

        $found = $this->found('The languages exist');
        $this->assertStringStartsWith('The route offers no language. Set EXRUN_HTTP_PROFILES', $found);
    }

    private function found(string $question): string
    {
        return $this->doctor()[$question] ?? '';
    }

    /** @return array<string, string> question => its finding */
    private function doctor(?bool $isFine = null): array
    {
        Artisan::call('sandbox:doctor', ['--json' => true]);
        $said = json_decode(Artisan::output(), true);
        $this->assertIsArray($said);
        $this->assertIsArray($said['answers']);

        if ($isFine !== null) {
            $this->assertSame($isFine, $said['healthy']);
        }

        $found = [];

        foreach ($said['answers'] as $answer) {
            $this->assertIsArray($answer);
            $this->assertIsString($answer['question']);
            $this->assertIsString($answer['found']);
            $found[$answer['question']] = $answer['found'];
        }

        return $found;
    }
}
