<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use RuntimeException;

/**
 * A reason why exrun could not run a program. If the program itself does something wrong, that is not an exception but
 * a Verdict.
 */
abstract class ExrunException extends RuntimeException
{
    /** Returns true if the same run may succeed a little later, although nothing is changed. */
    public function isWorthRetrying(): bool
    {
        return false;
    }
}
