<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

/**
 * The end of a run in one word. It comes from the kernel's counters, never from the program's output.
 */
enum Verdict: string
{
    case Ok = 'ok';
    case Failed = 'failed';
    case Crashed = 'crashed';
    case Timeout = 'timeout';
    case CpuTimeout = 'cpu_timeout';
    case OutOfMemory = 'out_of_memory';
    case OutputLimit = 'output_limit';
    case Denied = 'denied';
    case CompileFailed = 'compile_failed';
    case Cancelled = 'cancelled';
    case Error = 'error';

    public function successful(): bool
    {
        return $this === self::Ok;
    }

    /** Returns true if the program was stopped because it used up a limit. */
    public function isLimit(): bool
    {
        return in_array($this, [self::Timeout, self::CpuTimeout, self::OutOfMemory, self::OutputLimit], true);
    }

    /**
     * Returns true if the program's author can correct something. `cancelled` and `error` are never the program's
     * doing.
     */
    public function isTheProgramsDoing(): bool
    {
        return ! in_array($this, [self::Ok, self::Cancelled, self::Error], true);
    }

    /** A heading for people, such as "Out of memory". */
    public function title(): string
    {
        return match ($this) {
            self::Ok => 'OK',
            self::CpuTimeout => 'CPU time used up',
            self::Timeout => 'Time used up',
            self::CompileFailed => 'Did not compile',
            self::Error => 'Could not be run',
            default => ucfirst(str_replace('_', ' ', $this->value)),
        };
    }
}
