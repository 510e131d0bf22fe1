<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Exrun\Laravel\Support\Answer;
use Generator;

/**
 * Reads server-sent events (the HTML standard, section 9.2).
 */
final readonly class EventReader
{
    public function __construct(private Exchange $exchange) {}

    /** @return Generator<string, Answer> the type of each event => its data */
    public function events(): Generator
    {
        $type = '';
        $data = null;

        while (($line = $this->exchange->line()) !== null) {
            if ($line === '' && $type !== '' && $data !== null) {
                yield $type => Answer::fromJson($data);
            }

            if ($line === '') {
                $type = '';
                $data = null;
            } elseif (str_starts_with($line, 'event: ')) {
                $type = substr($line, 7);
            } elseif (str_starts_with($line, 'data: ')) {
                $data = substr($line, 6);
            }
        }
    }
}
