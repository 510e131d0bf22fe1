<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Examples;

use Exrun\Laravel\Result;
use Exrun\Laravel\Verdict;

/**
 * The end of an example when its author found it right.
 */
final readonly class Recorded
{
    /** @param int|null $exitCode null if any is right */
    public function __construct(public string $stdout, public Verdict $verdict = Verdict::Ok, public ?int $exitCode = 0) {}

    public static function of(Result $result): self
    {
        return new self($result->stdout, $result->verdict, $result->exitCode);
    }
}
