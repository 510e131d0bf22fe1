<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Contracts\Config\Repository as Config;
use Illuminate\Queue\Events\JobProcessing;
use Illuminate\Queue\Events\Looping;
use Throwable;

/**
 * Queue workers that are alive. Laravel doesn't list them, so each writes a heartbeat into the store of the results:
 * once a second while it looks for jobs, and at the beginning of each job, which counts as alive until its time-out.
 */
final class Workers
{
    private const SECONDS_BETWEEN_BEATS = 1.0;

    private const SECONDS_ALIVE = 90;

    /** How long a worker counts as alive if its job may take any time (--timeout=0). */
    private const SECONDS_WITHOUT_TIMEOUT = 3600;

    private ?Looping $loop = null;

    private ?float $looked = null;

    private ?float $beat = null;

    /** @var list<float> the last two distances between looks */
    private array $distances = [];

    /** Of the worker; null: its host and process. */
    private ?string $name = null;

    /** It ends when the queue is empty, and a scheduler starts the next one. */
    private bool $comesAgain = false;

    /** The worker's time-out for jobs that don't set their own; null: not known. */
    private ?int $timeout = null;

    private bool $hasFailed = false;

    /**
     * @param  Closure(): Repository  $cache  resolved late, because most processes are not workers
     * @param  (Closure(): float)|null  $clock  seconds; null: the clock of this machine
     */
    public function __construct(
        private readonly Closure $cache,
        private readonly string $host,
        private readonly Config $config,
        private readonly ?Closure $clock = null,
    ) {}

    /** @param object $event of WorkerStarting, which not every Laravel has */
    public function starts(object $event): void
    {
        $timeout = data_get($event, 'workerOptions.timeout');
        $this->timeout = is_numeric($timeout) ? (int) $timeout : null;
        $this->comesAgain = data_get($event, 'workerOptions.stopWhenEmpty') === true;
    }

    /** A process for one look or one job, as those that queue:listen starts, one after the other. They are one worker. */
    public function startsOnce(string $connection, string $queue): void
    {
        $this->loop = new Looping($connection, $queue);
        $this->name = "{$this->host}:once:{$connection}:{$queue}";
        $this->write(self::SECONDS_ALIVE);
    }

    public function looks(Looping $event): void
    {
        $now = $this->clock === null ? hrtime(true) / 1e9 : ($this->clock)();

        // The time between these looks was spent on the job, so it is not a pause.
        if ($this->looked !== null) {
            $this->distances = array_slice([...$this->distances, $now - $this->looked], -2);
        }

        $this->looked = $now;
        $this->loop = $event;

        if ($this->beat === null || $now - $this->beat >= self::SECONDS_BETWEEN_BEATS) {
            $this->beat = $now;
            $this->write(self::SECONDS_ALIVE);
        }
    }

    public function begins(JobProcessing $event): void
    {
        $this->looked = null;

        if ($this->loop !== null) {
            $timeout = $event->job->timeout() ?? $this->timeout ?? self::SECONDS_ALIVE;
            $this->write($timeout === 0 ? self::SECONDS_WITHOUT_TIMEOUT : max(self::SECONDS_ALIVE, $timeout));
        }
    }

    public function stops(): void
    {
        if ($this->loop !== null && ! $this->comesAgain) {
            $this->attempt(fn (Repository $cache): bool => $cache->forget($this->key($this->name())));
        }
    }

    /** Returns false if no worker looks at this queue. */
    public function serve(string $connection, string $queue): bool
    {
        foreach ($this->alive() as $worker) {
            if ($worker->serves($connection, $queue)) {
                return true;
            }
        }

        return false;
    }

    /** @return list<Worker> */
    public function alive(): array
    {
        $cache = ($this->cache)();
        $workers = array_map(fn (string $name): ?Worker => Worker::fromArray($cache->get($this->key($name))), $this->names($cache));

        return array_values(array_filter($workers));
    }

    private function write(int $seconds): void
    {
        $this->attempt(function (Repository $cache) use ($seconds): void {
            $worker = new Worker(
                (string) $this->loop?->connectionName,
                (string) $this->loop?->queue,
                $this->host,
                (int) getmypid(),
                // The smaller one, because a worker doesn't look while the application is down.
                $this->distances === [] ? null : round(min($this->distances), 3),
                is_numeric($blocks = $this->config->get("queue.connections.{$this->loop?->connectionName}.block_for")) ? (float) $blocks : 0.0,
                function_exists('posix_geteuid') ? posix_geteuid() : null,
            );
            $cache->put($this->key($this->name()), $worker->toArray(), $seconds);

            if (! in_array($this->name(), $this->names($cache), true)) {
                $this->enlist($cache);
            }
        });
    }

    /** Caches can't be searched, so the workers are listed. Those that died are dropped when another one comes. */
    private function enlist(Repository $cache): void
    {
        $store = $cache->getStore();
        $enlist = fn (): bool => $cache->forever('exrun:workers', [
            ...array_filter($this->names($cache), fn (string $name): bool => $cache->has($this->key($name))),
            $this->name(),
        ]);

        // Without the lock, two that start at the same time could lose each other.
        $store instanceof LockProvider ? $store->lock('exrun:workers:lock', 5)->get($enlist) : $enlist();
    }

    /** @return list<string> */
    private function names(Repository $cache): array
    {
        $names = $cache->get('exrun:workers');

        return is_array($names) ? array_values(array_filter($names, is_string(...))) : [];
    }

    /** If its heartbeat can't be kept, a worker works all the same; that is reported once. */
    private function attempt(Closure $do): void
    {
        try {
            $do(($this->cache)());
        } catch (Throwable $e) {
            if (! $this->hasFailed) {
                $this->hasFailed = true;
                report($e);
            }
        }
    }

    private function name(): string
    {
        return $this->name ?? "{$this->host}:".getmypid();
    }

    private function key(string $name): string
    {
        return "exrun:worker:{$name}";
    }
}
