<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\TestCase;
use Symfony\Component\Process\Process;

/**
 * `sandbox:doctor` of a site with a real Redis and real workers: it says that examples can be run if, and only if, they can.
 */
final class DoctorTest extends TestCase
{
    private Machine $machine;

    protected function setUp(): void
    {
        parent::setUp();
        $this->machine = new Machine(self::binary());
        $this->machine->startRedis();
        $this->machine->env = [...$this->machine->env, 'EXRUN_HTTP' => 'true', 'EXRUN_HTTP_PROFILES' => 'php,bash', 'EXRUN_WALL' => '14', 'EXRUN_PROCESS_TIMEOUT' => '48', 'SESSION_DRIVER' => 'file'];
    }

    protected function tearDown(): void
    {
        $this->machine->end();
        parent::tearDown();
    }

    public function test_all_is_well(): void
    {
        $this->startWorker('--sleep=0.1');
        $said = $this->doctor(0);

        $this->assertSame(14, substr_count($said, 'YES'), $said);
        $this->assertStringContainsString('not there, so the program runs the examples', $said);
        $this->assertStringContainsString('Checked as the user root, who owns storage/framework/cache.', $said);
        $this->assertMatchesRegularExpression('/A worker looks for runs \.* 1 worker of redis:default, an idle one looks every 0\.[1-7] s YES/', $said);
        $this->assertStringContainsString('Examples can be run here.', $said);
        $this->assertStringContainsString('"healthy":true,"user":"root"', $this->doctor(0, '--json'));
    }

    public function test_a_worker_that_waits_inside_redis_is_fast(): void
    {
        $this->machine->env['EXRUN_TEST_BLOCK_FOR'] = '2';
        $this->startWorker('--sleep=0.1');

        $this->assertStringContainsString('an idle one looks every 0.', $this->doctor(0));
    }

    public function test_an_idle_worker_that_sleeps_long_is_found(): void
    {
        $this->startWorker();

        $this->assertMatchesRegularExpression('/An idle worker looks every [3-9](\.\d)? s, and a click waits for it\. Start it with --sleep=0\.1/', $this->doctor(1));
    }

    public function test_a_missing_worker_is_found(): void
    {
        $this->assertStringContainsString('No worker has looked at the queue "default" of "redis" for 90 s, so runs wait. Start one (php artisan queue:work redis --queue=default --sleep=0.1)', $this->doctor(1));

        $worker = $this->startWorker('--sleep=0.1', '--queue=mails');
        $this->assertStringContainsString('No worker has looked at the queue "default"', $this->doctor(1), 'one of another queue runs no examples');
        $worker->signal(SIGTERM);
        $worker->wait();

        $worker = $this->startWorker('--sleep=0.1', '--queue=mails,default');
        $this->doctor(0);
        $worker->signal(SIGTERM);
        $worker->wait();
        $this->assertStringContainsString('No worker has looked', $this->doctor(1), 'one that has ended says so');
    }

