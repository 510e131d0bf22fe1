<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;

/**
 * The resources that a program used, counted by the kernel over all its processes.
 */
final readonly class Usage
{
    public function __construct(
        public int $wallUs = 0,
        public int $cpuUs = 0,
        public int $userUs = 0,
        public int $systemUs = 0,
        public int $memoryPeakBytes = 0,
        public int $processesPeak = 0,
        public int $diskBytes = 0,
    ) {}

    public static function fromAnswer(Answer $usage): self
    {
        return new self(
            $usage->integer('wall_us'),
            $usage->integer('cpu_us'),
            $usage->integer('user_us'),
            $usage->integer('system_us'),
            $usage->integer('memory_peak_bytes'),
            $usage->integer('processes_peak'),
            $usage->integer('disk_bytes'),
        );
    }

    /** @return array<string, int> */
    public function toArray(): array
    {
        return [
            'wall_us' => $this->wallUs, 'cpu_us' => $this->cpuUs, 'user_us' => $this->userUs, 'system_us' => $this->systemUs,
            'memory_peak_bytes' => $this->memoryPeakBytes, 'processes_peak' => $this->processesPeak, 'disk_bytes' => $this->diskBytes,
        ];
    }
}
