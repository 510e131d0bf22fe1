<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Jobs\RunExample;
use Illuminate\Contracts\Config\Repository;

/**
 * Checks each job on its way into a queue, by whichever call it was dispatched.
 */
final readonly class QueueGuard
{
    /** Seconds that Laravel's connectors take if a connection doesn't say. */
    private const LARAVELS_RETRY_AFTER = 60;

    public function __construct(private Repository $config, private Timeouts $timeouts, private ResultStore $results, private Line $line) {}

    /** @throws TimeoutsDoNotNest */
    public function check(mixed $job, string $connection, ?string $queue = null): void
    {
        if (! $job instanceof RunExample) {
            return;
        }

        if ($this->waits($connection)) {
            (new Timeouts($this->timeouts->compile, $this->timeouts->process, $job->timeout))->mustHoldOnQueue($job->run, $connection, $this->retryAfter($connection));
        } else {
            $this->timeouts->mustHold($job->run);
        }

        $this->results->markQueued($job->run->id);

        if ($this->waits($connection)) {
            // Redis has put its prefix before the name, and would do so again if it is asked for the size.
            $queue = $queue === null ? null : (string) preg_replace('~^queues:~', '', $queue);
            $this->line->join($job->run->id, $connection, $job->queue ?? $queue);
        }
    }

    /** @throws TimeoutsDoNotNest */
    public function checkConnection(string $connection): void
    {
        if ($this->waits($connection)) {
            $this->timeouts->mustHoldConnection($connection, $this->retryAfter($connection));
        }
    }

    /** Returns true if a worker takes the job from this connection. On others it runs where it was dispatched. */
    public function waits(string $connection): bool
    {
        return self::isWaitingFor($this->config, $connection);
    }

    public static function isWaitingFor(Repository $config, string $connection): bool
    {
        $driver = $config->get("queue.connections.{$connection}.driver");

        return ! in_array($driver, ['sync', 'deferred', 'background', 'null', null], true);
    }

    /** Returns null if the service itself decides, as SQS does by its visibility time-out. */
    private function retryAfter(string $connection): ?int
    {
        $seconds = $this->config->get("queue.connections.{$connection}.retry_after");
        $driver = $this->config->get("queue.connections.{$connection}.driver");

        return match (true) {
            is_numeric($seconds) => (int) $seconds,
            in_array($driver, ['database', 'redis', 'beanstalkd'], true) => self::LARAVELS_RETRY_AFTER,
            default => null,
        };
    }
}
