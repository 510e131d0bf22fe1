<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Testing;

use Closure;
use Exrun\Laravel\Contracts\StreamingTransport;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\StrayRun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Verdict;
use Illuminate\Support\Str;
use InvalidArgumentException;
use PHPUnit\Framework\Assert;
use Throwable;

/**
 * Answers runs as a test says, and remembers them. Nothing is executed, unless no fake matches and stray runs are
 * allowed.
 */
final class FakeTransport implements StreamingTransport
{
    /** @var array<string, mixed> pattern of a profile => answer */
    private array $answers = [];

    /** @var list<array{Run, Result}> */
    private array $recorded = [];

    /** @var list<array{Run, Result}> of those whose events were asked for */
    private array $streamed = [];

    /** @var array<string, string> ID of a run => what was sent to it */
    private array $sent = [];

    private bool $preventsStrays = false;

    public function __construct(private readonly Transport $real) {}

    /** @param Closure|array<array-key, mixed>|null $answers */
    public function answerWith(Closure|array|null $answers): void
    {
        if (! is_array($answers)) {
            $answers = ['*' => $answers ?? ''];
        }

        $latest = [];

        foreach ($answers as $pattern => $answer) {
            $latest[is_int($pattern) ? '*' : $pattern] = $answer;
        }

        // Answers that a test sets after its set-up are tried first.
        $this->answers = $latest + $this->answers;
    }

    public function preventStrays(bool $prevent): void
    {
        $this->preventsStrays = $prevent;
    }

    public function run(Run $run): Result
    {
        $answer = $this->answer($run);
        $result = $answer === null ? $this->stray($run) : $this->toResult($run, $answer);
        $this->recorded[] = [$run, $result];

        return $result;
    }

    public function stream(Run $run, Closure $on, ?Closure $idle = null): Result
    {
        $answer = $this->answer($run);
        $note = function (string $bytes) use ($run): void {
            $this->sent[$run->id] = ($this->sent[$run->id] ?? '').$bytes;
        };
        $result = match (true) {
            $answer instanceof FakeEvents => $answer->play($run, $on, $note),
            $answer === null && $this->real instanceof StreamingTransport && ! $this->preventsStrays => $this->real->stream($run, $on, $idle),
            default => RunEvent::replay($answer === null ? $this->stray($run) : $this->toResult($run, $answer), $on),
        };
        $this->recorded[] = $this->streamed[] = [$run, $result];

        return $result;
    }

    public function describe(): string
    {
        return 'a fake, for tests';
    }

    /** @return list<array{Run, Result}> */
    public function recorded(Closure|string|null $filter = null): array
    {
        return $this->matching($this->recorded, $filter);
    }

    public function assertStreamed(Closure|string $filter): void
    {
        Assert::assertNotEmpty($this->matching($this->streamed, $filter), 'The events of an expected program were not asked for.'.$this->list());
    }

    public function assertStdinSent(Closure|string $filter, string $bytes): void
    {
        $sent = array_map(fn (array $pair): string => $this->sent[$pair[0]->id] ?? '', $this->matching($this->streamed, $filter));

        Assert::assertContains($bytes, $sent, 'Not to an expected program; sent was: '.json_encode($sent, JSON_INVALID_UTF8_SUBSTITUTE));
    }

    /**
     * @param  list<array{Run, Result}>  $pairs
     * @return list<array{Run, Result}>
     */
    private function matching(array $pairs, Closure|string|null $filter): array
    {
        $filter = match (true) {
            $filter === null => fn (): bool => true,
            is_string($filter) => fn (Run $run): bool => Str::is($filter, $run->profile),
            default => $filter,
        };

        return array_values(array_filter($pairs, fn (array $pair): bool => (bool) $filter(...$pair)));
    }

    public function assertRan(Closure|string $filter): void
    {
        Assert::assertNotEmpty($this->recorded($filter), 'An expected program was not run.'.$this->list());
    }

    public function assertRanTimes(Closure|string $filter, int $times): void
    {
        Assert::assertCount($times, $found = $this->recorded($filter), 'An expected program ran '.count($found)." times instead of {$times} times.".$this->list());
    }

    public function assertNotRan(Closure|string $filter): void
    {
        Assert::assertEmpty($this->recorded($filter), 'An unexpected program was run.'.$this->list());
    }

    public function assertNothingRan(): void
    {
        Assert::assertEmpty($this->recorded, 'Programs were run unexpectedly.'.$this->list());
    }

    private function answer(Run $run): mixed
    {
        foreach ($this->answers as $pattern => $answer) {
            if (! Str::is($pattern, $run->profile)) {
                continue;
            }

            if ($answer instanceof Closure) {
                $answer = $answer($run);
            }

            if ($answer instanceof FakeSequence) {
                $answer = $answer->next();
            }

            if ($answer !== null) {
                return $answer instanceof Throwable ? throw $answer : $answer;
            }
        }

        return null;
    }

    private function toResult(Run $run, mixed $answer): Result
    {
        return match (true) {
            $answer instanceof Result => $answer->of($run),
            $answer instanceof FakeEvents => $answer->end($run),
            $answer instanceof Verdict => Result::fake(verdict: $answer)->of($run),
            is_string($answer) => Result::fake($answer)->of($run),
            default => throw new InvalidArgumentException('A fake answer is a Result, a Verdict, the text of its stdout, events, an exception, a sequence, or a closure that returns one of them; not '.
                get_debug_type($answer).'.'),
        };
    }

    private function stray(Run $run): Result
    {
        return $this->preventsStrays ? throw StrayRun::of($run) : $this->real->run($run);
    }

    private function list(): string
    {
        $lines = array_map(fn (array $pair): string => "  {$pair[0]->profile}: ".Str::limit(trim(mb_scrub($pair[0]->source)), 70), $this->recorded);

        return $lines === [] ? ' Nothing was run.' : " These were:\n".implode("\n", $lines);
    }
}
