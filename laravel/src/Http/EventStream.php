<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Result;
use Exrun\Laravel\RunState;
use Fiber;
use Illuminate\Http\Response;
use Symfony\Component\HttpFoundation\StreamedResponse;
use Throwable;

/**
 * Writes the events of a run to a page (text/event-stream) as they happen, or its result alone as soon as it is there.
 */
final readonly class EventStream
{
    public const INTERRUPTED = 'The program was interrupted. Please run it again.';

    private const HEADERS = ['Content-Type' => 'text/event-stream; charset=UTF-8', 'Cache-Control' => 'no-cache, no-transform', 'X-Accel-Buffering' => 'no'];

    /** @param Fiber<mixed, mixed, mixed, mixed> $fiber which waits with the first event, and returns the result */
    private function __construct(private string $id, private Fiber $fiber, private mixed $first) {}

    /**
     * Waits for the first event, which decides between this and another answer, before the head is sent. Returns null if
     * there is nothing to tell.
     *
     * @param  Closure(Closure(RunEvent): mixed, Closure(): mixed): ?Result  $tell  calls the first closure with each event, and the second one each second in which
     *                                                                              nothing happens; returns null if there is nothing to tell
     */
    public static function begin(string $id, Closure $tell): ?self
    {
        $fiber = new Fiber(fn (): ?Result => $tell(fn (RunEvent $event): mixed => Fiber::suspend($event), fn (): mixed => Fiber::suspend(null)));
        $first = $fiber->start();

        return $fiber->isSuspended() ? new self($id, $fiber, $first) : null;
    }

    /**
     * The events as they come.
     *
     * @param  Closure(Result): mixed  $keep  called with the result, before it is written
     * @param  Closure(): mixed  $end  called after the last event
     */
    public function answer(Closure $keep, Closure $end): StreamedResponse
    {
        return new StreamedResponse(function () use ($keep, $end): void {
            self::open();

            for ($event = $this->first; ! $this->fiber->isTerminated(); $event = $this->next()) {
                $this->write($event, $keep);
            }

            $end();
        }, 200, [...self::HEADERS, 'Exrun-Run' => $this->id]);
    }

    /**
     * The result alone, in one piece. It is streamed, too, so that the session is saved before the run goes on: what other
     * requests of the visitor change in it meanwhile is not undone.
     *
     * @param  Closure(Result): Result  $keep  called with the result, before it is written
     * @param  Closure(): mixed  $end  called after that
     * @param  Result  $lost  if the service is lost meanwhile
     */
    public function result(Closure $keep, Closure $end, Result $lost): StreamedResponse
    {
        return new StreamedResponse(function () use ($keep, $end, $lost): void {
            set_time_limit(0);
            $text = fn (Result $result): string => (string) JsonAnswer::of(['id' => $this->id, 'state' => RunState::Finished, 'result' => PageResult::of($this->id, $result)])->getContent();
            $text($lost); // loads its classes while the program runs

            try {
                while (! $this->fiber->isTerminated()) {
                    $this->fiber->resume();
                }

                $returned = $this->fiber->getReturn();
                $result = $keep($returned instanceof Result ? $returned : $lost);
            } catch (Throwable $e) {
                report($e);
                $result = $lost;
            }

            $end();
            echo $text($result);
        }, 200, ['Content-Type' => 'application/json', 'Cache-Control' => 'no-store', 'Exrun-Run' => $this->id]);
    }

    /**
     * The events of a result in one piece, which the web server takes from PHP at once, however slowly the visitor reads.
     */
    public static function replay(string $id, Result $result): Response
    {
        $text = '';
        RunEvent::replay($result, function (RunEvent $event) use ($id, &$text): void {
            $text .= self::text($id, $event);
        });

        return new Response($text, 200, [...array_diff_key(self::HEADERS, ['X-Accel-Buffering' => 1]), 'Exrun-Run' => $id]);
    }

    private static function text(string $id, RunEvent $event): string
    {
        return "event: {$event->type}\ndata: {$event->toJson($id, PageResult::of(...))}\n\n";
    }

    private function next(): mixed
    {
        try {
            return $this->fiber->resume();
        } catch (Throwable $e) {
            report($e);
            echo 'event: problem'."\n".'data: '.json_encode(['status' => 503, 'title' => 'Service Unavailable', 'detail' => self::INTERRUPTED], JSON_THROW_ON_ERROR)."\n\n";

            return null;
        }
    }

    private function write(mixed $event, Closure $keep): void
    {
        $result = $event instanceof RunEvent ? $event->result : null;

        if ($result !== null) {
            rescue(fn (): mixed => $keep($result));
        }

        // A comment says nothing, but finds out whether the visitor is still there.
        echo $event instanceof RunEvent ? self::text($this->id, $event) : ":\n\n";
        flush();
    }

    private static function open(): void
    {
        ignore_user_abort(false);
        set_time_limit(0);

        if (! app()->runningUnitTests()) {
            while (ob_get_level() > 0 && ob_end_flush()) {
            }
        }
    }
}
