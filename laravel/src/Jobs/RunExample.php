<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Jobs;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Events\ExampleFinished;
use Exrun\Laravel\Events\ExampleStarted;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Support\Announcer;
use Exrun\Laravel\Support\CalledOff;
use Exrun\Laravel\Support\Line;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Verdict;
use Illuminate\Bus\Batchable;
use Illuminate\Contracts\Cache\Factory as CacheFactory;
use Illuminate\Contracts\Cache\Lock;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Contracts\Queue\Factory;
use Illuminate\Contracts\Queue\ShouldBeUnique;
use Illuminate\Contracts\Queue\ShouldQueue;
use Illuminate\Database\DetectsConcurrencyErrors;
use Illuminate\Foundation\Queue\Queueable;
use Throwable;

/**
 * Runs one example on a queue.
 *
 * Queues deliver at least once: if a worker is killed, its job is handed to another one. Nevertheless the package
 * promises one run of an id at a time, exactly one result kept for each id, and ExampleFinished at least once, always
 * with that result. This rests on two atomic steps: a lock that ends by itself before the queue delivers again (see
 * Timeouts), and a store that takes only the first result.
 *
 * @phpstan-consistent-constructor
 */
class RunExample implements ShouldBeUnique, ShouldQueue
{
    use Batchable, DetectsConcurrencyErrors, Queueable;

    /** Seconds until this job looks again at a run that another worker is busy with. */
    private const SECONDS_UNTIL_ANOTHER_LOOK = 2;

    /**
     * If a queue in SQLite is written to by two connections, it fails the job that it was about to hand out ("database
     * is locked"; DatabaseQueue::pop() of Laravel 12). This is neither the program's fault nor a try, so the run is
     * queued again, at most this often.
     */
    private const MOST_STUMBLES = 10;

    /** A service that is full, or paused, is asked again for so long. After that, each time is a try. */
    private const SECONDS_OF_REFUSALS = 600;

    private const MOST_SECONDS_UNTIL_ANOTHER_LOOK = 60;

    public int $stumbles = 0;

    /** When the service first refused the run; 0: it has not. */
    public int $refusedSince = 0;

    public int $tries;

    public int $timeout;

    /** Seconds for which a dispatch of the same id is dropped as a duplicate, if its job never ends. */
    public int $uniqueFor = 3600;

    public function __construct(public readonly Run $run)
    {
        $settings = app(Settings::class);

        // At least two, because the first can end with its worker.
        $this->tries = max(2, $settings->integer('queue.tries'));
        $this->timeout = $settings->timeouts()->job;
        $this->onConnection($settings->stringOrNull('queue.connection'));
        $this->onQueue($settings->stringOrNull('queue.queue'));
    }

    public function handle(Exrun $exrun, ResultStore $results, Announcer $announcer, Factory $queues): void
    {
        $lock = $results->lock($this->run->id, $this->timeout);

        if (! $this->isFree($lock)) {
            $this->lookAgainLater($queues);

            return;
        }

        try {
            $announcer->announce(new ExampleFinished($this->run->id, $results->result($this->run->id) ?? $this->runOrCallOff($exrun, $results, $announcer)));
        } catch (ServiceUnavailable $e) {
            $this->askAgainOrFail($e, $queues);
        } catch (ExrunException $e) {
            $this->tryAgainOrFail($e);
        } finally {
            $lock->release();
        }
    }

    /** Called if no tries are left, or if they would not help. A result that is already kept stays. */
    public function failed(?Throwable $e): void
    {
        if ($this->stumbles < self::MOST_STUMBLES && $e !== null && $this->causedByConcurrencyError($e) && app(ResultStore::class)->result($this->run->id) === null) {
            $this->stumbles++;
            $this->lookAgainLater(app(Factory::class));

            return;
        }

        $why = $e instanceof InvalidRun ? "The program could not be run. {$e->sentence()}" : 'The program could not be run. Please try again in a little while.';
        $kept = app(ResultStore::class)->keep($this->run->id, Result::error($this->run, $why));

        app(Announcer::class)->announce(new ExampleFinished($this->run->id, $kept));
    }

    public function uniqueId(): string
    {
        return $this->run->id;
    }

    /** The store of the results, so that a run can't be queued twice after `cache:clear`. */
    public function uniqueVia(): Repository
    {
        return app(CacheFactory::class)->store(app(Settings::class)->stringOrNull('results.store'));
    }