    /** If a job runs for longer than a heartbeat lasts, its time-out counts: the key in Redis lives as long. */
    public function test_a_worker_is_alive_until_the_time_out_of_its_job(): void
    {
        $this->machine->env = [...$this->machine->env, 'EXRUN_JOB_TIMEOUT' => '300', 'REDIS_QUEUE_RETRY_AFTER' => '400'];
        $worker = $this->startWorker('--sleep=0.1');
        $this->assertEqualsWithDelta(85, $this->secondsOf($worker), 15);
        $this->machine->must($this->machine->start([PHP_BINARY, '-r', 'require "vendor/autoload.php"; $app = require "bootstrap/app.php";
            $app->make(Illuminate\Contracts\Console\Kernel::class)->bootstrap(); Exrun::bash("sleep 10")->limits(wall: 12)->dispatch();']));
        Machine::until(fn (): bool => Machine::running('sleep 10') !== [], 'it does not run', 30);

        $this->assertEqualsWithDelta(285, $this->secondsOf($worker), 15);
        $this->doctor(0);
    }

    public function test_an_unknown_language_is_found(): void
    {
        $this->startWorker('--sleep=0.1');
        $this->machine->env['EXRUN_HTTP_PROFILES'] = 'php,pyton';
        $this->assertStringContainsString('The route offers "pyton" (EXRUN_HTTP_PROFILES), but there is no profile "pyton"; did you mean "python"? known here: ', $this->doctor(1));
        $this->machine->env['EXRUN_HTTP_PROFILES'] = 'cobol';
        $this->assertStringContainsString('The route offers "cobol" (EXRUN_HTTP_PROFILES), but there is no profile "cobol"', $this->doctor(1));
    }

    public function test_a_dead_redis_is_found(): void
    {
        $this->startWorker('--sleep=0.1');
        $this->machine->env['REDIS_PORT'] = (string) Machine::freePort();
        $said = $this->doctor(1);

        $this->assertStringContainsString('The queue connection "redis" can\'t be reached: Connection refused', $said);
        $this->assertStringContainsString('The cache store "redis" can\'t be reached: Connection refused', $said);
    }

    public function test_the_own_database_of_redis_is_another_one(): void
    {
        $this->startWorker('--sleep=0.1');

        $sentences = [
            '1' => 'EXRUN_REDIS_DB is 1, the database of the connection "cache" (config/database.php), '.
                'so cache:clear would forget runs that wait.',
            '0' => 'EXRUN_REDIS_DB is 0, the database of the connection "default" (config/database.php), '.
                'so cache:clear exrun would empty the queue.',
            'abc' => 'EXRUN_REDIS_DB (exrun.results.redis_database in config/exrun.php) is "abc"; '.
                'it must be the number of a Redis database',
            '16' => 'Its Redis database is 16 (EXRUN_REDIS_DB)',
        ];

        foreach ($sentences as $database => $said) {
            $this->machine->env['EXRUN_REDIS_DB'] = (string) $database;
            $this->assertStringContainsString($said, $this->doctor(1));
        }
    }

    public function test_files_that_belong_to_somebody_else_are_found(): void
    {
        $this->machine->env = [...$this->machine->env, 'CACHE_STORE' => 'file'];
        $cache = "{$this->machine->folder}/storage/framework/cache";
        mkdir("{$cache}/exrun");
        $this->machine->must($this->machine->start(['chown', '-R', 'www-data:www-data', $this->machine->folder]));
        $this->machine->must($this->machine->start(['chown', 'root:root', "{$cache}/exrun", "{$cache}/data"]));
        $this->machine->must($this->machine->start(['chmod', '755', "{$cache}/exrun", "{$cache}/data"]));
        $said = $this->doctor(1);

        foreach (['exrun', 'data'] as $folder) {
            $this->assertStringContainsString("{$cache}/{$folder} belongs to root, and www-data must be able to write ".
                "there (chown -R www-data:www-data {$cache}/{$folder})", $said);
        }
    }

    public function test_root_checks_as_the_sites_user(): void
    {
        $this->startWorker('--sleep=0.1');
        $this->machine->must($this->machine->start(['chown', '-R', 'www-data:www-data', $this->machine->folder]));
        $said = $this->doctor(1);
        $this->assertStringContainsString('Checked as the user www-data, who owns storage/framework/cache (--user=NAME chooses another).', $said);
        $this->assertStringContainsString('exrun may not make cells as the user "www-data"', $said);
        $this->assertStringContainsString('A worker runs as root, but this site as www-data, who may not change the '.
            'files that it writes. Start it as www-data, and give the files back '.
            '(chown -R www-data:www-data storage bootstrap/cache)', $said);
        $this->assertStringContainsString('Checked as the user root.', $this->doctor(0, '--user=root'));
        $this->assertStringContainsString('Checked as the user www-data.', $this->doctor(1, '--user=www-data'));
        $this->assertStringContainsString('There is no user "nobody-here" on this machine.', $this->doctor(1, '--user=nobody-here'));

        $asked = $this->machine->start(['setpriv', '--reuid=www-data', '--regid=www-data', '--init-groups', '--', PHP_BINARY, self::demo('artisan'), 'sandbox:doctor', '--user=root']);
        $asked->wait();
        $this->assertStringContainsString('Only root can check as "root".', $asked->getOutput());
    }

    public function test_a_user_may_be_named_by_their_id_and_must_exist(): void
    {
        $this->startWorker('--sleep=0.1');
        $this->assertStringContainsString('Checked as the user root.', $this->doctor(0, '--user=0'));
        $said = $this->doctor(1, '--user=424242');
        $this->assertStringContainsString('No user has the ID 424242 on this machine.', $said);
        $this->assertStringContainsString('--user= needs the name of a user.', $this->doctor(1, '--user='));
        $this->assertStringContainsString(
            '{"v":1,"healthy":false,"error":"There is no user \"nobody-here\" on this machine."}',
            $this->doctor(1, '--user=nobody-here', '--json'),
        );

        $folder = "{$this->machine->folder}/storage/framework/cache";
        $this->machine->must($this->machine->start(['chown', '424242', $folder]));
        $this->assertStringContainsString('Checked as the user root, because storage/framework/cache belongs to the '.
            'user ID 424242, which has no name here', $this->doctor(0));
    }

    public function test_the_sites_user_reads_env_itself(): void
    {
        $app = "{$this->machine->folder}/app";
        $this->machine->must($this->machine->start(['sh', '-ec', <<<'SH'
            mkdir "$1"
            tar -c --exclude=./vendor --exclude="./storage/*/*" --exclude=./bootstrap/cache/* . | tar -x -C "$1"
            mkdir -p "$1/bootstrap/cache"
            ln -s "$PWD/vendor" "$1/vendor"
            echo EXRUN_QUEUE=hidden >"$1/.env"
            chown -R www-data:www-data "$2"
            chown root:root "$1/.env"
            chmod 600 "$1/.env"
            SH, 'sh', $app, $this->machine->folder]));
        $ask = fn (): string => $this->doctorOf($app, 1);
        $said = $ask();
        $this->assertStringContainsString('Checked as the user www-data', $said);
        $this->assertStringContainsString(".env can't be read by www-data, so none of its lines counts. Give it to ".
            "that user's group (chgrp www-data .env; chmod 640 .env)", $said);
        $why = "root's own reading is not handed on";
        $this->assertStringContainsString('No worker has looked at the queue "default"', $said, $why);

        chgrp("{$app}/.env", 'www-data');
        chmod("{$app}/.env", 0640);
        $said = $ask();
        $this->assertStringContainsString('No worker has looked at the queue "hidden"', $said);
        $this->assertStringNotContainsString("can't be read", $said);
    }

    public function test_a_relative_path_begins_at_the_application(): void
    {
        $this->startWorker('--sleep=0.1');
        $this->machine->env['EXRUN_BINARY'] = self::relative(self::demo(), self::binary());
        $this->assertStringStartsWith('../', $this->machine->env['EXRUN_BINARY']);
        $this->doctor(0);

        $this->machine->env['EXRUN_BINARY'] = '../no/exrun';
        $this->assertStringContainsString('There is no program at "', $this->doctor(1));
    }

    private static function relative(string $from, string $to): string
    {
        return str_repeat('../', substr_count((string) realpath($from), '/')).ltrim((string) realpath($to), '/');
    }

    private function startWorker(string ...$options): Process
    {
        $worker = $this->machine->artisan('queue:work', ...$options);
        Machine::until(fn (): bool => is_numeric($this->beat($worker)['distance'] ?? null), 'the worker does not look', 30);

        return $worker;
    }

    /** @return array<array-key, mixed> */
    private function beat(Process $worker): array
    {
        $beat = unserialize($this->redis('get', $this->key($worker)) ?: 'a:0:{}');

        return is_array($beat) ? $beat : [];
    }

    private function secondsOf(Process $worker): int
    {
        return (int) $this->redis('ttl', $this->key($worker));
    }

    private function key(Process $worker): string
    {
        return trim($this->redis('keys', '*exrun:worker:*:'.$worker->getPid()));
    }

    /** Results and heartbeats are in a separate database. */
    private function redis(string ...$command): string
    {
        return trim($this->machine->must($this->machine->start(['redis-cli', '-p', $this->machine->env['REDIS_PORT'], '-n', '2', ...array_values($command)])));
    }

    private function doctor(int $status, string ...$options): string
    {
        return $this->doctorOf(rtrim(self::demo(), '/'), $status, ...$options);
    }

    private function doctorOf(string $app, int $status, string ...$options): string
    {
        $command = [PHP_BINARY, "{$app}/artisan", 'sandbox:doctor', ...array_values($options)];
        $doctor = $this->machine->start($command, ['COLUMNS' => '1000']);
        $doctor->wait();
        $said = (string) preg_replace('/\s+/', ' ', $doctor->getOutput().$doctor->getErrorOutput());
        $this->assertSame($status, $doctor->getExitCode(), $said);

        return $said;
    }
}
