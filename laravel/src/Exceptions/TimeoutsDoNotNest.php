<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

/**
 * A run must end before its process is stopped, the process before its job, the job before the queue hands it to another worker.
 */
final class TimeoutsDoNotNest extends ExrunException
{
    public static function runAndProcess(float $wall, float $compile, float $process): self
    {
        $compiling = $compile > 0 ? " and up to {$compile} s of compiling" : '';

        return new self("A run of up to {$wall} s{$compiling} does not end within the process time-out of {$process} s. Ask for less wall time, or raise ".
            'timeouts.process (EXRUN_PROCESS_TIMEOUT) in config/exrun.php, and with it timeouts.job and the queue\'s retry_after.');
    }

    public static function processAndJob(float $process, int $job): self
    {
        return new self("The job's time-out of {$job} s is not longer than the process time-out of {$process} s: the worker would be killed before exrun can answer. ".
            'Raise timeouts.job (EXRUN_JOB_TIMEOUT) in config/exrun.php.');
    }

    public static function jobAndRetryAfter(int $job, int $retryAfter, string $connection): self
    {
        return new self("The queue connection \"{$connection}\" hands a job to another worker after {$retryAfter} s (retry_after), but a run's job may take {$job} s: it would run ".
            "twice and use up its tries. Set retry_after of \"{$connection}\" in config/queue.php to more than {$job}, or lower timeouts.job in config/exrun.php.");
    }
}
