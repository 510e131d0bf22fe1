<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * The paths that exrun takes for files beside the program (runner/request/request.c), so that a visitor learns of a
 * fault before the run is queued.
 */
final class FilePath
{
    /**
     * Returns a predicate such as `has a part ".."`, or null if the path is fine.
     *
     * @param  list<string>  $others  paths of the other files
     */
    public static function fault(string $path, ?string $entry, array $others): ?string
    {
        $parts = explode('/', $path);

        return match (true) {
            $path === '' => 'is empty',
            $path[0] === '/' => 'is absolute; it must be relative',
            strlen($path) > 1024 => 'is longer than 1024 bytes',
            ! mb_check_encoding($path, 'UTF-8'), preg_match('/[\x00-\x1f\x7f]|\xc2[\x80-\x9f]/', $path) === 1 => 'holds a control character',
            in_array('', $parts, true) => 'has an empty part',
            in_array('..', $parts, true) => 'has a part ".."',
            in_array('.', $parts, true) => 'has a part "."',
            max(array_map(strlen(...), $parts)) > 255 => 'has a part that is longer than 255 bytes',
            $path === $entry => 'is the file that the program itself becomes',
            $entry !== null && str_starts_with($path, "{$entry}/"), self::liesBelow($path, $others) => 'is below a path that is a file',
            default => null,
        };
    }

    /** @param list<string> $others */
    private static function liesBelow(string $path, array $others): bool
    {
        foreach ($others as $other) {
            if (str_starts_with($path, "{$other}/")) {
                return true;
            }
        }

        return false;
    }
}
