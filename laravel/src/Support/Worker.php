<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * The heartbeat of one queue worker.
 */
final readonly class Worker
{
    /**
     * @param  string  $queue  the names of its queues, with commas between them
     * @param  float|null  $distance  seconds between two looks while it was idle; null: not known yet
     * @param  float  $blocks  seconds of these that it waits inside Redis, which wakes it for a job (block_for)
     * @param  int|null  $uid  the user ID that it works as; null: not known
     */
    public function __construct(
        public string $connection,
        public string $queue,
        public string $host,
        public int $pid,
        public ?float $distance,
        public float $blocks = 0.0,
        public ?int $uid = null,
    ) {}

    /** @return array<string, string|int|float|null> */
    public function toArray(): array
    {
        return [
            'connection' => $this->connection, 'queue' => $this->queue, 'host' => $this->host, 'pid' => $this->pid,
            'distance' => $this->distance, 'blocks' => $this->blocks, 'uid' => $this->uid,
        ];
    }

    public static function fromArray(mixed $beat): ?self
    {
        if (! is_array($beat) || ! is_string($beat['connection'] ?? null) || ! is_string($beat['queue'] ?? null)
            || ! is_string($beat['host'] ?? null) || ! is_int($beat['pid'] ?? null)) {
            return null;
        }

        $distance = $beat['distance'] ?? null;

        return new self(
            $beat['connection'],
            $beat['queue'],
            $beat['host'],
            $beat['pid'],
            is_numeric($distance) ? (float) $distance : null,
            is_numeric($beat['blocks'] ?? null) ? (float) $beat['blocks'] : 0.0,
            is_int($beat['uid'] ?? null) ? $beat['uid'] : null,
        );
    }

    /** Returns the seconds that it sleeps while it is idle, or null if that is not known yet. */
    public function pause(): ?float
    {
        return $this->distance === null ? null : max(0.0, $this->distance - $this->blocks);
    }

    public function serves(string $connection, string $queue): bool
    {
        return $this->connection === $connection && in_array($queue, explode(',', $this->queue), true);
    }
}
