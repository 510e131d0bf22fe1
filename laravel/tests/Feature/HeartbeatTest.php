<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Support\Worker;
use Exrun\Laravel\Support\Workers;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Cache\Events\KeyWritten;
use Illuminate\Queue\Events\JobProcessing;
use Illuminate\Queue\Events\Looping;
use Illuminate\Queue\Events\WorkerStarting;
use Illuminate\Queue\Jobs\SyncJob;
use Illuminate\Queue\WorkerOptions;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Event;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * The heartbeat of a worker, by a clock of this test. Machine/DoctorTest has real workers.
 */
final class HeartbeatTest extends TestCase
{
    private float $now = 1000.0;

    /** @var list<array{string, ?int}> keys that were written, and for how many seconds */
    private array $written = [];

    private Workers $workers;

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

    private function look(float ...$distances): void
    {
        foreach ($distances as $distance) {
            $this->now += $distance;
            event(new Looping('redis', 'mails,examples'));
        }
    }
}
