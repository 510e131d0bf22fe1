<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use RuntimeException;

/**
 * Whatever keeps exrun from running a program. What the program itself does wrong is never an exception: it is a Verdict.
 */
abstract class ExrunException extends RuntimeException
{
    /** May the same run succeed a little later, without anybody changing anything? */
    public function isWorthRetrying(): bool
    {
        return false;
    }
}