    /** @return list<int> seconds to wait before the second, third … try */
    public function backoff(): array
    {
        return app(Settings::class)->integers('queue.backoff');
    }

    /** @return list<string> */
    public function tags(): array
    {
        $tags = ['exrun', "exrun:{$this->run->profile}"];

        foreach ($this->run->labels as $name => $value) {
            $tags[] = "{$name}:{$value}";
        }

        return $tags;
    }

    /**
     * If a batch is cancelled because one of its runs failed, the other runs continue: they belong to other visitors.
     */
    private function runOrCallOff(Exrun $exrun, ResultStore $results, Announcer $announcer): Result
    {
        $batch = $this->batch();

        return $batch?->cancelled() && ! $batch->hasFailures() ? $this->callOff($results) : $this->runNow($exrun, $results, $announcer);
    }

    private function callOff(ResultStore $results): Result
    {
        return $results->keep($this->run->id, Result::cancelled($this->run, 'The run was called off before it began.'));
    }

    private function runNow(Exrun $exrun, ResultStore $results, Announcer $announcer): Result
    {
        $results->markRunning($this->run->id);
        app(Line::class)->began($this->run->id);

        // Only now, because whoever ends a run that is marked asks the service until it has the run.
        if (app(CalledOff::class)->has($this->run->id)) {
            return $this->callOff($results);
        }

        if ($this->refusedSince === 0) {
            $announcer->announce(new ExampleStarted($this->run));
        }

        $result = $exrun->run($this->run);

        // If the visitor did not ask for it, another process ended exrun, for instance a service manager that stops a
        // worker and its children together, and the run is tried again.
        if ($result->verdict === Verdict::Cancelled && ! app(CalledOff::class)->has($this->run->id)) {
            throw ExrunFailed::cancelled();
        }

        return $results->keep($this->run->id, $result);
    }

    private function askAgainOrFail(ServiceUnavailable $e, Factory $queues): void
    {
        $now = now()->getTimestamp();
        $this->refusedSince = $this->refusedSince === 0 ? $now : $this->refusedSince;

        if ($e->retryAfter === null || $this->isOnTheSpot() || $now - $this->refusedSince >= self::SECONDS_OF_REFUSALS) {
            $this->tryAgainOrFail($e);
        } else {
            $this->lookAgainLater($queues, min(self::MOST_SECONDS_UNTIL_ANOTHER_LOOK, max(1, $e->retryAfter)));
        }
    }

    private function isFree(Lock $lock): bool
    {
        // If a queue runs jobs in the dispatching process, it can't try later, so it waits.
        return $this->isOnTheSpot() ? (bool) $lock->block($this->timeout) : (bool) $lock->get();
    }

    /**
     * Sends a new message instead of a release, because then waiting for another worker, or for a service that is full,
     * uses up no tries, and a dropped message can't lose the run.
     */
    private function lookAgainLater(Factory $queues, int $seconds = self::SECONDS_UNTIL_ANOTHER_LOOK): void
    {
        $again = new static($this->run);
        $again->stumbles = $this->stumbles;
        $again->refusedSince = $this->refusedSince;

        // Its batch, and the jobs after it in a chain, wait for the run, not for this message.
        [$again->batchId, $this->batchId] = [$this->batchId, null];
        [$again->chained, $this->chained] = [$this->chained, []];
        [$again->chainConnection, $again->chainQueue, $again->chainCatchCallbacks] = [$this->chainConnection, $this->chainQueue, $this->chainCatchCallbacks];
        $queues->connection($this->job?->getConnectionName() ?? $this->connection)->later($seconds, $again, '', $this->job?->getQueue() ?? $this->queue);
    }

    private function tryAgainOrFail(ExrunException $e): void
    {
        if ($e->isWorthRetrying()) {
            throw $e;
        }

        // A fault in a request is reported to the visitor. It fails a job only if others wait for it, because a visitor
        // can make any number of them. Other faults are for the operator's log.
        if (! $e instanceof InvalidRun) {
            report($e);
        } elseif ($this->batchId === null && $this->chained === []) {
            $this->failed($e);

            return;
        }

        $this->fail($e);
    }

    private function isOnTheSpot(): bool
    {
        return in_array($this->job?->getConnectionName(), [null, '', 'sync'], true) || $this->job instanceof \Illuminate\Queue\Jobs\SyncJob;
    }
}
