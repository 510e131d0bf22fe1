<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Testing;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Verdict;
use PHPUnit\Framework\Assert;
use Throwable;

/**
 * A fake answer that tells what happens while a program runs, one after the other:
 * `Exrun::events()->stdout('name? ')->reading()->stdin("Ada\n")->stdout('hello Ada')`.
 */
final class FakeEvents
{
    /** @var list<array{'stdout'|'stderr'|'reading'|'stdin', string}> */
    private array $steps = [];

    private Result|Throwable|null $result = null;

    public function stdout(string $text): self
    {
        return $this->then('stdout', $text);
    }

    public function stderr(string $text): self
    {
        return $this->then('stderr', $text);
    }

    /** The program waits for input. */
    public function reading(): self
    {
        return $this->then('reading');
    }

    /** By now, the application must have sent these bytes since the last look, or the test fails. */
    public function stdin(string $bytes): self
    {
        return $this->then('stdin', $bytes);
    }

    /**
     * The end, if it is another than a good one; an exception, if the service is lost then. A verdict has the output
     * that was written before.
     */
    public function result(Result|Verdict|Throwable $result): self
    {
        $this->result = $result instanceof Verdict ? Result::fake($this->written('stdout'), $this->written('stderr'), $result) : $result;

        return $this;
    }

    public function end(Run $run): Result
    {
        if ($this->result instanceof Throwable) {
            throw $this->result;
        }

        return ($this->result ?? Result::fake($this->written('stdout'), $this->written('stderr')))->of($run);
    }

    /**
     * @param  Closure(RunEvent): mixed  $on
     * @param  Closure(string): void  $note  gets all that is sent to the program
     */
    public function play(Run $run, Closure $on, Closure $note): Result
    {
        $sent = '';
        $input = function (string $bytes) use (&$sent, $note): void {
            $sent .= $bytes;
            $note($bytes);
        };
        $on(new RunEvent('started', stage: 'run', cell: 'cold', input: $input));

        foreach ($this->steps as [$type, $text]) {
            if ($type === 'stdin') {
                Assert::assertSame($text, $sent, 'The program was sent something else than it should get.');
                $sent = '';
            } else {
                $on(new RunEvent($type, $text, input: $input));
            }
        }

        $result = $this->end($run);
        $on(new RunEvent('result', result: $result));

        return $result;
    }

    /** @param 'stdout'|'stderr'|'reading'|'stdin' $type */
    private function then(string $type, string $text = ''): self
    {
        $this->steps[] = [$type, $text];

        return $this;
    }

    private function written(string $type): string
    {
        return implode('', array_column(array_filter($this->steps, fn (array $step): bool => $step[0] === $type), 1));
    }
}
