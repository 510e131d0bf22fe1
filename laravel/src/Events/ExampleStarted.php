<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Events;

use Exrun\Laravel\Run;
use Illuminate\Contracts\Broadcasting\ShouldBroadcastNow;

/**
 * A worker is about to run an example. After a crash it may come again for the same id.
 *
 * Broadcast immediately, because on a queue it would wait behind its own run.
 */
final readonly class ExampleStarted implements ShouldBroadcastNow
{
    use BroadcastsByName;

    public string $id;

    public function __construct(public Run $run)
    {
        $this->id = $run->id;
    }

    public function broadcastAs(): string
    {
        return 'example.started';
    }

    /** @return array<string, mixed> */
    public function broadcastWith(): array
    {
        return ['id' => $this->id, 'profile' => $this->run->profile, 'labels' => (object) $this->run->labels];
    }
}
