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

    /** The member of `Exrun`'s fluent calls, or of a form, that the pointer leads to: `limits`, `source`, `files` … */
    public function member(): string
    {
        return explode('/', $this->pointer)[1] ?? '';
    }
}
