<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Closure;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Result;
use Exrun\Laravel\Support\Bytes;
use LogicException;

/**
 * Something that happened while a program ran. `$type` is one of `queued`, `started`, `stdout`, `stderr`, `reading`,
 * `restarted` and `result`; ignore others.
 */
final readonly class RunEvent
{
    /**
     * @param  string  $text  of stdout and stderr: the program's bytes as it wrote them
     * @param  int|null  $position  of queued: 1 is the next to start
     * @param  string|null  $stage  of started: compile or run
     * @param  string|null  $cell  of started: cold, ready or parked
     * @param  Result|null  $result  of result
     * @param  (Closure(string, bool): void)|null  $input  sends bytes to the program, and ends its input if the second is true
     */
    public function __construct(
        public string $type,
        public string $text = '',
        public ?int $position = null,
        public ?string $stage = null,
        public ?string $cell = null,
        public ?Result $result = null,
        private ?Closure $input = null,
    ) {}

    public function isOutput(): bool
    {
        return $this->type === 'stdout' || $this->type === 'stderr';
    }

    /** Returns true if the program waits for input, which `send()` gives it. */
    public function isReading(): bool
    {
        return $this->type === 'reading';
    }

    /**
     * Gives the program input. Only for a run with `->interactive()`.
     *
     * @throws ExrunException if the service does not take it
     */
    public function send(string $bytes): void
    {
        $this->input($bytes, false);
    }

    /** Ends the program's input. */
    public function endInput(string $lastBytes = ''): void
    {
        $this->input($lastBytes, true);
    }

    /**
     * The data of the event, as exrun's service writes it.
     *
     * @param  (Closure(string, Result): array<string, mixed>)|null  $form  the form of a result; null: as it is
     */
    public function toJson(string $id, ?Closure $form = null): string
    {
        $isText = Bytes::areText($this->text);
        $members = match (true) {
            $this->result !== null => $form === null ? $this->result : $form($id, $this->result),
            $this->isOutput() => [$isText ? 'text' : 'base64' => Bytes::encode($this->text, $isText)],
            default => (object) array_filter(['id' => in_array($this->type, ['queued', 'started'], true) ? $id : null, 'position' => $this->position, 'stage' => $this->stage, 'cell' => $this->cell], fn (mixed $member): bool => $member !== null),
        };

        return json_encode($members, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }

    /**
     * Tells a result as events, if nothing was told while the program ran. What it wrote to stdout comes first, because
     * the order between the two streams is not known any more.
     *
     * @param  Closure(RunEvent): mixed  $on
     */
    public static function replay(Result $result, Closure $on): Result
    {
        $on(new self('started', stage: 'run', cell: $result->timing->cell));

        foreach (['stdout' => $result->stdout, 'stderr' => $result->stderr] as $type => $text) {
            if ($text !== '') {
                $on(new self($type, $text));
            }
        }

        $on(new self('result', result: $result));

        return $result;
    }

    private function input(string $bytes, bool $isEnd): void
    {
        ($this->input ?? throw new LogicException('This run takes no input while it runs. Call ->interactive() before ->stream(), with the service as transport.'))($bytes, $isEnd);
    }
}
