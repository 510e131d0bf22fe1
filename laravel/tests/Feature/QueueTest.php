<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use ArrayObject;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Events\ExampleFinished;
use Exrun\Laravel\Events\ExampleStarted;
use Exrun\Laravel\Exceptions\BinaryNotFound;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Support\QueueGuard;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Broadcasting\BroadcastManager;
use Illuminate\Broadcasting\PrivateChannel;
use Illuminate\Contracts\Broadcasting\ShouldBroadcastNow;
use Illuminate\Foundation\Testing\RefreshDatabase;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Bus;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Event;
use Illuminate\Support\Facades\Exceptions;
use Illuminate\Support\Facades\Queue;
use PDOException;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;

/**
 * The promises of the job, on the database queue in this process. Machine/WorkersTest has real workers.
 */
final class QueueTest extends TestCase
{
    use RefreshDatabase;

    protected function setUp(): void
    {
        parent::setUp();
        config()->set('queue.default', 'database');
        Exrun::fake(['*' => 'done']);
        $this->freezeTime(); // a back-off must not pass by itself on a slow machine
    }

    public function test_from_dispatch_to_result(): void
    {
        $seen = $this->listen();
        $id = Exrun::php('<?php')->label(example: 'collections/map')->dispatch();

        $this->assertSame(RunState::Queued, Exrun::state($id));
        Exrun::assertNothingRan();

        $this->work();

        $this->assertSame(RunState::Finished, Exrun::state($id));
        $this->assertSame('done', Exrun::result($id)?->stdout);
        $this->assertSame(['started', 'finished done'], $seen->getArrayCopy());
        $this->assertNothingLeft();
    }

    public function test_an_unknown_id_has_no_state(): void
    {
        $this->assertNull(Exrun::state('unknown'));
    }

    public function test_the_state_is_running_while_it_runs(): void
    {
        Exrun::fake(['lua' => fn (Run $run): string => Exrun::state($run->id)->value ?? '']);
        $id = Exrun::profile('lua', '')->dispatch();
        Exrun::fake(['*' => fn (Run $run): string => Exrun::state($run->id)->value ?? '']);
        $this->work();

        $this->assertSame('running', Exrun::result($id)?->stdout);
    }

    public function test_a_second_delivery_tells_the_kept_result_and_runs_nothing(): void
    {
        $seen = $this->listen();
        Exrun::fake(['*' => Exrun::sequence(['first', 'second'])]);
        $run = Exrun::php('<?php')->toRun();

        foreach ([1, 2] as $delivery) {
            Queue::push(new RunExample($run));
        }
        $this->work();

        Exrun::assertRanTimes('php', 1);
        $this->assertSame(['started', 'finished first', 'finished first'], $seen->getArrayCopy());
        $this->assertNothingLeft();
    }

    /** @return array<string, array{callable(RunExample): mixed}> */
    public static function ways(): array
    {
        return [
            'dispatch()' => [fn (RunExample $job) => dispatch($job)],
            'Bus::dispatch' => [fn (RunExample $job) => Bus::dispatch($job)],
            'Queue::push' => [fn (RunExample $job) => Queue::push($job)],
            'Queue::later' => [fn (RunExample $job) => Queue::later(0, $job)],
            'Queue::bulk' => [fn (RunExample $job) => Queue::bulk([$job])],
            'a batch' => [fn (RunExample $job) => Bus::batch([$job])->dispatch()],
            'a chain' => [fn (RunExample $job) => Bus::chain([$job])->dispatch()],
            'static' => [fn (RunExample $job) => RunExample::dispatch($job->run)],
        ];
    }

    /** @param callable(RunExample): mixed $way */
    #[DataProvider('ways')]
    public function test_every_way_of_dispatching(callable $way): void
    {
        $seen = $this->listen();
        $run = Exrun::php('<?php')->toRun();
        $way(new RunExample($run));
        $this->assertSame(RunState::Queued, Exrun::state($run->id));
        $way(new RunExample($run));
        $this->work();

        Exrun::assertRanTimes('php', 1);
        $this->assertContains('finished done', $seen->getArrayCopy());
        $this->assertNothingLeft();
    }

