<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Testing;

use Exrun\Laravel\Result;
use Exrun\Laravel\Verdict;
use OutOfBoundsException;
use Throwable;

/**
 * One answer after the other: `Exrun::sequence()->push('1')->push(Verdict::Timeout)`.
 */
final class FakeSequence
{
    private bool $failsWhenEmpty = true;

    private Result|Verdict|FakeEvents|Throwable|string $whenEmpty = '';

    /** @param list<Result|Verdict|FakeEvents|Throwable|string> $answers */
    public function __construct(private array $answers = []) {}

    public function push(Result|Verdict|FakeEvents|Throwable|string $answer): self
    {
        $this->answers[] = $answer;

        return $this;
    }

    /** The answer after all others have been given. Without it, one more run fails the test. */
    public function whenEmpty(Result|Verdict|FakeEvents|Throwable|string $answer): self
    {
        $this->failsWhenEmpty = false;
        $this->whenEmpty = $answer;

        return $this;
    }

    public function dontFailWhenEmpty(): self
    {
        return $this->whenEmpty('');
    }

    public function isEmpty(): bool
    {
        return $this->answers === [];
    }

    public function next(): Result|Verdict|FakeEvents|Throwable|string
    {
        if ($this->answers === [] && $this->failsWhenEmpty) {
            throw new OutOfBoundsException('A program was run, but the sequence of fake results is empty.');
        }

        return array_shift($this->answers) ?? $this->whenEmpty;
    }
}
