<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use PHPUnit\Framework\TestCase;

/**
 * Requests of one visitor at the same time, in six processes.
 */
final class PlacesTest extends TestCase
{
    public function test_a_visitor_never_has_more_runs_than_permitted(): void
    {
        $machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());

        try {
            [$all, $most] = explode(' ', trim($machine->must($machine->start([PHP_BINARY, dirname(__DIR__).'/Support/places.php', $machine->folder, '2', '4', '6']))));
        } finally {
            $machine->end();
        }

        $this->assertSame('2', $most, "of {$all} runs");
        $this->assertGreaterThan(0, (int) $all);
    }
}
