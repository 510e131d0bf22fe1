<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\EventStream;
use Exrun\Laravel\Http\Unavailable;
use Exrun\Laravel\Result;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Service\LiveRuns;
use Exrun\Laravel\Support\CalledOff;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Slots;
use Exrun\Laravel\Support\Visitors;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Symfony\Component\HttpFoundation\Response as BaseResponse;
use Symfony\Component\HttpKernel\Exception\HttpException;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/**
 * The requests of a page about a run that goes on: end it, give it input, follow it.
 */
final readonly class LiveRunController
{
    public function __construct(private Exrun $exrun, private ResultStore $results, private LiveRuns $live, private Settings $settings) {}

    /** DELETE examples/runs/{id}: 204, also if it has ended. A worker that runs it by the exrun program can't be stopped. */
    public function destroy(string $id, CalledOff $calledOff): Response
    {
        if ($this->mustBeKnown($id) !== RunState::Finished) {
            $calledOff->note($id);
            $this->live->cancel($id);
        }

        return $this->done();
    }

    /** POST examples/runs/{id}/stdin?at=OFFSET&close=1: 204. */
    public function input(Request $request, string $id): Response
    {
        if (! $this->settings->boolean('http.interactive')) {
            throw new HttpException(409, 'Here, a program gets its input before it begins.');
        }

        if ($this->mustBeKnown($id) === RunState::Finished) {
            throw new HttpException(409, 'The program has ended.');
        }

        $at = $request->query('at');

        try {
            $this->live->send($id, $request->getContent(), $request->query('close') === '1', is_string($at) && ctype_digit($at) ? (int) $at : null);
        } catch (ServiceUnavailable $e) {
            throw Unavailable::of($e);
        } catch (InvalidRun $e) {
            throw new HttpException(409, $e->sentence(), $e);
        }

        return $this->done();
    }

    /**
     * GET examples/runs/{id}/events: the events from the start, of a run that has ended those of its result. If the run
     * can't be followed now, the answer is that of examples/runs/{id}, and the page asks for that again.
     */
    public function events(Request $request, string $id, RunController $runs, Slots $slots, Visitors $visitors): BaseResponse
    {
        $state = $this->mustBeKnown($id);
        $result = $this->exrun->result($id);
        $slot = match (true) {
            $request->isMethod('HEAD') => null, // it would hold the worker, and tell nothing
            $state === RunState::Finished => [],
            default => $slots->take([$visitors->name($request)]),
        };
        $end = fn () => Slots::giveBack($slot ?? []);
        register_shutdown_function($end);

        try {
            $answer = $slot === null ? null : EventStream::of($id, fn (Closure $on, Closure $idle): ?Result => $this->tell($id, $result, $on, $idle), fn (Result $result): Result => $this->results->keep($id, $result), $end);
        } catch (ServiceUnavailable $e) {
            throw Unavailable::of($e);
        } finally {
            isset($answer) || $end();
        }

        return $answer ?? $runs->show($id);
    }

    /**
     * @param  Closure(RunEvent): mixed  $on
     * @param  Closure(): mixed  $idle
     */
    private function tell(string $id, ?Result $result, Closure $on, Closure $idle): ?Result
    {
        return $result === null ? $this->live->follow($id, $on, $idle) : RunEvent::replay($result, $on);
    }

    private function mustBeKnown(string $id): RunState
    {
        return $this->exrun->state($id) ?? throw new NotFoundHttpException('There is no such run, or its result has expired.');
    }

    private function done(): Response
    {
        return new Response('', 204, ['Cache-Control' => 'no-store']);
    }
}
