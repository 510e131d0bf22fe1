<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * Bytes on their way through JSON: as they are where a JSON string can carry them, else as base64.
 */
final class Bytes
{
    public static function areText(string ...$all): bool
    {
        foreach ($all as $bytes) {
            if (! mb_check_encoding($bytes, 'UTF-8')) {
                return false;
            }
        }

        return true;
    }

    public static function encode(string $bytes, bool $asText): string
    {
        return $asText ? $bytes : base64_encode($bytes);
    }
}
