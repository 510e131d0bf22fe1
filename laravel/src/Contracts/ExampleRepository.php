<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Contracts;

use Exrun\Laravel\Examples\Example;
use Exrun\Laravel\Result;

/**
 * The place of the site's examples. If they are not files, bind your own.
 */
interface ExampleRepository
{
    /** @return iterable<int, Example> in the order in which they are listed */
    public function all(): iterable;

    /** Records this end as the right one. */
    public function record(Example $example, Result $result): void;
}
