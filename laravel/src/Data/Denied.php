<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;

/**
 * The system call that ended a run with the verdict `denied`.
 */
final readonly class Denied
{
    public function __construct(public string $syscall, public string $what) {}

    public static function fromAnswer(Answer $denied): self
    {
        return new self($denied->string('syscall'), $denied->string('what'));
    }

    /** @return array<string, string> */
    public function toArray(): array
    {
        return ['syscall' => $this->syscall, 'what' => $this->what];
    }
}
