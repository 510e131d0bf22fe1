<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\DirectRun;
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
    /** A worker says that a run goes on a moment before the service has it. */
    private const MORE_TRIES = 20;

    private const MICROSECONDS_UNTIL_THE_NEXT = 50_000;

    public function __construct(private Exrun $exrun, private ResultStore $results, private LiveRuns $live, private Settings $settings) {}

    /** DELETE examples/runs/{id}: 204, also if it has ended. A worker that runs it by the exrun program can't be stopped. */
    public function destroy(string $id, CalledOff $calledOff): Response
    {
        if ($this->mustBeKnown($id) !== RunState::Finished) {
            $calledOff->note($id);
            $this->end($id);
        }

        return $this->done();
    }

    /** POST examples/runs/{id}/stdin?at=OFFSET&close=1: 204. */
    public function input(Request $request, string $id): Response
    {
        $this->mustTakeInput($id);
        $this->mustBeBytes($request);
        [$at, $close] = [$request->query('at'), $request->query('close')];

        if (! in_array($close, [null, '0', '1'], true) || ($at !== null && (! is_string($at) || preg_match('/\A\d{1,15}\z/', $at) !== 1))) {
            throw new HttpException(400, 'The query has "at", a number of bytes, and "close", 0 or 1.');
        }

        try {
            $this->live->send($id, $request->getContent(), $close === '1', $at === null ? null : (int) $at);
        } catch (ServiceUnavailable $e) {
            throw Unavailable::of($e);
        } catch (InvalidRun $e) {
            throw new HttpException(409, $e->sentence(), $e);
        } catch (ExrunException $e) {
            throw new HttpException(409, 'The program takes no input now.', $e); // it waits in the queue, or has just ended
        }

        return $this->done();
    }

    /**
     * GET examples/runs/{id}/events: the events from the start, of a run that has ended those of its result. If the run
     * can't be followed now, the answer is that of examples/runs/{id}, and the page asks for that again.
     */
    public function events(Request $request, string $id, RunController $runs, Slots $slots, Visitors $visitors): BaseResponse
    {
        if ($this->mustBeKnown($id) === RunState::Finished) {
            return EventStream::replay($id, $this->exrun->result($id) ?? throw new NotFoundHttpException('Its result has expired.'));
        }

        // HEAD would hold the worker, and tell nothing. Octane's processes don't wait.
        $mayWait = ! $request->isMethod('HEAD') && ! DirectRun::isOctane();
        $slot = $mayWait ? $slots->take($visitors->name($request)) : null;
        $end = fn () => Slots::giveBack($slot ?? []);
        register_shutdown_function($end);

        try {
            $follow = fn (Closure $on, Closure $idle): ?Result => $this->live->follow($id, $on, $idle);
            $stream = $slot === null ? null : EventStream::begin($id, $follow);
            $answer = $stream?->answer(fn (Result $result): Result => $this->results->keep($id, $result), $end);
        } catch (ServiceUnavailable $e) {
            throw Unavailable::of($e);
        } catch (ExrunException) {
            $answer = null; // the page asks for the result, which says more
        } finally {
            isset($answer) || $end();
        }

        return $answer ?? $runs->show($id);
    }

    private function end(string $id): void
    {
        for ($n = 0; ! $this->live->cancel($id) && $n < self::MORE_TRIES && $this->live->isThere() && $this->exrun->state($id) === RunState::Running; $n++) {
            usleep(self::MICROSECONDS_UNTIL_THE_NEXT);
        }
    }

    private function mustTakeInput(string $id): void
    {
        if (! $this->settings->boolean('http.interactive')) {
            throw new HttpException(409, 'Here, a program gets its input before it begins.');
        }

        if ($this->mustBeKnown($id) === RunState::Finished) {
            throw new HttpException(409, 'The program has ended.');
        }
    }

    /** PHP reads forms itself, and their bytes are gone. */
    private function mustBeBytes(Request $request): void
    {
        $most = $this->settings->bytes('http.max.stdin');

        if (! in_array($request->getContentTypeFormat(), [null, 'txt', 'json'], true) && $request->headers->get('Content-Type') !== 'application/octet-stream') {
            throw new HttpException(415, 'Input is sent as application/octet-stream.');
        }

        if (strlen($request->getContent()) > $most) {
            throw new HttpException(413, "Input may have {$most} bytes at most.");
        }
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
