<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Cache\Lock;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Repository;
use Throwable;

/**
 * Bounds the PHP workers that wait for runs: each request that does takes one of them, and with Debian's five, the rest
 * of the site would wait, too. A lock that was lost with its process ends by itself.
 */
final readonly class Slots
{
    /** @param int $seconds far more than a run takes, because a visitor who reads slowly holds the worker for longer */
    public function __construct(private Repository $cache, private int $most, private int $seconds) {}

    /**
     * Takes a slot for a visitor, who may have one at a time.
     *
     * @param  string  $name  of the visitor (Visitors::name())
     * @return list<Lock>|null null: none is free, or this visitor has one; else to be given back
     */
    public function take(string $name): ?array
    {
        $store = $this->cache->getStore();

        if (! $store instanceof LockProvider || $this->most === 0) {
            return null;
        }

        // Hashed, because a session's ID is a secret.
        $own = $store->lock('exrun:slot:of:'.hash('sha256', $name), $this->seconds);

        if (! $own->get()) {
            return null;
        }

        try {
            $slot = $this->free($store);
        } catch (Throwable $e) {
            self::giveBack([$own]);

            throw $e;
        }

        if ($slot === null) {
            self::giveBack([$own]);

            return null;
        }

        return [$own, $slot];
    }

    private function free(LockProvider $store): ?Lock
    {
        for ($n = 0; $n < $this->most; $n++) {
            $slot = $store->lock("exrun:slot:{$n}", $this->seconds);

            if ($slot->get()) {
                return $slot;
            }
        }

        return null;
    }

    /** @param list<Lock> $slot */
    public static function giveBack(array $slot): void
    {
        foreach ($slot as $lock) {
            rescue(fn (): bool => (bool) $lock->release());
        }
    }
}
