<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Exrun\Laravel\Exceptions\ServiceUnavailable;

/**
 * Whether the service is there: somebody listens. Asked once a second by each process.
 */
final class Presence
{
    private const SECONDS = 1.0;

    private ?float $asked = null;

    private bool $isThere = false;

    public function __construct(public readonly Address $address) {}

    public function isThere(): bool
    {
        $now = hrtime(true) / 1e9;

        if ($this->asked === null || $now - $this->asked >= self::SECONDS) {
            $this->asked = $now;
            $this->isThere = $this->answers();
        }

        return $this->isThere;
    }

    private function answers(): bool
    {
        try {
            new Exchange($this->address, Exchange::CONNECT_SECONDS);
        } catch (ServiceUnavailable) {
            return false;
        }

        return true;
    }
}
