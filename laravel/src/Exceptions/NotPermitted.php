<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

final class NotPermitted extends ExrunException
{
    public static function needsRoot(string $said, string $user, string $binary): self
    {
        return new self("exrun may not make cells as the user \"{$user}\": {$said}. Let that user call it through sudo: set EXRUN_SUDO=true, and put this line ".
            'into /etc/sudoers.d/exrun: '.self::sudoersLine($user, $binary));
    }

    public static function sudoRefused(string $said, string $user, string $binary): self
    {
        return new self("sudo does not let the user \"{$user}\" run exrun ({$said}). Put this line into /etc/sudoers.d/exrun: ".self::sudoersLine($user, $binary));
    }

    public static function byService(string $said, string $address): self
    {
        return new self("exrun's service at {$address} does not permit this run: {$said}. Set EXRUN_TOKEN to a token of `exrun serve token`.");
    }

    /** Has exact arguments, so that the user may ask only for runs. */
    public static function sudoersLine(string $user, string $binary): string
    {
        return "{$user} ALL=(root) NOPASSWD: {$binary} run --json -";
    }
}
