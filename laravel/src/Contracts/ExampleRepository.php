<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Contracts;

use Exrun\Laravel\Examples\Example;
use Exrun\Laravel\Result;

/**
 * Where the site keeps its examples. Bind one of your own where they are not files.
 */
interface ExampleRepository
{
    /** @return iterable<int, Example> in the order in which they are told */
    public function all(): iterable;

    /** Makes this end the one that is right. */
    public function record(Example $example, Result $result): void;
}
