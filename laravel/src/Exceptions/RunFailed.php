<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use Exrun\Laravel\Result;
use RuntimeException;

/**
 * Thrown by `Result::throw()` only: a program that did not end well is a result, no exception.
 */
final class RunFailed extends RuntimeException
{
    public function __construct(public readonly Result $result)
    {
        parent::__construct("The {$result->profile} program ended with the verdict \"{$result->verdict->value}\": {$result->message}");
    }
}
