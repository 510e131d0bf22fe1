<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * Bytes on their way through JSON: as they are if a JSON string can carry them, or else as base64.
 */
final class Bytes
{
    /** Texts up to this length stay readable, even if they are full of control characters. */
    private const SHORT = 4096;

    /** Characters that become six in JSON. */
    private const CONTROLS = '/[\x00-\x07\x0b\x0e-\x1f]/';

    /** Returns true if these are UTF-8, and not so full of control characters that base64 is shorter. */
    public static function areText(string ...$all): bool
    {
        foreach ($all as $bytes) {
            if (! mb_check_encoding($bytes, 'UTF-8')) {
                return false;
            }

            // Base64 adds a third, and each control character 5 bytes.
            if (strlen($bytes) > self::SHORT && 15 * (int) preg_match_all(self::CONTROLS, $bytes) > strlen($bytes)) {
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
