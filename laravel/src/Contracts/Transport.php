<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Contracts;

use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;

/**
 * A way to call exrun: the program on this machine, a daemon, a fake.
 */
interface Transport
{
    /**
     * Runs the program and waits for its end. If the program does something wrong, that is in the result. An exception
     * means that it could not be run.
     *
     * @throws ExrunException
     */
    public function run(Run $run): Result;

    /** For people: the called program, such as "/usr/bin/exrun". */
    public function describe(): string;
}
