<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use Exrun\Laravel\Result;
use RuntimeException;

/**
 * Thrown only by `Result::throw()`. A program that did not end well is a result, not an exception.
 */
final class RunFailed extends RuntimeException
{
    public function __construct(public readonly Result $result)
    {
        parent::__construct("The {$result->profile} program ended with the verdict \"{$result->verdict->value}\": {$result->message}");
    }
}
