<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Cache\Repository;

/**
 * The runs that their visitors want to end. A worker looks before it begins one, and knows by it why one was cancelled.
 */
final readonly class CalledOff
{
    /** @param int $seconds how long it is known, as long as a result */
    public function __construct(private Repository $cache, private int $seconds) {}

    public function note(string $id): void
    {
        $this->cache->put($this->key($id), true, $this->seconds);
    }

    /** @phpstan-impure another process can note it meanwhile */
    public function has(string $id): bool
    {
        return $this->cache->has($this->key($id));
    }

    private function key(string $id): string
    {
        return "exrun:{$id}:called-off";
    }
}