    public function test_an_id_has_one_run_also_without_a_queue(): void
    {
        Exrun::fake(['*' => Exrun::sequence(['first', 'second'])]);
        $run = Exrun::php('<?php')->toRun();
        $seen = $this->listen();
        dispatch_sync(new RunExample($run));
        Bus::dispatchNow(new RunExample($run));
        RunExample::dispatchSync($run);
        RunExample::dispatchAfterResponse($run);
        $this->app->terminate();

        $this->assertSame(['started', ...array_fill(0, 4, 'finished first')], $seen->getArrayCopy());
        Exrun::assertRanTimes('php', 1);
        $this->assertNothingLeft();
    }

    /** @param callable(RunExample): mixed $way */
    #[DataProvider('ways')]
    public function test_a_retry_after_that_is_too_low_is_refused_by_every_way(callable $way): void
    {
        config()->set('queue.connections.database.retry_after', 60);
        $run = Exrun::php('<?php')->toRun();

        try {
            $way(new RunExample($run));
            $this->fail('It was taken.');
        } catch (TimeoutsDoNotNest $e) {
            $this->assertStringContainsString('Set retry_after of "database" in config/queue.php to more than 60', $e->getMessage());
        }

        $this->assertSame(0, DB::table('jobs')->count());
        $this->assertNull(Exrun::state($run->id));
    }

    public function test_a_job_that_ends_before_its_process_is_refused(): void
    {
        config()->set('exrun.timeouts.job', 45);
        $this->expectException(TimeoutsDoNotNest::class);
        $this->expectExceptionMessage("The job's time-out of 45 s is not longer than the process time-out of 45 s");
        Exrun::php('<?php')->dispatch();
    }

    public function test_the_default_numbers_nest_with_laravels(): void
    {
        $this->assertSame(90, config('queue.connections.database.retry_after'));
        $this->assertNotSame('', Exrun::c('int main;')->dispatch());
        $this->assertNotSame('', Exrun::c('int main;')->onConnection('sync')->dispatch());
    }

    public function test_a_connection_that_names_no_retry_after_has_laravels(): void
    {
        foreach ([['retry_after' => null], []] as $retryAfter) {
            $connection = ['driver' => 'database', 'table' => 'jobs', 'queue' => 'default', ...$retryAfter];
            config()->set('queue.connections.other', $connection);

            try {
                Exrun::php('<?php')->onConnection('other')->dispatch();
                $this->fail('It was taken.');
            } catch (TimeoutsDoNotNest $e) {
                $this->assertStringContainsString('hands a job to another worker after 60 s', $e->getMessage());
            }
        }
    }

    public function test_the_place_of_a_run_names_its_queue_as_it_is_asked_for(): void
    {
        $names = [];

        foreach (['queues:default', 'queues:{fast}', 'fast', null] as $queue) {
            $job = new RunExample(Exrun::php('<?php')->toRun());
            app(QueueGuard::class)->check($job, 'redis', $queue);
            $place = Cache::store('exrun')->get("exrun:{$job->run->id}:place");
            $this->assertIsArray($place);
            $names[] = $place['queue'];
        }

        $this->assertSame(['default', '{fast}', 'fast', null], $names);
    }

    public function test_no_more_are_before_a_run_than_are_in_its_queue(): void
    {
        foreach (range(1, 3) as $n) {
            Exrun::php('<?php')->dispatch();
        }
        DB::table('jobs')->delete();
        $id = Exrun::php('<?php')->dispatch();

        $this->assertSame(0, Exrun::before($id));
        $next = Exrun::php('<?php')->dispatch();
        $this->assertSame(1, Exrun::before($next));
    }

    public function test_a_run_that_another_worker_is_busy_with_waits_without_using_up_tries(): void
    {
        $seen = $this->listen();
        $run = Exrun::php('<?php')->toRun();
        $lock = app(ResultStore::class)->lock($run->id, 60);
        $this->assertTrue($lock->get());
        Queue::push(new RunExample($run));

        foreach (range(1, 5) as $look) {
            $this->work();
            $this->travel(3)->seconds();
        }
        Exrun::assertNothingRan();
        $this->assertSame([0], DB::table('jobs')->pluck('attempts')->all());

        $lock->release();
        $this->work();
        Exrun::assertRanTimes('php', 1);
        $this->assertSame(['started', 'finished done'], $seen->getArrayCopy());
        $this->assertNothingLeft();
    }

