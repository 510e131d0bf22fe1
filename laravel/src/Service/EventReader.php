<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Closure;
use Exrun\Laravel\Support\Answer;
use Generator;

/**
 * Reads server-sent events (the HTML standard, section 9.2).
 */
final readonly class EventReader
{
    private const IDLE_SECONDS = 1.0;

    /** @param (Closure(): mixed)|null $idle called after each second in which nothing comes */
    public function __construct(private Exchange $exchange, private ?Closure $idle = null) {}

    /** @return Generator<string, Answer> the type of each event => its data */
    public function events(): Generator
    {
        $type = '';
        $data = null;

        while (($line = $this->line()) !== null) {
            if ($line === '') {
                if ($type !== '' && $data !== null) {
                    yield $type => Answer::fromJson($data);
                }

                $type = '';
                $data = null;
            } elseif (str_starts_with($line, 'event: ')) {
                $type = substr($line, 7);
            } elseif (str_starts_with($line, 'data: ')) {
                $data = substr($line, 6);
            }
        }
    }

    private function line(): ?string
    {
        while ($this->idle !== null && ! $this->exchange->hasLine(self::IDLE_SECONDS)) {
            ($this->idle)();
        }

        return $this->exchange->line();
    }
}
