<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Service\Address;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\TestCase;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\Attributes\TestWith;

/**
 * `php artisan queue:work` with a real Redis, with SQLite, and with workers that are killed.
 */
final class WorkersTest extends TestCase
{
    /** So short that a test can wait until the job of a killed worker is delivered again; `wall` is 8 there. */
    private const SHORT = ['EXRUN_PROCESS_TIMEOUT' => '9', 'EXRUN_JOB_TIMEOUT' => '10', 'DB_QUEUE_RETRY_AFTER' => '11', 'REDIS_QUEUE_RETRY_AFTER' => '11'];

    private Machine $machine;

    protected function setUp(): void
    {
        parent::setUp();
        $this->machine = new Machine(self::binary());
    }

    protected function tearDown(): void
    {
        $this->machine->end();
        parent::tearDown();
    }

    /** @return array<string, array{string}> */
    public static function drivers(): array
    {
        return ['redis' => ['redis'], 'database' => ['database'], 'redis, with the service' => ['service']];
    }

    #[DataProvider('drivers')]
    public function test_from_dispatch_to_the_event(string $driver): void
    {
        $this->prepare($driver);
        $bytes = implode('', array_map(chr(...), range(0, 255)));
        $this->dispatch("\$bytes = base64_decode('".base64_encode($bytes)."'); Exrun::php('<?php echo stream_get_contents(STDIN);')->stdin(\$bytes)->limits(wall: 15)->id('one')->dispatch();");
        $worker = $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'one');
        $events = $this->machine->events();

        $this->assertSame(['ExampleStarted', 'ExampleFinished'], array_column($events, 'event'));
        $this->assertSame($worker->getPid(), $events[0]['worker']);
        $this->assertSame(base64_encode($bytes), $events[1]['result']['stdout'] ?? null, $this->machine->log());
        $this->assertNothingLeft();
        $this->assertSame('finished base64', $this->ask("echo Exrun::state('one')->value, ' ', Exrun::result('one')->toArray()['encoding'];"));