    public function test_a_chain_and_a_batch_wait_for_a_run_that_waits(): void
    {
        [$first, $next] = [Exrun::php('<?php')->toRun(), Exrun::bash('true')->toRun()];
        $lock = app(ResultStore::class)->lock($first->id, 60);
        $this->assertTrue($lock->get());
        Bus::chain([new RunExample($first), new RunExample($next)])->dispatch();
        $batch = Bus::batch([new RunExample($first)])->dispatch();
        $this->work();
        Exrun::assertNothingRan();
        $this->assertFalse($batch->fresh()->finished());

        $lock->release();
        $this->travel(3)->seconds();
        $this->work();
        Exrun::assertRanTimes('php', 1);
        Exrun::assertRanTimes('bash', 1);
        $this->assertSame([true, 1, 0], [$batch->fresh()->finished(), $batch->fresh()->processedJobs(), $batch->fresh()->failedJobs]);
        $this->assertNothingLeft();
    }

    public function test_a_batch_that_is_cancelled_runs_no_more(): void
    {
        $seen = $this->listen();
        $ids = [];
        $batch = Bus::batch(array_map(function (string $profile) use (&$ids): RunExample {
            $run = Exrun::profile($profile, '')->toRun();
            $ids[] = $run->id;

            return new RunExample($run);
        }, ['php', 'bash']))->dispatch();
        $this->work(once: true);
        $batch->fresh()->cancel();
        $this->work();

        Exrun::assertRanTimes('php', 1);
        Exrun::assertRanTimes('bash', 0);
        $this->assertSame([Verdict::Ok, Verdict::Cancelled], array_map(fn (string $id) => Exrun::result($id)?->verdict, $ids), 'who waits for it is told');
        $this->assertSame(['started', 'finished done', 'finished '], $seen->getArrayCopy());
        $this->assertNothingLeft();
    }

    public function test_a_run_that_fails_stops_no_other_of_its_batch(): void
    {
        Exceptions::fake();
        Exrun::fake(['php' => new InvalidRun('must be from 1 to 60000', '/limits/wall_ms'), 'bash' => 'fine']);
        $runs = [Exrun::php('<?php')->toRun(), Exrun::bash('true')->toRun()];
        $batch = Bus::batch(array_map(fn ($run): RunExample => new RunExample($run), $runs))->dispatch();
        $this->work();

        $this->assertTrue($batch->fresh()->cancelled(), "Laravel's own custom, without allowFailures()");
        $this->assertSame([Verdict::Error, Verdict::Ok], array_map(fn ($run) => Exrun::result($run->id)?->verdict, $runs));
    }

    public function test_a_run_that_has_begun_is_not_called_off_by_another_message(): void
    {
        $run = Exrun::php('<?php')->toRun();
        $batch = Bus::batch([new RunExample($run)])->dispatch();
        $lock = app(ResultStore::class)->lock($run->id, 60);
        $this->assertTrue($lock->get(), 'somebody else is busy with it');
        $batch->fresh()->cancel();
        $this->work();

        $this->assertNull(Exrun::result($run->id));
    }

    public function test_what_may_pass_is_tried_again(): void
    {
        Exceptions::fake();
        Exrun::fake(['*' => Exrun::sequence([ExrunFailed::withStatus(75, 'full'), Verdict::Cancelled, 'third'])]);
        $id = Exrun::php('<?php')->dispatch();
        $this->work();
        $this->assertSame(1, DB::table('jobs')->count());
        $this->travel(10)->seconds();
        $this->work();
        $this->assertSame(RunState::Running, Exrun::state($id), 'nobody is told of a run that was cancelled from outside');
        $this->travel(10)->seconds();
        $this->work();

        $this->assertSame('third', Exrun::result($id)?->stdout);
        $this->assertNothingLeft();
    }

