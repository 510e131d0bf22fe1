<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Testing;

use Closure;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Verdict;
use RuntimeException;
use Throwable;

/**
 * The part of `Exrun` for an application's tests.
 */
trait Fakes
{
    private ?FakeTransport $fake = null;

    /**
     * Nothing is executed after this call, unless no fake matches and stray runs are allowed. `fake()` lets every run
     * end well; `fake(['php' => 'its output', 'p*' => Verdict::Timeout])` answers by profile; a closure gets the run.
     *
     * @param  Closure|array<array-key, mixed>|null  $answers
     */
    public function fake(Closure|array|null $answers = null): static
    {
        $this->faked()->answerWith($answers);

        return $this;
    }

    /** @param list<Result|Verdict|FakeEvents|Throwable|string> $answers */
    public function sequence(array $answers = []): FakeSequence
    {
        return new FakeSequence($answers);
    }

    /** Returns true if the runs of this test go to a fake. */
    public function isFaked(): bool
    {
        return $this->fake !== null;
    }

    /** Returns a fake answer that tells what happens while a program runs. */
    public function events(): FakeEvents
    {
        return new FakeEvents;
    }

    /** @param Closure|string $filter a profile, or a closure that gets the run and its result */
    public function assertStreamed(Closure|string $filter): static
    {
        $this->recording()->assertStreamed($filter);

        return $this;
    }

    /** @param Closure|string $filter as above */
    public function assertStdinSent(Closure|string $filter, string $bytes): static
    {
        $this->recording()->assertStdinSent($filter, $bytes);

        return $this;
    }

    /** If no fake matches, a run throws instead of being executed. */
    public function preventStrayRuns(bool $prevent = true): static
    {
        $this->faked()->preventStrays($prevent);

        return $this;
    }

    /** @param Closure|string $filter a profile, or a closure that gets the run and its result */
    public function assertRan(Closure|string $filter): static
    {
        $this->recording()->assertRan($filter);

        return $this;
    }

    public function assertRanTimes(Closure|string $filter, int $times = 1): static
    {
        $this->recording()->assertRanTimes($filter, $times);

        return $this;
    }

    public function assertNotRan(Closure|string $filter): static
    {
        $this->recording()->assertNotRan($filter);

        return $this;
    }

    public function assertDidntRun(Closure|string $filter): static
    {
        return $this->assertNotRan($filter);
    }

    public function assertNothingRan(): static
    {
        $this->recording()->assertNothingRan();

        return $this;
    }

    /** @return list<array{Run, Result}> */
    public function recorded(Closure|string|null $filter = null): array
    {
        return $this->recording()->recorded($filter);
    }

    private function faked(): FakeTransport
    {
        return $this->transport = $this->fake ??= new FakeTransport($this->transport);
    }

    private function recording(): FakeTransport
    {
        return $this->fake ?? throw new RuntimeException('Call Exrun::fake() before you ask what was run.');
    }
}
