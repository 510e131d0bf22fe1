<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;

/**
 * The parts of a run's time, in microseconds. The service answers before it reclaims, so `$reclaimUs` is 0 then. `$cell`
 * is `cold`, `ready` or `parked`; null: an older exrun.
 */
final readonly class Timing
{
    public function __construct(
        public int $queueUs = 0,
        public int $prepareUs = 0,
        public int $runUs = 0,
        public int $reclaimUs = 0,
        public bool $warm = false,
        public ?string $cell = null,
    ) {}

    public static function fromAnswer(Answer $timing): self
    {
        return new self($timing->integer('queue_us'), $timing->integer('prepare_us'), $timing->integer('run_us'), $timing->integerOr('reclaim_us', 0) ?? 0, $timing->boolean('warm'), $timing->stringOr('cell', null));
    }

    /** @return array<string, int|bool|string> */
    public function toArray(): array
    {
        return ['queue_us' => $this->queueUs, 'prepare_us' => $this->prepareUs, 'run_us' => $this->runUs, 'reclaim_us' => $this->reclaimUs, 'warm' => $this->warm] + ($this->cell === null ? [] : ['cell' => $this->cell]);
    }
}
