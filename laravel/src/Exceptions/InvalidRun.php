<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

/**
 * The request itself is wrong. `$pointer` is the JSON pointer of the member at fault, such as `/limits/wall_ms`.
 */
final class InvalidRun extends ExrunException
{
    public function __construct(public readonly string $detail, public readonly string $pointer = '')
    {
        parent::__construct($pointer === '' ? "exrun refuses the run: {$detail}." : "exrun refuses the run at {$pointer}: {$detail}.");
    }

    public static function limit(string $name, string $said, string $wanted): self
    {
        return new self("the limit \"{$name}\" is \"{$said}\"; it must be {$wanted}", "/limits/{$name}");
    }

    /**
     * Returns a sentence with its subject, such as `The path of file 1 has a part "..".` exrun's own detail has no
     * subject; the pointer names it.
     */
    public function sentence(): string
    {
        $parts = explode('/', substr($this->pointer, 1));
        $number = is_numeric($parts[1] ?? null) ? (int) $parts[1] + 1 : null;
        $subject = match (true) {
            preg_match('/^(is|are|has|have|holds|must|lies|may|needs|contains)\b/', $this->detail) !== 1 => '',
            $this->pointer === '' => 'the request ',
            $parts[0] === 'limits' => "the limit \"{$parts[1]}\" ",
            $number === null => "the member \"{$this->pointer}\" ",
            $parts[0] === 'files' => 'the '.($parts[2] ?? 'content')." of file {$number} ",
            $parts[0] === 'args' => "argument {$number} ",
            default => "entry {$number} of \"{$parts[0]}\" ",
        };

        return ucfirst("{$subject}{$this->detail}.");
    }

    /** The member of `Exrun`'s fluent calls, or of a form, that the pointer leads to: `limits`, `source`, `files` … */
    public function member(): string
    {
        return explode('/', $this->pointer)[1] ?? '';
    }
}
