<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

final class BinaryNotFound extends ExrunException
{
    /** @param string $base the folder in which a relative path begins */
    public static function named(string $binary, string $base = ''): self
    {
        $binary = str_starts_with($binary, '/') || ! str_contains($binary, '/') || $base === '' ? $binary : "{$base}/{$binary}";

        return new self(str_contains($binary, '/')
            ? "There is no program at \"{$binary}\". Set EXRUN_BINARY to the full path of exrun, or install exrun there."
            : "The program \"{$binary}\" was not found in PATH. Install exrun, or set EXRUN_BINARY to its full path.");
    }
}
