<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Facades;

use Exrun\Laravel\Exrun as Manager;
use Exrun\Laravel\PendingRun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Testing\FakeSequence;
use Illuminate\Support\Facades\Facade;

/**
 * @method static PendingRun profile(string $name, string $source)
 * @method static PendingRun bash(string $source)
 * @method static PendingRun c(string $source)
 * @method static PendingRun cpp(string $source)
 * @method static PendingRun go(string $source)
 * @method static PendingRun java(string $source)
 * @method static PendingRun javascript(string $source)
 * @method static PendingRun lua(string $source)
 * @method static PendingRun perl(string $source)
 * @method static PendingRun php(string $source)
 * @method static PendingRun python(string $source)
 * @method static PendingRun ruby(string $source)
 * @method static PendingRun rust(string $source)
 * @method static PendingRun sql(string $source)
 * @method static Result run(Run $run)
 * @method static Result stream(Run $run, \Closure $on, \Closure|null $idle = null)
 * @method static Result|null result(string $id)
 * @method static RunState|null state(string $id)
 * @method static int|null before(string $id)
 * @method static Manager fake(\Closure|array<array-key, mixed>|null $answers = null)
 * @method static FakeSequence sequence(list<Result|\Exrun\Laravel\Verdict|\Exrun\Laravel\Testing\FakeEvents|\Throwable|string> $answers = [])
 * @method static Manager preventStrayRuns(bool $prevent = true)
 * @method static bool isFaked()
 * @method static \Exrun\Laravel\Testing\FakeEvents events()
 * @method static Manager assertStreamed(\Closure|string $filter)
 * @method static Manager assertStdinSent(\Closure|string $filter, string $bytes)
 * @method static Manager assertRan(\Closure|string $filter)
 * @method static Manager assertRanTimes(\Closure|string $filter, int $times = 1)
 * @method static Manager assertNotRan(\Closure|string $filter)
 * @method static Manager assertDidntRun(\Closure|string $filter)
 * @method static Manager assertNothingRan()
 * @method static list<array{Run, Result}> recorded(\Closure|string|null $filter = null)
 *
 * @see Manager
 */
class Exrun extends Facade
{
    protected static function getFacadeAccessor(): string
    {
        return Manager::class;
    }
}
