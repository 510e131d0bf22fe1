<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Cache\Lock;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Repository;

/**
 * Bounds the PHP workers that wait for runs: each request that does takes one of them, and with Debian's five, the rest
 * of the site would wait, too. A lock that was lost with its process ends by itself.
 */
final readonly class Slots
{
    /** @param int $seconds the longest time that a run can take */
    public function __construct(private Repository $cache, private int $most, private int $seconds) {}

    /**
     * Takes a slot for a visitor, who may have one.
     *
     * @param  string  $visitor  names the visitor
     * @return list<Lock>|null null: none is free, or this visitor has one; else to be given back
     */
    public function take(string $visitor): ?array
    {
        $store = $this->cache->getStore();

        if (! $store instanceof LockProvider) {
            return null;
        }

        $own = $store->lock("exrun:slot:of:{$visitor}", $this->seconds);

        if ($this->most === 0 || ! $own->get()) {
            return null;
        }

        for ($n = 0; $n < $this->most; $n++) {
            $slot = $store->lock("exrun:slot:{$n}", $this->seconds);

            if ($slot->get()) {
                return [$own, $slot];
            }
        }

        $own->release();

        return null;
    }

    /** @param list<Lock> $slot */
    public static function giveBack(array $slot): void
    {
        foreach ($slot as $lock) {
            $lock->release();
        }
    }
}
