<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\Middleware\AcceptedTypes;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Slots;
use Exrun\Laravel\Support\Visitors;
use Fiber;
use Illuminate\Contracts\Cache\Lock;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpFoundation\StreamedResponse;
use Throwable;

/**
 * Answers a visitor's request for a run with its result, or with its events as they happen, without a queue. The
 * request holds its PHP worker for so long.
 */
final readonly class DirectRun
{
    public function __construct(
        private Exrun $exrun,
        private ResultStore $results,
        private Settings $settings,
        private Slots $slots,
        private Visitors $visitors,
        private Presence $presence,
    ) {}

    /**
     * Returns the answer, or null if the run goes to the queue: because the site or the request wants so, or the service
     * is not there, or as many workers wait as may.
     *
     * @throws ExrunException
     */
    public function answer(Request $request, Run $run): ?Response
    {
        if (! $this->isPossible($request)) {
            return null;
        }

        $visitor = $this->visitors->of($request);
        $slot = $this->exrun->isFaked() ? [] : $this->slots->take(array_values($visitor));

        if ($slot === null) {
            return null;
        }

        // A visitor who leaves ends this process at the next write, and with it its connection and the run.
        register_shutdown_function(fn () => Slots::giveBack($slot));

        return AcceptedTypes::has($request, AcceptedTypes::EVENTS) ? $this->events($run, $slot) : $this->result($run, $slot);
    }

    private function isPossible(Request $request): bool
    {
        $path = $this->settings->httpPath();

        if ($path === 'queue' || str_contains(strtolower((string) $request->header('Prefer')), 'respond-async') || isset($_SERVER['LARAVEL_OCTANE'])) {
            return false;
        }

        if ($this->exrun->isFaked() || ($this->settings->transport() !== 'binary' && $this->presence->isThere())) {
            return true;
        }

        return $path === 'auto' ? false : throw ServiceUnavailable::notThere($this->settings->address()->text, 'nobody listens');
    }

    /** @param list<Lock> $slot */
    private function result(Run $run, array $slot): Response
    {
        try {
            $result = $this->results->keep($run->id, $this->exrun->run($run));
        } finally {
            Slots::giveBack($slot);
        }

        return JsonAnswer::of(['id' => $run->id, 'state' => RunState::Finished, 'result' => $result], headers: ['Exrun-Run' => $run->id]);
    }

    /**
     * The first event decides between a stream and a refusal, so it is waited for before the head is sent.
     *
     * @param  list<Lock>  $slot
     */
    private function events(Run $run, array $slot): Response
    {
        $fiber = new Fiber(fn (): Result => $this->exrun->stream($run, fn (RunEvent $event): mixed => Fiber::suspend($event), fn (): mixed => Fiber::suspend(null)));

        try {
            $first = $fiber->start();
        } catch (Throwable $e) {
            Slots::giveBack($slot);

            throw $e;
        }

        return new StreamedResponse(function () use ($fiber, $first, $run, $slot): void {
            $this->beginToWrite();

            for ($event = $first; ! $fiber->isTerminated(); $event = $this->next($fiber)) {
                $this->write($run, $event);
            }

            Slots::giveBack($slot);
        }, 200, ['Content-Type' => 'text/event-stream; charset=UTF-8', 'Cache-Control' => 'no-cache, no-transform', 'X-Accel-Buffering' => 'no', 'Exrun-Run' => $run->id]);
    }

    /** @param Fiber<mixed, mixed, mixed, mixed> $fiber */
    private function next(Fiber $fiber): mixed
    {
        try {
            return $fiber->resume();
        } catch (Throwable $e) {
            report($e);
            echo 'event: problem'."\n".'data: '.json_encode(['status' => 503, 'title' => 'Service Unavailable', 'detail' => 'The program was interrupted. Please run it again.'], JSON_THROW_ON_ERROR)."\n\n";

            return null;
        }
    }

    private function write(Run $run, mixed $event): void
    {
        $result = $event instanceof RunEvent ? $event->result : null;

        if ($result !== null) {
            rescue(fn (): Result => $this->results->keep($run->id, $result));
        }

        // A comment says nothing, but finds out whether the visitor is still there.
        echo $event instanceof RunEvent ? "event: {$event->type}\ndata: {$event->toJson($run->id)}\n\n" : ":\n\n";
        flush();
    }

    private function beginToWrite(): void
    {
        ignore_user_abort(false);
        set_time_limit(0);

        if (! app()->runningUnitTests()) {
            while (ob_get_level() > 0 && ob_end_flush()) {
            }
        }
    }
}
