<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Contracts\Queue\Factory;
use Throwable;

/**
 * The place of a run in its queue. Runs are numbered as they are queued, and the newest number that began is kept. The
 * difference is about how many are before a run. Retries, and counters that two processes change at the same time, can
 * make it wrong by a few.
 */
final readonly class Line
{
    /**
     * @param  Closure(): Factory  $queues  asked late, because a run that is answered at once needs none
     * @param  int  $seconds  how long a number is kept
     */
    public function __construct(private Repository $cache, private Closure $queues, private int $seconds) {}

    public function join(string $id, string $connection, ?string $queue): void
    {
        if ($this->cache->has($this->key($id))) {
            return;
        }

        $last = $this->line($connection, $queue).':last';
        $this->cache->add($last, 0); // not every store counts up from nothing
        $number = $this->cache->increment($last);

        if (is_int($number)) {
            $this->cache->put($this->key($id), compact('connection', 'queue', 'number'), $this->seconds);
        }
    }

    public function began(string $id): void
    {
        [$connection, $queue, $number] = $this->place($id);

        if ($number !== null && $number > $this->front($connection, $queue)) {
            $this->cache->forever($this->line($connection, $queue).':front', $number);
        }
    }

    /** Returns about how many runs are before this one, or null if that is not known. */
    public function before(string $id): ?int
    {
        [$connection, $queue, $number] = $this->place($id);
        $size = $number === null ? null : $this->size($connection, $queue);

        // A queue that was cleared has fewer jobs than numbers.
        return $number === null || $size === null ? null
            : max(0, min($number - $this->front($connection, $queue) - 1, $size - 1));
    }

    /**
     * Returns how many jobs wait or run, or null if the queue doesn't say. Delayed jobs are counted only if the queue
     * can't tell them apart.
     */
    public function size(string $connection, ?string $queue): ?int
    {
        try {
            $jobs = ($this->queues)()->connection($connection === '' ? null : $connection);

            return method_exists($jobs, 'pendingSize') && method_exists($jobs, 'reservedSize')
                ? $jobs->pendingSize($queue) + $jobs->reservedSize($queue)
                : $jobs->size($queue);
        } catch (Throwable) {
            return null;
        }
    }

    /** @return array{string, ?string, ?int} */
    private function place(string $id): array
    {
        $place = $this->cache->get($this->key($id));
        $place = is_array($place) ? $place : [];

        return [
            is_string($place['connection'] ?? null) ? $place['connection'] : '',
            is_string($place['queue'] ?? null) ? $place['queue'] : null,
            is_int($place['number'] ?? null) ? $place['number'] : null,
        ];
    }

    private function front(string $connection, ?string $queue): int
    {
        $front = $this->cache->get($this->line($connection, $queue).':front');

        return is_numeric($front) ? (int) $front : 0;
    }

    private function line(string $connection, ?string $queue): string
    {
        return "exrun:line:{$connection}:{$queue}";
    }

    private function key(string $id): string
    {
        return "exrun:{$id}:place";
    }
}
