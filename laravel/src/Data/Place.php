<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;

/**
 * A line of the program.
 */
final readonly class Place
{
    public function __construct(public string $path, public int $line) {}

    public static function fromAnswer(Answer $place): self
    {
        return new self($place->string('path'), $place->integer('line'));
    }

    /** @return array<string, string|int> */
    public function toArray(): array
    {
        return ['path' => $this->path, 'line' => $this->line];
    }
}
