<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Contracts;

use Exrun\Laravel\Result;
use Exrun\Laravel\RunState;
use Illuminate\Contracts\Cache\Lock;

/**
 * Keeps one result for each id. Web server and workers must see the same store.
 */
interface ResultStore
{
    public function markQueued(string $id): void;

    public function markRunning(string $id): void;

    /**
     * Keeps the result where there is none for this id yet; the first one counts, for ever.
     *
     * @return Result the one that is kept
     */
    public function keep(string $id, Result $result): Result;

    public function result(string $id): ?Result;

    /** Null where the id is not known, or what was known of it has expired. */
    public function state(string $id): ?RunState;

    /** Held by whoever runs the example, so that nobody else does meanwhile. */
    public function lock(string $id, int $seconds): Lock;
}
