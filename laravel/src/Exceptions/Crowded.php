<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

/**
 * A visitor's run is not queued now, because too many are waiting. `$status` and `$seconds` are the answer's status and
 * its Retry-After.
 */
final class Crowded extends ExrunException
{
    private function __construct(string $message, public readonly int $status, public readonly int $seconds)
    {
        parent::__construct($message);
    }

    public static function visitor(bool $sharesAddress): self
    {
        return new self($sharesAddress
            ? 'Other programs from your network are still running. You can run yours in a moment.'
            : 'Your last program is still running. You can run the next one when it has ended.', 429, 2);
    }

    public static function workers(): self
    {
        return new self('Many programs are running at the moment. Please try again in a few seconds.', 503, 5);
    }

    public static function noWorker(): self
    {
        return new self('No worker is running at the moment. Please try again in a little while.', 503, 10);
    }

    public static function queue(): self
    {
        return new self('Many programs are waiting to be run. Please try again in a few seconds.', 503, 5);
    }

    public function isWorthRetrying(): bool
    {
        return true;
    }
}