        $worker->signal(SIGTERM);
        $this->assertSame(0, $worker->wait(), 'and it ends when it is told to');
    }

    #[DataProvider('drivers')]
    public function test_a_worker_that_is_killed_in_the_middle(string $driver): void
    {
        $this->prepare($driver, self::SHORT);
        $this->dispatch("Exrun::bash('echo \$\$; sleep 5')->limits(wall: 8)->id('one')->dispatch(); Exrun::bash('echo two')->limits(wall: 8)->id('two')->dispatch();");
        $first = $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleStarted', 'one');
        Machine::until(fn (): bool => Machine::running('sleep 5') !== [], 'the program does not run');
        $pids = [$first->getPid()];
        $first->signal(SIGKILL);
        $killed = microtime(true);
        Machine::until(fn (): bool => Machine::running('sleep 5') === [] && Machine::running('run --json -') === [], 'it goes on');
        $this->assertLessThan(3.5, microtime(true) - $killed, 'a run that nobody reads ends by itself');

        $second = $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'two');
        $this->waitFor('ExampleFinished', 'one');
        $events = array_values(array_filter($this->machine->events(), fn (array $event): bool => $event['id'] === 'one'));

        $this->assertSame(['ExampleStarted', 'ExampleStarted', 'ExampleFinished'], array_column($events, 'event'));
        $this->assertSame([...$pids, $second->getPid(), $second->getPid()], array_column($events, 'worker'));
        $this->assertSame('ok', $events[2]['result']['verdict'] ?? null);
        $this->assertNothingLeft();
    }

    public function test_a_worker_that_is_killed_at_every_try(): void
    {
        $this->prepare('redis', self::SHORT);
        $this->dispatch("config()->set('exrun.queue.tries', 2); Exrun::bash('sleep 5')->limits(wall: 8)->id('one')->dispatch();");

        foreach ([1, 2] as $try) {
            $worker = $this->machine->artisan('queue:work', '--sleep=0.05');
            Machine::until(fn (): bool => count($this->machine->events()) === $try, 'it was not started');
            $worker->signal(SIGKILL);
            $worker->wait();
        }
        $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'one');
        $events = $this->machine->events();

        $this->assertSame(['ExampleStarted', 'ExampleStarted', 'ExampleFinished'], array_column($events, 'event'));
        $this->assertSame('error', $events[2]['result']['verdict'] ?? null);
        $this->assertSame('error', $this->ask("echo Exrun::result('one')->verdict->value;"));
        $this->assertNothingLeft();
    }

    public function test_a_service_manager_that_ends_worker_and_exrun_at_once(): void
    {
        $this->prepare('redis');
        $this->dispatch("Exrun::bash('sleep 3; echo done')->limits(wall: 15)->id('one')->dispatch();");
        $worker = $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleStarted', 'one');
        Machine::until(fn (): bool => Machine::running('run --json -') !== [], 'exrun does not run');
        usleep(150_000);

        // Like `systemctl stop` by default: SIGTERM to each process of the service.
        $exruns = array_filter(glob('/proc/[0-9]*/cmdline') ?: [], fn (string $path): bool => str_contains((string) @file_get_contents($path), "--json\0-"));
        $worker->signal(SIGTERM);
        foreach ($exruns as $path) {
            posix_kill((int) basename(dirname($path)), SIGTERM);
        }
        $worker->wait();
        $this->assertSame('running', $this->ask("echo Exrun::state('one')->value;"), 'nobody was told of a cancelled run');

        $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'one');
        $this->assertSame("ok done\n", $this->ask("echo Exrun::result('one')->verdict->value, ' ', Exrun::result('one')->stdout;"));
        $this->assertNothingLeft();
    }

    #[TestWith(['redis'])]
    #[TestWith(['service'])]
    public function test_two_workers_and_two_messages_of_one_run(string $driver): void
    {
        $this->prepare($driver);
        $this->dispatch('$run = Exrun::bash("sleep 0.3; echo done")->limits(wall: 15)->id("one")->toRun(); foreach ([1, 2] as $n) Queue::push(new Exrun\Laravel\Jobs\RunExample($run));');
        $workers = [$this->machine->artisan('queue:work', '--sleep=0.05'), $this->machine->artisan('queue:work', '--sleep=0.05')];
        Machine::until(fn (): bool => count(array_filter($this->machine->events(), fn (array $event): bool => $event['event'] === 'ExampleFinished')) === 2, 'there are not two events');

        $this->assertCount(1, array_filter($this->machine->events(), fn (array $event): bool => $event['event'] === 'ExampleStarted'));
        [$one, $two] = array_values(array_filter(array_column($this->machine->events(), 'result')));
        $this->assertSame($one, $two);
        $this->assertNothingLeft();
        $this->assertCount(2, $workers);
    }

    /** The run that has begun goes on to its end, because it belongs to its visitor; the others do not begin. */
    #[TestWith(['redis'])]
    #[TestWith(['service'])]
    public function test_a_batch_that_is_cancelled_while_a_run_goes_on(string $driver): void
    {
        $this->prepare($driver);
        $this->dispatch('$job = fn ($id, $code) => new Exrun\Laravel\Jobs\RunExample(Exrun::bash($code)->limits(wall: 15)->id($id)->toRun());
            echo Illuminate\Support\Facades\Bus::batch([$job("one", "sleep 10; echo done"), $job("two", "echo two")])->dispatch()->id;');
        $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleStarted', 'one');
        $this->dispatch('Illuminate\Support\Facades\Bus::findBatch(DB::table("job_batches")->value("id"))->cancel();');
        $this->waitFor('ExampleFinished', 'one');
        $this->waitFor('ExampleFinished', 'two');
        $ends = array_filter($this->machine->events(), fn (array $event): bool => $event['event'] === 'ExampleFinished');

        $this->assertSame(['one' => 'ok', 'two' => 'cancelled'], array_map(fn (array $event): mixed => $event['result']['verdict'] ?? null, array_column($ends, null, 'id')));
        $this->assertSame('ok cancelled', $this->ask("echo Exrun::result('one')->verdict->value, ' ', Exrun::result('two')->verdict->value;"));
        $this->assertNothingLeft();
    }

    public function test_pages_hear_of_it_through_a_real_broadcaster(): void
    {
        $this->prepare('redis', ['EXRUN_BROADCAST' => 'true', 'BROADCAST_CONNECTION' => 'redis', 'REDIS_PREFIX' => '']);
        $page = $this->machine->start(['redis-cli', '-p', $this->machine->env['REDIS_PORT'], 'PSUBSCRIBE', '*exrun.*']);
        Machine::until(fn (): bool => str_contains($page->getOutput(), 'psubscribe'), 'no subscription');
        $this->dispatch("Exrun::bash('echo hello')->limits(wall: 15)->id('one')->dispatch();");
        $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'one');
        Machine::until(fn (): bool => str_contains($page->getOutput(), 'example.finished'), "no message: {$this->machine->log()}");

        $this->assertMatchesRegularExpression('/exrun\.one\n.*example\.started.*exrun\.one\n.*example\.finished.*hello\\\\+n/s', $page->getOutput());
    }

    public function test_a_broadcaster_that_is_down_costs_the_run_nothing(): void
    {
        $this->prepare('database', ['EXRUN_BROADCAST' => 'true', 'BROADCAST_CONNECTION' => 'redis', 'REDIS_CLIENT' => 'predis', 'REDIS_PORT' => (string) Machine::freePort()]);
        $this->dispatch("Exrun::bash('echo hello')->limits(wall: 15)->id('one')->dispatch();");
        $this->machine->artisan('queue:work', '--sleep=0.05');
        $this->waitFor('ExampleFinished', 'one');

        $this->assertSame(['ExampleStarted', 'ExampleFinished'], array_column($this->machine->events(), 'event'));
        $this->assertStringContainsString('Connection refused', $this->machine->log());
        $this->assertNothingLeft();
    }

    /** @param array<string, string> $env */
    private function prepare(string $driver, array $env = []): void
    {
        if ($driver !== 'database') {
            $this->machine->startRedis();
        }
        $this->machine->env = [...$this->machine->env, ...$env, ...($driver === 'service' ? ['EXRUN_TRANSPORT' => 'socket'] : [])];

        if ($driver === 'service') {
            $this->machine->start([self::binary(), 'serve']);
            Machine::until(fn (): bool => (new Presence(new Address(Address::USUAL)))->isThere(), 'the service does not start');
        }
        $this->machine->must($this->machine->artisan('migrate', '--force'));
    }

    private function dispatch(string $code): void
    {
        $this->ask($code);
    }

    /** Runs code in a separate process with the demo booted, as its web server would. */
    private function ask(string $code): string
    {
        $boot = 'require "vendor/autoload.php"; $app = require "bootstrap/app.php"; $app->make(Illuminate\Contracts\Console\Kernel::class)->bootstrap();';

        return $this->machine->must($this->machine->start([PHP_BINARY, '-r', "{$boot} {$code}"]));
    }

    private function waitFor(string $event, string $id): void
    {
        Machine::until(function () use ($event, $id): bool {
            foreach ($this->machine->events() as $seen) {
                if ($seen['event'] === $event && $seen['id'] === $id) {
                    return true;
                }
            }

            return false;
        }, "no {$event} of {$id}: {$this->machine->log()}".$this->machine->told());
    }

    private function assertNothingLeft(): void
    {
        // Locks are in the store of the results. If it is in Redis, they are counted; if it is files, each is tried.
        $left = fn (): string => $this->ask('echo Queue::size(), " ", DB::table("jobs")->count(), " ", config("cache.default") === "redis"
            ? count(preg_grep("/lock|unique/", Illuminate\Support\Facades\Redis::connection("exrun")->keys("*")))
            : count(array_filter(["one", "two"], fn ($id) => ! app(Exrun\Laravel\Contracts\ResultStore::class)->lock($id, 1)->get(fn () => true)));');
        $seen = '';
        for ($end = microtime(true) + 30; ($seen = $left()) !== '0 0 0' && microtime(true) < $end; usleep(50_000));
        $this->assertSame('0 0 0', $seen, 'jobs on the queue, jobs in the table, locks');
        $this->assertSame([], Machine::running('run --json -'));
    }
}