    public function test_a_service_that_is_full_is_asked_again_when_it_said_and_that_is_no_try(): void
    {
        $seen = $this->listen();
        $busy = fn (): ServiceUnavailable => ServiceUnavailable::busy('the queue is full', 7, false);
        Exrun::fake(['*' => Exrun::sequence([$busy(), $busy(), $busy(), $busy(), 'done at last'])]);
        $id = Exrun::php('')->dispatch();

        foreach (range(1, 4) as $time) {
            $this->work();
            $this->assertNull(Exrun::result($id));
            $this->travel(6)->seconds();
            $this->work();
            Exrun::assertRanTimes('php', 0);
            $this->travel(1)->seconds();
        }

        $this->work();
        $this->assertSame('done at last', app(ResultStore::class)->result($id)?->stdout);
        $this->assertSame('finished done at last', $seen[count($seen) - 1]);
        $this->assertNothingLeft();
    }

    public function test_a_service_that_is_full_for_ten_minutes_uses_up_tries(): void
    {
        $seen = $this->listen();
        Exrun::fake(fn () => throw ServiceUnavailable::busy('the queue is full', 1_000_000, false));
        $id = Exrun::php('')->dispatch();

        for ($minute = 0; $minute < 30 && Exrun::result($id) === null; $minute++) {
            $this->work();
            $this->travel(61)->seconds();
        }

        $this->assertContains($minute, range(10, 16));
        $this->assertSame(Verdict::Error, Exrun::result($id)?->verdict);
        $this->assertSame('started', $seen[0]);
        $this->assertCount(2, $seen, 'it has started once');
    }

    public function test_when_tries_are_used_up_the_visitor_is_told(): void
    {
        Exceptions::fake();
        $seen = $this->listen();
        Exrun::fake(['*' => ExrunFailed::withStatus(75, 'all of /run/exrun is taken')]);
        $id = Exrun::php('<?php')->label(example: 'a')->dispatch();

        foreach (range(1, 3) as $try) {
            $this->work();
            $this->travel(10)->seconds();
        }

        $result = Exrun::result($id);
        $this->assertSame(Verdict::Error, $result?->verdict);
        $this->assertSame('The program could not be run. Please try again in a little while.', $result->message, 'and nothing of this machine');
        $this->assertSame(['example' => 'a'], $result->labels);
        $this->assertSame('finished ', $seen->getArrayCopy()[3]);
        $this->assertSame(1, DB::table('failed_jobs')->count());
        $this->assertNothingLeft();
    }

    public function test_what_no_try_would_mend_fails_at_once(): void
    {
        Exceptions::fake();
        Exrun::fake(['php' => new InvalidRun('must be from 1 to 60000', '/limits/wall_ms'), 'lua' => BinaryNotFound::named('exrun')]);
        $ids = [Exrun::php('<?php')->dispatch(), Exrun::lua('')->dispatch()];
        $this->work();

        $this->assertSame('The program could not be run. The limit "wall_ms" must be from 1 to 60000.', Exrun::result($ids[0])?->message);
        $this->assertSame('The program could not be run. Please try again in a little while.', Exrun::result($ids[1])?->message);
        Exceptions::assertReported(BinaryNotFound::class);
        Exceptions::assertNotReported(InvalidRun::class);
        $this->assertSame(1, DB::table('failed_jobs')->count(), "a visitor's fault fails no job");
        $this->assertStringContainsString('BinaryNotFound', DB::table('failed_jobs')->pluck('exception')->implode(''));
        $this->assertNothingLeft();
    }

    public function test_a_request_that_is_wrong_fails_the_chain_that_it_is_in(): void
    {
        Exrun::fake(['php' => new InvalidRun('must be from 1 to 60000', '/limits/wall_ms'), 'bash' => 'fine']);
        Bus::chain([new RunExample(Exrun::php('')->toRun()), new RunExample(Exrun::bash('')->toRun())])->dispatch();
        $this->work();

        Exrun::assertNotRan('bash');
        $this->assertSame(1, DB::table('failed_jobs')->count());
    }

