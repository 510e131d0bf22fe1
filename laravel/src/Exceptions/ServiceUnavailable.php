<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

/**
 * The service did not take the run, or was lost. `$retryAfter` is the seconds after which it may take it; null: it said
 * nothing. `$status` is that of HTTP, 429 or 503. `$isMaintenance`: an operator has paused it, and the message is the operator's.
 */
final class ServiceUnavailable extends ExrunException
{
    private function __construct(string $message, public readonly ?int $retryAfter = null, public readonly bool $isMaintenance = false, public readonly int $status = 503)
    {
        parent::__construct($message);
    }

    public static function notThere(string $address, string $why): self
    {
        return new self("exrun's service does not answer at {$address} ({$why}). Start it (systemctl start exrun), or set EXRUN_SOCKET to its address; ".
            '`php artisan sandbox:doctor` looks.');
    }

    public static function busy(string $detail, ?int $retryAfter, bool $isMaintenance, int $status = 503): self
    {
        return new self($isMaintenance ? $detail : "exrun's service takes no run at the moment: {$detail}.", $retryAfter, $isMaintenance, $status);
    }

    public static function lost(string $address): self
    {
        return new self("exrun's service at {$address} ended the connection before it had answered.");
    }

    public function isWorthRetrying(): bool
    {
        return true;
    }
}
