<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use DateInterval;
use Exrun\Laravel\Exceptions\InvalidRun;
use Illuminate\Support\Carbon;

/**
 * Times and sizes as people write them: 5, 0.5, '500ms', '2m', CarbonInterval; 65536, '64M', '1G'.
 */
final class Quantity
{
    private const MILLISECONDS = ['ms' => 1, '' => 1000, 's' => 1000, 'm' => 60_000, 'h' => 3_600_000];

    /** The largest integer up to which a float is exact; milliseconds and bytes of any machine are far below. */
    private const MOST = 1 << 53;

    private const BYTES = ['' => 1, 'B' => 1, 'K' => 1 << 10, 'M' => 1 << 20, 'G' => 1 << 30];

    public static function milliseconds(int|float|string|DateInterval $time, string $name): int
    {
        if ($time instanceof DateInterval) {
            $start = Carbon::createFromTimestampUTC(0);

            return self::positive((int) $start->diffInMilliseconds($start->copy()->add($time)), $name, $time->format('%s'));
        }

        if (preg_match('/^(\d+(?:\.\d+)?) ?(ms|s|m|h|)$/D', (string) $time, $part) !== 1) {
            throw InvalidRun::limit($name, (string) $time, "seconds such as 5 or 0.5, or a text such as '500ms', '5s', '2m'");
        }

        return self::positive(round((float) $part[1] * self::MILLISECONDS[$part[2]]), $name, (string) $time);
    }

    public static function bytes(int|string $size, string $name): int
    {
        if (preg_match('/^(\d+) ?(?:([KMG])(?:i?B)?|(B|))$/D', (string) $size, $part) !== 1) {
            throw InvalidRun::limit($name, (string) $size, "bytes such as 65536, or a text such as '64K', '64M', '1G'");
        }

        return self::positive((float) $part[1] * self::BYTES[$part[2] ?? ''], $name, (string) $size);
    }

    public static function count(int $count, string $name): int
    {
        return self::positive($count, $name, (string) $count);
    }

    /** A product is a float, because an integer would overflow, or get another value. */
    private static function positive(int|float $value, string $name, string $said): int
    {
        return match (true) {
            $value <= 0 => throw InvalidRun::limit($name, $said, 'more than nothing'),
            $value > self::MOST => throw InvalidRun::limit($name, $said, 'a number that exrun can count to'),
            default => (int) $value,
        };
    }
}
