<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Support\QueueOfRuns;
use Exrun\Laravel\Support\Worker;
use Exrun\Laravel\Support\Workers;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Cache\Events\KeyWritten;
use Illuminate\Console\Events\CommandStarting;
use Illuminate\Queue\Events\JobProcessing;
use Illuminate\Queue\Events\Looping;
use Illuminate\Queue\Events\WorkerStarting;
use Illuminate\Queue\Events\WorkerStopping;
use Illuminate\Queue\Jobs\SyncJob;
use Illuminate\Queue\WorkerOptions;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Event;
use Illuminate\Support\Facades\Log;
use Illuminate\Support\Facades\Queue;
use PHPUnit\Framework\Attributes\DataProvider;
use Symfony\Component\Console\Input\StringInput;
use Symfony\Component\Console\Output\NullOutput;

/**
 * The heartbeat of a worker, by a clock of this test. Machine/DoctorTest has real workers.
 */
final class HeartbeatTest extends TestCase
{
    private float $now = 1000.0;

    /** @var list<array{string, ?int}> keys that were written, and for how many seconds */
    private array $written = [];

    private Workers $workers;

    protected array $env = ['EXRUN_HTTP' => 'true'];

    protected function setUp(): void
    {
        parent::setUp();
        config()->set('queue.connections.redis.block_for', null);
        $this->workers = new Workers(fn () => Cache::store('exrun'), 'here', app('config'), fn (): float => $this->now);
        $this->app->instance(Workers::class, $this->workers);
        Event::listen(function (KeyWritten $event): void {
            if (str_starts_with($event->key, 'exrun:worker:')) {
                $this->written[] = [$event->key, $event->seconds];
            }
        });
    }

    public function test_twenty_looks_within_a_second_are_one_heartbeat(): void
    {
        $this->look(...array_fill(0, 20, 0.01));
        $this->assertSame([['exrun:worker:here:'.getmypid(), 90]], $this->written);

        $this->look(1.0);
        $this->assertCount(2, $this->written);
    }

    public function test_a_heartbeat_names_its_worker(): void
    {
        $this->look(0.5, 0.1);
        [$worker] = $this->workers->alive();

        $expected = new Worker('redis', 'mails,examples', 'here', (int) getmypid(), null, 0.0, posix_geteuid());
        $this->assertEquals($expected, $worker);
        $this->assertTrue($worker->serves('redis', 'mails'));
        $this->assertTrue($worker->serves('redis', 'examples'));
        $this->assertFalse($worker->serves('redis', 'default'));
        $this->assertFalse($worker->serves('database', 'mails'));
    }

    /** Workers don't look while the application is down. */
    public function test_one_long_distance_is_not_a_pause(): void
    {
        $this->look(0.1, 0.1, 15, 0.1);
        $this->assertSame(0.1, $this->workers->alive()[0]->distance);
        $this->look(15);
        $this->assertSame(0.1, $this->workers->alive()[0]->distance);
        $this->look(15);
        $this->assertSame(15.0, $this->workers->alive()[0]->distance, 'a worker that always sleeps so long is found');
    }

    /** @return array<string, array{int|null, int|null, int}> time-outs of job and worker, seconds that it is alive */
    public static function timeouts(): array
    {
        return [
            'a short job' => [10, 60, 90],
            'a long job' => [300, 60, 300],
            'a job without one' => [null, 600, 600],
            'a worker without one' => [null, 0, 3600],
            'a Laravel that does not say' => [null, null, 90],
        ];
    }

    #[DataProvider('timeouts')]
    public function test_a_worker_is_alive_until_its_job_times_out(?int $ofJob, ?int $ofWorker, int $seconds): void
    {
        if ($ofWorker !== null) {
            if (! class_exists(WorkerStarting::class)) {
                $this->markTestSkipped('This Laravel has no WorkerStarting.');
            }
            event(new WorkerStarting('redis', 'mails', new WorkerOptions(timeout: $ofWorker)));
        }
        $this->look(0);
        $payload = json_encode(['timeout' => $ofJob], JSON_THROW_ON_ERROR);
        event(new JobProcessing('redis', new SyncJob(app(), $payload, 'redis', 'mails')));

        $this->assertSame($seconds, $this->written[1][1]);
    }

    public function test_processes_of_one_listener_are_one_worker(): void
    {
        foreach (['queue:work redis --once --queue=high,low', 'queue:work --once'] as $line) {
            for ($n = 0; $n < 2; $n++) {
                event(new CommandStarting('queue:work', new StringInput($line), new NullOutput));
            }
        }
        event(new CommandStarting('queue:work', new StringInput('queue:work redis --queue=other'), new NullOutput));

        event(new CommandStarting('queue:work', new StringInput('--env local queue:work --once --queue high --tries 3 database'), new NullOutput));
        event(new CommandStarting('queue:work', new StringInput('queue:work --once --help sqs'), new NullOutput));
        event(new CommandStarting('queue:work', new StringInput('queue:work --once --no-such sqs'), new NullOutput));
        $this->assertCount(3, $this->workers->alive());
        $this->assertTrue($this->workers->serve('redis', 'low'));
        $this->assertTrue($this->workers->serve('database', 'high'));
        $this->assertFalse($this->workers->serve('sqs', 'default'));
        $this->assertFalse($this->workers->serve('redis', 'other'));
    }

    public function test_a_worker_that_a_scheduler_starts_again_stays(): void
    {
        if (! class_exists(WorkerStarting::class)) {
            $this->markTestSkipped('This Laravel has no WorkerStarting.');
        }
        event(new WorkerStarting('redis', 'mails', new WorkerOptions(stopWhenEmpty: true)));
        $this->look(0);
        event(new WorkerStopping(0));
        $this->assertCount(1, $this->workers->alive());
        event(new WorkerStarting('redis', 'mails', new WorkerOptions));
        event(new WorkerStopping(0));
        $this->assertCount(0, $this->workers->alive());
    }

    public function test_no_run_waits_where_no_worker_looks(): void
    {
        config()->set(['queue.default' => 'redis', 'exrun.queue.queue' => 'examples', 'exrun.transport' => 'binary']);
        $log = Log::spy();

        for ($n = 0; $n < 2; $n++) {
            $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(503)->assertHeader('Retry-After', '10')->assertJsonPath('message', 'No worker is running at the moment. Please try again in a little while.');
        }

        $log->shouldHaveReceived('error')->withArgs(fn (string $text): bool => str_contains($text, 'No worker has looked at the queue "examples" of "redis"'))->once();
        $this->look(0);
        $this->assertTrue(app(QueueOfRuns::class)->hasWorker());
        config()->set('exrun.queue.queue', 'others');
        $this->assertFalse(app(QueueOfRuns::class)->hasWorker());
        config()->set('queue.default', 'sync');
        $this->assertTrue(app(QueueOfRuns::class)->hasWorker());
        config()->set('queue.default', 'redis');
        Queue::fake();
        $this->assertTrue(app(QueueOfRuns::class)->hasWorker());
    }

    private function look(float ...$distances): void
    {
        foreach ($distances as $distance) {
            $this->now += $distance;
            event(new Looping('redis', 'mails,examples'));
        }
    }
}
