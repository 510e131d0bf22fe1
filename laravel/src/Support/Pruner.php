<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Exrun\Laravel\Results\OwnStore;
use Illuminate\Cache\FileStore;
use Illuminate\Contracts\Cache\Repository;
use Throwable;

/**
 * Lets the workers of a site remove expired results from its own store in files: one of them once an hour.
 */
final class Pruner
{
    private const SECONDS_BETWEEN_PRUNINGS = 3600;

    /** Seconds between two checks of a worker whether it is time, so that its looks for jobs stay cheap. */
    private const SECONDS_BETWEEN_LOOKS = 60;

    private ?float $looked = null;

    /** @param Closure(): Repository $cache the store `exrun`, resolved late, because most processes are not workers */
    public function __construct(private readonly Closure $cache) {}

    public function looks(): void
    {
        $now = hrtime(true) / 1e9;

        if ($this->looked !== null && $now - $this->looked < self::SECONDS_BETWEEN_LOOKS) {
            return;
        }

        $this->looked = $now;

        try {
            $cache = ($this->cache)();

            $isInFiles = $cache->getStore() instanceof FileStore;

            if ($isInFiles && $cache->add('exrun:pruned', 1, self::SECONDS_BETWEEN_PRUNINGS)) {
                OwnStore::prune($cache);
            }
        } catch (Throwable $e) {
            report($e);
        }
    }
}