    public function test_a_listener_that_throws_has_the_event_come_again_with_the_same_result(): void
    {
        Exceptions::fake();
        Exrun::fake(['*' => Exrun::sequence(['first', 'second'])]);
        $results = [];
        Event::listen(ExampleFinished::class, function (ExampleFinished $event) use (&$results): void {
            $results[] = $event->result->stdout;
            throw_if(count($results) === 1, new RuntimeException('a full disk'));
        });
        Exrun::php('<?php')->dispatch();
        $this->work();
        $this->travel(10)->seconds();
        $this->work();

        $this->assertSame(['first', 'first'], $results);
        Exrun::assertRanTimes('php', 1);
        $this->assertNothingLeft();
    }

    public function test_a_queue_that_stumbles_over_itself_costs_nobody_their_run(): void
    {
        $seen = $this->listen();
        $job = new RunExample(Exrun::php('<?php')->toRun());
        $locked = new PDOException('SQLSTATE[HY000]: General error: 5 database is locked');
        $job->failed($locked);
        $this->assertSame(1, DB::table('jobs')->count());
        $this->assertSame([], $seen->getArrayCopy());
        $this->travel(3)->seconds();
        $this->work();
        $this->assertSame(['started', 'finished done'], $seen->getArrayCopy());

        $job = new RunExample(Exrun::php('<?php')->toRun());
        $job->stumbles = 10;
        $job->failed($locked);
        $this->assertSame(0, DB::table('jobs')->count(), 'but not for ever');
        $this->assertSame(Verdict::Error, Exrun::result($job->run->id)?->verdict);

        $job = new RunExample(Exrun::php('<?php')->toRun());
        $job->stumbles = 9;
        $lock = app(ResultStore::class)->lock($job->run->id, 60);
        $this->assertTrue($lock->get());
        Queue::push($job);
        $this->work();
        $this->assertStringContainsString('stumbles\\";i:9;', DB::table('jobs')->pluck('payload')->implode(''), 'also where it waits in between');
    }

    public function test_a_failure_after_the_result_is_kept_does_not_change_it(): void
    {
        $id = Exrun::php('<?php')->dispatch();
        $this->work();
        $seen = $this->listen();
        (new RunExample(Exrun::php('<?php')->id($id)->toRun()))->failed(new RuntimeException('killed'));

        $this->assertSame('done', Exrun::result($id)?->stdout);
        $this->assertSame(['finished done'], $seen->getArrayCopy());
    }

    public function test_events_are_broadcast_at_once_on_the_channel_of_the_run(): void
    {
        config()->set('exrun.broadcast.enabled', true);
        $sent = $this->broadcasts();
        $id = Exrun::php('<?php')->label(example: 'a')->dispatch();
        $this->work();

        $this->assertSame([["exrun.{$id}", 'example.started'], ["exrun.{$id}", 'example.finished']], array_map(fn (array $one): array => array_slice($one, 0, 2), $sent->getArrayCopy()));
        $this->assertStringContainsString('"labels":{"example":"a"}', (string) json_encode($sent[0]));
        $this->assertStringContainsString('"complete":true', (string) json_encode($sent[1]));
        $this->assertStringContainsString('"stdout":"done"', (string) json_encode($sent[1]));
        $this->assertContains(ShouldBroadcastNow::class, class_implements(ExampleStarted::class));
    }

    public function test_a_result_too_large_for_a_broadcaster_goes_without_its_output(): void
    {
        $event = new ExampleFinished('x', Result::fake(str_repeat('a', 10_000), message: 'fine'));

        $this->assertSame('{"id":"x","complete":false,"result":{"verdict":"ok","message":"fine","labels":{}}}', json_encode($event->broadcastWith()));
        $this->assertSame('exrun.x', (string) $event->broadcastOn()[0]);
        config()->set('exrun.broadcast.private', true);
        $this->assertInstanceOf(PrivateChannel::class, $event->broadcastOn()[0]);
    }

