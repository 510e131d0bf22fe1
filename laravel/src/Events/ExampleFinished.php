<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Events;

use Exrun\Laravel\Result;
use Illuminate\Contracts\Broadcasting\ShouldBroadcastNow;

/**
 * An example has a result. It comes at least once for each run, and always with the result that is kept for the id.
 */
final readonly class ExampleFinished implements ShouldBroadcastNow
{
    use BroadcastsByName;

    public function __construct(public string $id, public Result $result) {}

    public function broadcastAs(): string
    {
        return 'example.finished';
    }

    /**
     * Broadcasters bound their messages, Pusher at 10 KB. If a result is larger, it is sent without its output, and the
     * page fetches it.
     *
     * @return array<string, mixed>
     */
    public function broadcastWith(): array
    {
        $most = config('exrun.broadcast.max_bytes');
        $whole = ['id' => $this->id, 'complete' => true, 'result' => $this->result->jsonSerialize()];

        return strlen(json_encode($whole, JSON_THROW_ON_ERROR)) <= (is_int($most) ? $most : 9000) ? $whole : [
            'id' => $this->id,
            'complete' => false,
            'result' => ['verdict' => $this->result->verdict->value, 'message' => $this->result->message, 'labels' => (object) $this->result->labels],
        ];
    }
}
