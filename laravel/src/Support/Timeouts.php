<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Run;

/**
 * The time-outs of a run. Each must end before the next one does:
 * the run (compile and wall) < its process < its job < the queue's retry_after.
 */
final readonly class Timeouts
{
    /** The wall-clock limit of exrun's own profiles if no other is set. */
    private const PROFILES_WALL_MS = 5000;

    public function __construct(public float $compile, public float $process, public int $job) {}

    /** @throws TimeoutsDoNotNest */
    public function mustHold(Run $run): void
    {
        $wall = ($run->limits->wallMs ?? self::PROFILES_WALL_MS) / 1000;
        $compile = Language::mayCompile($run->profile) ? $this->compile : 0.0;

        if ($wall + $compile >= $this->process) {
            throw TimeoutsDoNotNest::runAndProcess($wall, $compile, $this->process);
        }
    }

    /**
     * @param  int|null  $retryAfter  null if the queue has no such setting
     *
     * @throws TimeoutsDoNotNest
     */
    public function mustHoldOnQueue(Run $run, string $connection, ?int $retryAfter): void
    {
        $this->mustHold($run);
        $this->mustHoldConnection($connection, $retryAfter);
    }

    /**
     * @param  int|null  $retryAfter  null if the queue has no such setting
     *
     * @throws TimeoutsDoNotNest
     */
    public function mustHoldConnection(string $connection, ?int $retryAfter): void
    {
        if ($this->process >= $this->job) {
            throw TimeoutsDoNotNest::processAndJob($this->process, $this->job);
        }

        if ($retryAfter !== null && $this->job >= $retryAfter) {
            throw TimeoutsDoNotNest::jobAndRetryAfter($this->job, $retryAfter, $connection);
        }
    }
}
