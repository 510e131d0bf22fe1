<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

/**
 * The state of a run that was given to a queue.
 */
enum RunState: string
{
    case Queued = 'queued';
    case Running = 'running';
    case Finished = 'finished';
}
