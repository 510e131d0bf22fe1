<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Unit;

use Carbon\CarbonInterval;
use DateInterval;
use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Exceptions\InvalidRun;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

final class QuantityTest extends TestCase
{
    /** @return array<string, array{int|float|string|DateInterval, int}> */
    public static function times(): array
    {
        return [
            'seconds' => [5, 5000], 'parts of a second' => [0.25, 250], 'text' => ['5', 5000], 'ms' => ['500ms', 500], 's' => ['1.5s', 1500],
            'm' => ['2m', 120_000], 'h' => ['1h', 3_600_000], 'interval' => [new DateInterval('PT1M5S'), 65_000], 'carbon' => [CarbonInterval::milliseconds(750), 750],
        ];
    }

    #[DataProvider('times')]
    public function test_times_are_read(int|float|string|DateInterval $said, int $milliseconds): void
    {
        $this->assertSame($milliseconds, Limits::of(wall: $said)->wallMs);
        $this->assertSame($milliseconds, Limits::of(cpu: $said)->cpuMs);
    }

    /** @return array<string, array{int|string, int}> */
    public static function sizes(): array
    {
        return [
            'bytes' => [65536, 65536], 'text' => ['65536', 65536], 'B' => ['10B', 10], 'K' => ['64K', 65536], 'KB' => ['64KB', 65536], 'KiB' => ['64KiB', 65536],
            'M' => ['64M', 67_108_864], 'with a space' => ['64 MB', 67_108_864], 'G' => ['1G', 1_073_741_824],
        ];
    }

    #[DataProvider('sizes')]
    public function test_sizes_are_read(int|string $said, int $bytes): void
    {
        $this->assertSame($bytes, Limits::of(memory: $said)->memoryBytes);
        $this->assertSame($bytes, Limits::of(disk: $said)->diskBytes);
        $this->assertSame($bytes, Limits::of(output: $said)->outputBytes);
    }

    public function test_what_is_no_quantity_is_told_with_its_name_and_what_would_be(): void
    {
        foreach ([['wall', 'soon'], ['wall', ''], ['wall', -1], ['cpu', '5 parsecs'], ['memory', '1.5G'], ['memory', '64MM'], ['disk', '-1'], ['processes', 0], ['wall', 0],
            ['memory', '9999999999999G'], ['disk', '99999999999999999999'], ['wall', '99999999999999999999'], ['cpu', '9999999999999999h'], ['memory', "64M\n"], ['wall', "5s\n"]] as [$name, $said]) {
            try {
                Limits::of(...[$name => $said]); // @phpstan-ignore argument.type
                $this->fail("{$name}: {$said}");
            } catch (InvalidRun $e) {
                $this->assertSame("/limits/{$name}", $e->pointer);
                $this->assertStringContainsString("\"{$name}\" is \"{$said}\"; it must be", $e->getMessage());
            }
        }
    }

    public function test_what_is_said_later_counts_and_the_rest_stays(): void
    {
        $this->assertSame(['wall_ms' => 1000, 'memory_bytes' => 67_108_864], Limits::of(wall: 1)->or(Limits::of(wall: 5, memory: '64M'))->toArray());
    }
}
