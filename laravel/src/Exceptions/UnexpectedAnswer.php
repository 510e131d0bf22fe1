<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use Illuminate\Support\Str;
use Throwable;

final class UnexpectedAnswer extends ExrunException
{
    public static function notJson(string $text, ?Throwable $previous = null): self
    {
        $seen = $text === '' ? 'nothing' : '"'.Str::limit(trim(mb_scrub($text)), 80).'"';

        return new self("exrun's answer is not a JSON object: it printed {$seen}. Does EXRUN_BINARY name the exrun program? `php artisan sandbox:doctor` looks.", 0, $previous);
    }

    public static function tooLarge(int $bytes): self
    {
        return new self("An answer of exrun's service has more than {$bytes} bytes.");
    }

    public static function anotherProgram(string $path): self
    {
        return new self("The program at \"{$path}\" is not exrun: it does not tell exrun's version. Set EXRUN_BINARY to the full path of exrun.");
    }

    public static function member(string $pointer, string $wanted): self
    {
        return new self("exrun's answer has no {$pointer} that is {$wanted}. Is exrun older than this package? See `exrun --version`.");
    }
}
