<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Events;

use Illuminate\Broadcasting\Channel;
use Illuminate\Broadcasting\PrivateChannel;

/**
 * Shared by both events if they are broadcast: one channel for each run, named by its id.
 */
trait BroadcastsByName
{
    /** @return list<Channel> */
    public function broadcastOn(): array
    {
        $name = "exrun.{$this->id}";

        return [config('exrun.broadcast.private') ? new PrivateChannel($name) : new Channel($name)];
    }

    /**
     * The event dispatcher must not broadcast by itself, because if a broadcaster failed, listeners would not be called
     * and the run would not continue. `Announcer` broadcasts instead, and reports a failure.
     */
    public function broadcastWhen(): bool
    {
        return false;
    }
}
