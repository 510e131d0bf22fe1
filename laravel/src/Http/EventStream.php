<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Result;
use Fiber;
use Symfony\Component\HttpFoundation\StreamedResponse;
use Throwable;

/**
 * Writes the events of a run to a page (text/event-stream) as they happen.
 */
final readonly class EventStream
{
    private const HEADERS = ['Content-Type' => 'text/event-stream; charset=UTF-8', 'Cache-Control' => 'no-cache, no-transform', 'X-Accel-Buffering' => 'no'];

    /**
     * Waits for the first event, which decides between a stream and another answer, before the head is sent.
     *
     * @param  Closure(Closure(RunEvent): mixed, Closure(): mixed): ?Result  $tell  calls the first closure with each event, and the second one each second in which
     *                                                                              nothing happens; returns null if there is nothing to tell
     * @param  Closure(Result): mixed  $keep  called with the result, before it is written
     * @param  Closure(): mixed  $end  called after the last event
     */
    public static function of(string $id, Closure $tell, Closure $keep, Closure $end): ?StreamedResponse
    {
        $fiber = new Fiber(fn (): ?Result => $tell(fn (RunEvent $event): mixed => Fiber::suspend($event), fn (): mixed => Fiber::suspend(null)));
        $first = $fiber->start();

        if (! $fiber->isSuspended()) {
            return null;
        }

        return new StreamedResponse(function () use ($fiber, $first, $id, $keep, $end): void {
            self::begin();

            for ($event = $first; ! $fiber->isTerminated(); $event = self::next($fiber)) {
                self::write($id, $event, $keep);
            }

            $end();
        }, 200, [...self::HEADERS, 'Exrun-Run' => $id]);
    }

    /** @param Fiber<mixed, mixed, mixed, mixed> $fiber */
    private static function next(Fiber $fiber): mixed
    {
        try {
            return $fiber->resume();
        } catch (Throwable $e) {
            report($e);
            echo 'event: problem'."\n".'data: '.json_encode(['status' => 503, 'title' => 'Service Unavailable', 'detail' => 'The program was interrupted. Please run it again.'], JSON_THROW_ON_ERROR)."\n\n";

            return null;
        }
    }

    private static function write(string $id, mixed $event, Closure $keep): void
    {
        $result = $event instanceof RunEvent ? $event->result : null;

        if ($result !== null) {
            rescue(fn (): mixed => $keep($result));
        }

        // A comment says nothing, but finds out whether the visitor is still there.
        echo $event instanceof RunEvent ? "event: {$event->type}\ndata: {$event->toJson($id, PageResult::of(...))}\n\n" : ":\n\n";
        flush();
    }

    private static function begin(): void
    {
        ignore_user_abort(false);
        set_time_limit(0);

        if (! app()->runningUnitTests()) {
            while (ob_get_level() > 0 && ob_end_flush()) {
            }
        }
    }
}
