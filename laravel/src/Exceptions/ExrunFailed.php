<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

/**
 * exrun itself ended without a result. `$status` is its exit status, as in sysexits.h.
 */
final class ExrunFailed extends ExrunException
{
    private const TRY_AGAIN_LATER = 75;

    private const MEANINGS = [
        64 => 'it does not know how it was called. Is it older than this package? See `exrun --version`',
        69 => 'something that it needs is missing on this machine. `php artisan sandbox:doctor` says what',
        70 => 'it met a mistake of its own. Please report it',
        71 => 'the system refused it something. `php artisan sandbox:doctor` may say what',
        75 => 'there is no room for another run at the moment. Try again in a few seconds, or run fewer workers',
        78 => 'its configuration or a profile is wrong. `exrun profile check` says where',
    ];

    public function __construct(string $message, public readonly ?int $status = null)
    {
        parent::__construct($message);
    }

    public static function withStatus(int $status, string $said): self
    {
        $said = rtrim(trim($said), '.');
        $meaning = self::MEANINGS[$status] ?? "it ended with exit status {$status}";

        return new self("exrun could not run the program: {$meaning}.".($said === '' ? '' : " It said: {$said}."), $status);
    }

    /** @param int $status of HTTP */
    public static function ofService(int $status, string $said): self
    {
        return new self("exrun's service could not run the program (HTTP status {$status}): ".rtrim($said, '.').'.', $status < 500 ? $status : null);
    }

    public static function signaled(string $said): self
    {
        return new self("exrun was ended from outside before it had a result: {$said}");
    }

    public static function cancelled(): self
    {
        return new self('The run was cancelled from outside, as happens when a service manager ends a worker and its children together. It is run again. '.
            'With systemd, KillMode=mixed lets running examples end first.');
    }

    public static function timedOut(float $seconds): self
    {
        return new self("exrun did not end within the process time-out of {$seconds} s, and was stopped. The machine is overloaded, or timeouts.process in ".
            'config/exrun.php is too short for this program.');
    }

    public function isWorthRetrying(): bool
    {
        return $this->status === null || $this->status === self::TRY_AGAIN_LATER;
    }
}
