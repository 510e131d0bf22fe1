<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Contracts\StreamingTransport;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Support\Line;
use Exrun\Laravel\Testing\Fakes;
use Illuminate\Support\Traits\Macroable;

/**
 * The object behind the facade: `Exrun::php($code)->run()`.
 */
class Exrun
{
    use Fakes;
    use Macroable;

    public function __construct(private Transport $transport, private readonly ResultStore $results, private readonly Limits $defaultLimits, private readonly Line $line) {}

    /** Any profile that exrun knows on this machine, including your own; `exrun profile list` names them. */
    public function profile(string $name, string $source): PendingRun
    {
        return new PendingRun($this, $name, $source);
    }

    public function bash(string $source): PendingRun
    {
        return $this->profile('bash', $source);
    }

    public function c(string $source): PendingRun
    {
        return $this->profile('c', $source);
    }

    public function cpp(string $source): PendingRun
    {
        return $this->profile('cpp', $source);
    }

    public function go(string $source): PendingRun
    {
        return $this->profile('go', $source);
    }

    public function java(string $source): PendingRun
    {
        return $this->profile('java', $source);
    }

    public function javascript(string $source): PendingRun
    {
        return $this->profile('javascript', $source);
    }

    public function lua(string $source): PendingRun
    {
        return $this->profile('lua', $source);
    }

    public function perl(string $source): PendingRun
    {
        return $this->profile('perl', $source);
    }

    public function php(string $source): PendingRun
    {
        return $this->profile('php', $source);
    }

    public function python(string $source): PendingRun
    {
        return $this->profile('python', $source);
    }

    public function ruby(string $source): PendingRun
    {
        return $this->profile('ruby', $source);
    }

    public function rust(string $source): PendingRun
    {
        return $this->profile('rust', $source);
    }

    public function sql(string $source): PendingRun
    {
        return $this->profile('sql', $source);
    }

    /** @throws ExrunException */
    public function run(Run $run): Result
    {
        return $this->transport->run($run);
    }

    /**
     * @param  Closure(RunEvent): mixed  $on
     * @param  (Closure(): mixed)|null  $idle  called after each second in which nothing happens, if the transport can tell
     *
     * @throws ExrunException
     */
    public function stream(Run $run, Closure $on, ?Closure $idle = null): Result
    {
        return $this->transport instanceof StreamingTransport ? $this->transport->stream($run, $on, $idle) : RunEvent::replay($this->transport->run($run), $on);
    }

    /** Returns the result of a run that was given to a queue, or null if it has no result yet. */
    public function result(string $id): ?Result
    {
        return $this->results->result($id);
    }

    /** Returns null if the id is not known, or if its result has expired. */
    public function state(string $id): ?RunState
    {
        return $this->results->state($id);
    }

    /** Returns about how many runs are before this one in its queue, or null if that is not known. */
    public function before(string $id): ?int
    {
        return $this->line->before($id);
    }

    public function transport(): Transport
    {
        return $this->transport;
    }

    public function defaultLimits(): Limits
    {
        return $this->defaultLimits;
    }
}
