<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Contracts;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;

/**
 * A transport that tells what happens while it happens. `Exrun::stream()` replays the result of any other as events.
 */
interface StreamingTransport extends Transport
{
    /**
     * Runs the program as `run()` does. The last event has the result, too.
     *
     * @param  Closure(RunEvent): mixed  $on
     * @param  (Closure(): mixed)|null  $idle  called after each second in which nothing happens
     *
     * @throws ExrunException before the first event, or if the service is lost meanwhile
     */
    public function stream(Run $run, Closure $on, ?Closure $idle = null): Result;
}
