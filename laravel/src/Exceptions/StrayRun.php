<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Exceptions;

use Exrun\Laravel\Run;

final class StrayRun extends ExrunException
{
    public static function of(Run $run): self
    {
        return new self("A test wanted to run a {$run->profile} program without a matching fake. Add '{$run->profile}' or '*' to Exrun::fake([...]).");
    }
}
