<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Closure;
use Exrun\Laravel\Support\Settings;
use Illuminate\Contracts\Cache\Repository;
use Psr\Log\LoggerInterface;

/**
 * Whether the service should be there: its address is set, or its socket exists, or a run went to it within the last
 * days. The last is noted in the cache, because a socket goes when its service is stopped.
 */
final readonly class Expectation
{
    private const NOTE = 'exrun:service:seen';

    private const SECONDS_KEPT = 3 * 24 * 3600;

    private const SECONDS_BETWEEN_WARNINGS = 60;

    /**
     * @param  Closure(): Repository  $cache  asked late, because the service works without a cache
     * @param  Closure(): LoggerInterface  $log  asked late, because a warning is rare
     */
    public function __construct(private Settings $settings, private Closure $cache, private Closure $log) {}

    public function isExpected(): bool
    {
        return $this->settings->stringOrNull('socket') !== null || $this->settings->address()->exists() || $this->wasThere();
    }

    public function noteThere(): void
    {
        // Only reads in most cases, because add() locks a file of the file store.
        rescue(fn (): bool => ($this->cache)()->has(self::NOTE) || ($this->cache)()->add(self::NOTE, true, self::SECONDS_KEPT), report: false);
    }

    /** Warns once a minute that the program does the service's work. */
    public function warn(Address $address): void
    {
        $isFirst = rescue(fn (): bool => ($this->cache)()->add('exrun:warned', true, self::SECONDS_BETWEEN_WARNINGS), true, report: false);

        if ($isFirst) {
            ($this->log)()->warning("exrun's service does not answer at {$address->text}, so the program runs the examples. `php artisan sandbox:doctor` looks.");
        }
    }

    private function wasThere(): bool
    {
        return rescue(fn (): bool => ($this->cache)()->has(self::NOTE), false, report: false) === true;
    }
}
