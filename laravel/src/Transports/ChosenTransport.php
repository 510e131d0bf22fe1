<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Transports;

use Closure;
use Exrun\Laravel\Contracts\StreamingTransport;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Service\Expectation;
use Exrun\Laravel\Service\Presence;

/**
 * The service if it is there, else the program. Within a web request a service that was there before is not replaced
 * by the program: that would change who holds power, from the service to the web server's user with sudo.
 */
final readonly class ChosenTransport implements StreamingTransport
{
    /**
     * @param  Closure(): Transport  $program  asked late, because the service is usually there
     * @param  bool  $isWeb  somebody's request waits
     */
    public function __construct(
        private StreamingTransport $service,
        private Closure $program,
        private Presence $presence,
        private Expectation $expectation,
        private bool $isWeb,
    ) {}

    public function run(Run $run): Result
    {
        return $this->choose()->run($run);
    }

    /** If the program runs it, the result is told as events at the end, and the order between its two streams is lost. */
    public function stream(Run $run, Closure $on, ?Closure $idle = null): Result
    {
        $chosen = $this->choose();

        return $chosen instanceof StreamingTransport ? $chosen->stream($run, $on, $idle) : RunEvent::replay($chosen->run($run), $on);
    }

    public function describe(): string
    {
        return $this->presence->isThere() ? $this->service->describe() : ($this->program)()->describe();
    }

    /** @throws ServiceUnavailable */
    private function choose(): Transport
    {
        if ($this->presence->isThere()) {
            $this->expectation->noteThere();

            return $this->service;
        }

        if (! $this->expectation->isExpected()) {
            return ($this->program)();
        }

        if ($this->isWeb) {
            throw ServiceUnavailable::notThere($this->presence->address->text, 'nobody listens');
        }

        $this->expectation->warn($this->presence->address);

        return ($this->program)();
    }
}
