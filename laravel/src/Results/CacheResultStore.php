<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Results;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Result;
use Exrun\Laravel\RunState;
use Illuminate\Contracts\Cache\Lock;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Repository;
use RuntimeException;

/**
 * Results in a cache store: Redis, database, Memcached, or files. They are kept as JSON text, which every store keeps
 * unchanged.
 */
final readonly class CacheResultStore implements ResultStore
{
    /** @param int $seconds how long a result is kept */
    public function __construct(private Repository $cache, private int $seconds) {}

    public function markQueued(string $id): void
    {
        // Only if nothing is known yet, because a second message of one run must not hide that it runs.
        $this->cache->add($this->key($id, 'state'), RunState::Queued->value, $this->seconds);
    }

    public function markRunning(string $id): void
    {
        $this->cache->put($this->key($id, 'state'), RunState::Running->value, $this->seconds);
    }

    public function keep(string $id, Result $result): Result
    {
        // add() is one atomic step in every store that Laravel brings.
        if ($this->cache->add($this->key($id, 'result'), $result->toJson(), $this->seconds)) {
            return $result;
        }

        $kept = $this->result($id);

        if ($kept !== null) {
            return $kept;
        }

        // Memcached refuses more than 1 MB.
        $bytes = strlen($result->toJson());
        $result = $result->withoutOutput();
        $isKept = $this->cache->add($this->key($id, 'result'), $result->toJson(), $this->seconds);
        $end = $isKept ? 'It is kept without its output.' : 'Nothing of it is kept, so its page waits in vain.';
        $name = 'The results store (EXRUN_RESULTS_STORE)';
        report(new RuntimeException("{$name} refused a result of {$bytes} bytes. {$end}"));

        return $result;
    }

    /** Removes the state of a run that nobody waits for. */
    public function forget(string $id): void
    {
        $this->cache->forget($this->key($id, 'state'));
    }

    public function result(string $id): ?Result
    {
        $json = $this->cache->get($this->key($id, 'result'));

        return is_string($json) ? Result::fromJson($json) : null;
    }

    public function state(string $id): ?RunState
    {
        if ($this->cache->has($this->key($id, 'result'))) {
            return RunState::Finished;
        }

        $state = $this->cache->get($this->key($id, 'state'));

        return is_string($state) ? RunState::tryFrom($state) : null;
    }

    public function lock(string $id, int $seconds): Lock
    {
        $store = $this->cache->getStore();

        return $store instanceof LockProvider ? $store->lock($this->key($id, 'lock'), $seconds)
            : throw new RuntimeException('The cache store of results.store in config/exrun.php has no locks. Choose redis, database, memcached or file.');
    }

    private function key(string $id, string $what): string
    {
        return "exrun:{$id}:{$what}";
    }
}
