<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Result;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Transports\SocketTransport;

/**
 * Runs that the service has, by their IDs, for other requests than the one that started them.
 */
final readonly class LiveRuns
{
    private const SECONDS = 5.0;

    public function __construct(private Settings $settings, private Presence $presence) {}

    /** Returns false if nobody listens, or if the site doesn't use the service. */
    public function isThere(): bool
    {
        return $this->settings->transport() !== 'binary' && $this->presence->isThere();
    }

    /** @throws ServiceUnavailable */
    public function mustBeThere(): void
    {
        if (! $this->isThere()) {
            throw ServiceUnavailable::notThere($this->settings->address()->text, 'nobody listens');
        }
    }

    /** Ends a run. Returns false if the service is not there, or does not have it. */
    public function cancel(string $id): bool
    {
        if (! $this->isThere()) {
            return false;
        }

        try {
            return (new Exchange($this->presence->address, self::SECONDS))->ask('DELETE', "/v1/runs/{$id}") === 204;
        } catch (ServiceUnavailable) {
            return false;
        }
    }

    /**
     * Gives input to a program that runs.
     *
     * @param  int|null  $at  the number of bytes that were sent before, so that the same bytes can't come twice
     *
     * @throws ExrunException
     */
    public function send(string $id, string $bytes, bool $isEnd, ?int $at): void
    {
        $this->mustBeThere();
        $this->transport()->send($id, $bytes, $isEnd, $at);
    }

    /**
     * Tells the events of a run from its start. Returns null if the service does not have the run.
     *
     * @param  Closure(RunEvent): mixed  $on
     * @param  (Closure(): mixed)|null  $idle  called after each second in which nothing happens
     *
     * @throws ExrunException
     */
    public function follow(string $id, Closure $on, ?Closure $idle = null): ?Result
    {
        return $this->isThere() ? $this->transport()->follow($id, $on, $idle) : null;
    }

    private function transport(): SocketTransport
    {
        return new SocketTransport($this->presence->address, $this->settings->timeouts());
    }
}
