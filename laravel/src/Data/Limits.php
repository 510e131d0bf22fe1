<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use DateInterval;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Quantity;

/**
 * The limits of a run. If one is null, the profile sets it. exrun refuses a limit above the profile's maximum; it never
 * lowers one silently.
 */
final readonly class Limits
{
    public function __construct(
        public ?int $wallMs = null,
        public ?int $cpuMs = null,
        public ?int $memoryBytes = null,
        public ?int $processes = null,
        public ?int $outputBytes = null,
        public ?int $diskBytes = null,
        public ?int $files = null,
    ) {}

    /** As people write them: `of(wall: 5, cpu: '500ms', memory: '64M')`. */
    public static function of(
        int|float|string|DateInterval|null $wall = null,
        int|float|string|DateInterval|null $cpu = null,
        int|string|null $memory = null,
        ?int $processes = null,
        int|string|null $output = null,
        int|string|null $disk = null,
        ?int $files = null,
    ): self {
        return new self(
            $wall === null ? null : Quantity::milliseconds($wall, 'wall'),
            $cpu === null ? null : Quantity::milliseconds($cpu, 'cpu'),
            $memory === null ? null : Quantity::bytes($memory, 'memory'),
            $processes === null ? null : Quantity::count($processes, 'processes'),
            $output === null ? null : Quantity::bytes($output, 'output'),
            $disk === null ? null : Quantity::bytes($disk, 'disk'),
            $files === null ? null : Quantity::count($files, 'files'),
        );
    }

    public static function fromAnswer(Answer $limits): self
    {
        return new self(
            $limits->integerOr('wall_ms', null),
            $limits->integerOr('cpu_ms', null),
            $limits->integerOr('memory_bytes', null),
            $limits->integerOr('processes', null),
            $limits->integerOr('output_bytes', null),
            $limits->integerOr('disk_bytes', null),
            $limits->integerOr('files', null),
        );
    }

    /** Returns these limits. If one is not set, the other's is used. */
    public function or(self $others): self
    {
        return new self(
            $this->wallMs ?? $others->wallMs,
            $this->cpuMs ?? $others->cpuMs,
            $this->memoryBytes ?? $others->memoryBytes,
            $this->processes ?? $others->processes,
            $this->outputBytes ?? $others->outputBytes,
            $this->diskBytes ?? $others->diskBytes,
            $this->files ?? $others->files,
        );
    }

    /** @return array<string, int> the limits that are set, by their names in exrun's requests */
    public function toArray(): array
    {
        return array_filter([
            'wall_ms' => $this->wallMs, 'cpu_ms' => $this->cpuMs, 'memory_bytes' => $this->memoryBytes, 'processes' => $this->processes,
            'output_bytes' => $this->outputBytes, 'disk_bytes' => $this->diskBytes, 'files' => $this->files,
        ], fn (?int $limit): bool => $limit !== null);
    }
}