    public function test_a_broadcaster_that_fails_costs_the_run_nothing(): void
    {
        Exceptions::fake();
        config()->set('exrun.broadcast.enabled', true);
        $this->broadcasts(failing: true);
        $seen = $this->listen();
        $id = Exrun::php('<?php')->dispatch();
        $this->work();

        $this->assertSame('done', Exrun::result($id)?->stdout);
        $this->assertSame(['started', 'finished done'], $seen->getArrayCopy());
        Exceptions::assertReported(fn (RuntimeException $e): bool => $e->getMessage() === 'no broadcaster');
        $this->assertNothingLeft();
    }

    public function test_nothing_is_broadcast_unless_asked_for(): void
    {
        $sent = $this->broadcasts();
        Exrun::php('<?php')->dispatch();
        $this->work();

        $this->assertCount(0, $sent);
    }

    public function test_a_job_has_its_tags_and_queue(): void
    {
        config()->set(['exrun.queue.queue' => 'examples', 'exrun.queue.tries' => 1]);
        $job = new RunExample(Exrun::php('<?php')->label(example: 'collections/map')->id('x')->toRun());

        $this->assertSame(['exrun', 'exrun:php', 'example:collections/map'], $job->tags());
        $this->assertSame(['x', 'examples', 2, 60, [1, 5]], [$job->uniqueId(), $job->queue, $job->tries, $job->timeout, $job->backoff()]);

        Exrun::php('<?php')->onQueue('fast')->dispatch();
        $this->assertSame(['fast'], DB::table('jobs')->pluck('queue')->all());
    }

    public function test_payloads_carry_bytes_of_any_kind(): void
    {
        $bytes = implode('', array_map(chr(...), range(0, 255)));
        $id = Exrun::php($bytes)->stdin($bytes)->files(['a' => $bytes])->dispatch();
        Exrun::fake(['*' => $bytes]);
        $this->work();

        Exrun::assertRan(fn (Run $run): bool => $run->source === $bytes && $run->stdin === $bytes && $run->files === ['a' => $bytes]);
        $this->assertSame($bytes, Exrun::result($id)?->stdout);
    }

    /** @return ArrayObject<int, string> the events that came */
    private function listen(): ArrayObject
    {
        /** @var ArrayObject<int, string> $seen */
        $seen = new ArrayObject;
        Event::listen(ExampleStarted::class, function () use ($seen): void {
            $seen->append('started');
        });
        Event::listen(ExampleFinished::class, function (ExampleFinished $event) use ($seen): void {
            $seen->append("finished {$event->result->stdout}");
        });

        return $seen;
    }

    /** @return ArrayObject<int, array{string, string, mixed}> the messages that reached the broadcaster */
    private function broadcasts(bool $failing = false): ArrayObject
    {
        /** @var ArrayObject<int, array{string, string, mixed}> $sent */
        $sent = new ArrayObject;
        app(BroadcastManager::class)->extend('recorder', fn () => new class ($sent, $failing) extends \Illuminate\Broadcasting\Broadcasters\NullBroadcaster {
            /** @param ArrayObject<int, array{string, string, mixed}> $sent */
            public function __construct(private readonly ArrayObject $sent, private readonly bool $failing) {}

            /**
             * @param  array<\Illuminate\Broadcasting\Channel>  $channels
             * @param  string  $event
             * @param  array<string, mixed>  $payload
             */
            public function broadcast(array $channels, $event, array $payload = []): void
            {
                $this->failing && throw new RuntimeException('no broadcaster');
                $this->sent->append([(string) $channels[0], $event, $payload]);
            }
        });
        config()->set(['broadcasting.default' => 'recorder', 'broadcasting.connections.recorder' => ['driver' => 'recorder']]);

        return $sent;
    }

    private function work(bool $once = false): void
    {
        Artisan::call('queue:work', ['--once' => $once, '--stop-when-empty' => true, '--queue' => 'default,fast', '--sleep' => 0]);
    }

    private function assertNothingLeft(): void
    {
        $this->assertSame([], DB::table('jobs')->pluck('payload')->all());

        // The unique lock is free as well, so the same id may be dispatched again.
        $store = app('cache')->store()->getStore();
        $this->assertInstanceOf(\Illuminate\Cache\ArrayStore::class, $store);
        $this->assertSame([], $store->locks);
    }
}
