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
     * Keeps the result unless one is already kept for this id. A later one doesn't replace it.
     *
     * @return Result the one that is kept
     */
    public function keep(string $id, Result $result): Result;

    public function result(string $id): ?Result;

    /** Returns null if the id is not known, or if its state has expired. */
    public function state(string $id): ?RunState;

    /** Held by the worker that runs the example, so that no other one runs it at the same time. */
    public function lock(string $id, int $seconds): Lock;
}
