<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\Middleware\AcceptedTypes;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Service\LiveRuns;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Slots;
use Exrun\Laravel\Support\Visitors;
use Illuminate\Contracts\Cache\Lock;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;
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
        private LiveRuns $live,
    ) {}

    /**
     * Returns the answer, or null if the run goes to the queue: because the site or the request wants so, or the service
     * is not there, or as many workers wait as may.
     *
     * @throws ExrunException
     */
    public function answer(Request $request, Run $run): ?Response
    {
        $slot = $this->isPossible($request) ? $this->slot($request) : null;

        if ($slot === null) {
            return $run->stdinOpen ? throw $this->noInput($request) : null;
        }

        $isOver = false;
        $places = [];
        $end = function () use ($run, $slot, &$places, &$isOver): void {
            if (! $isOver) {
                $this->end($run, $slot);
                // After the answer is sent, because it takes the visitor's lock.
                app()->terminating(fn () => $this->visitors->giveBack($places));
            }
            $isOver = true;
        };
        // A visitor who leaves ends this process at the next write, and with it its connection and the run.
        register_shutdown_function($end);

        try {
            $places = $this->visitors->note($request, $run->id);

            return $this->answerOf($run, $end, AcceptedTypes::has($request, AcceptedTypes::EVENTS));
        } catch (Throwable $e) {
            $end();

            throw $e;
        }
    }

    /** A process of Octane that waits for a program would serve nobody else. */
    public static function isOctane(): bool
    {
        return isset($_SERVER['LARAVEL_OCTANE']);
    }

    private function isPossible(Request $request): bool
    {
        $path = $this->settings->httpPath();

        if ($path === 'queue' || str_contains(strtolower((string) $request->header('Prefer')), 'respond-async') || self::isOctane()) {
            return false;
        }

        if ($this->exrun->isFaked()) {
            return true;
        }

        if ($path !== 'auto') {
            $this->live->mustBeThere();
        }

        return $this->live->isThere();
    }

    /** @return list<Lock>|null */
    private function slot(Request $request): ?array
    {
        return $this->exrun->isFaked() ? [] : $this->slots->take($this->visitors->name($request));
    }

    /** Only a request that waits for its run can tell when that reads. */
    private function noInput(Request $request): ExrunException
    {
        return $this->isPossible($request)
            ? Crowded::workers()
            : new InvalidRun('A program gets its input before it begins, because it can be run only from the queue now', '/stdin_open');
    }

    /** @param Closure(): void $end */
    private function answerOf(Run $run, Closure $end, bool $asEvents): ?Response
    {
        $keep = fn (Result $result): Result => $this->results->keep($run->id, $result);

        // A site's own tests read the answer as it is.
        if ($this->exrun->isFaked() && ! $asEvents) {
            $this->results->markRunning($run->id);
            $result = $keep($this->exrun->run($run));
            $end();

            return JsonAnswer::of(['id' => $run->id, 'state' => RunState::Finished, 'result' => PageResult::of($run->id, $result)], headers: ['Exrun-Run' => $run->id]);
        }

        $stream = EventStream::begin($run->id, fn (Closure $on, Closure $idle): Result => $this->exrun->stream($run, $on, $idle));

        if ($stream === null) {
            return null;
        }

        // While the program runs. The id is told only with the answer's head.
        $this->results->markRunning($run->id);

        return $asEvents ? $stream->answer($keep, $end) : $stream->result($keep, $end, Result::error($run, EventStream::INTERRUPTED));
    }

    /**
     * A run without a result was left, or could not be run. It gets one, so that nobody counts it or waits for it.
     *
     * @param  list<Lock>  $slot
     */
    private function end(Run $run, array $slot): void
    {
        Slots::giveBack($slot);

        try {
            if ($this->results->state($run->id) === RunState::Running) {
                $this->results->keep($run->id, Result::cancelled($run, 'The run was left before it ended.'));
            }
        } catch (Throwable) {
            // The process may be ending, and without the store its notes expire by themselves.
        }
    }
}
