<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\PendingRun;
use Exrun\Laravel\Service\LiveRuns;
use Exrun\Laravel\Support\Line;
use Exrun\Laravel\Support\QueueOfRuns;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Visitors;
use Illuminate\Http\Request;

/**
 * Gives a visitor's run to the queue.
 */
final readonly class QueuedRun
{
    public function __construct(private Exrun $exrun, private Settings $settings, private Line $line, private Visitors $visitors, private QueueOfRuns $queue, private LiveRuns $live) {}

    /**
     * Returns the run's id.
     *
     * @throws Crowded if the queue or the visitor has too many, or if nobody would run it
     */
    public function dispatch(Request $request, PendingRun $run): string
    {
        $this->mustHaveRoom();
        $this->mustHaveWorker();
        $id = $run->toRun()->id;
        $this->visitors->counted($request, $id, $run->dispatch(...));

        return $id;
    }

    /** @throws Crowded if nobody would run it */
    private function mustHaveWorker(): void
    {
        if (! $this->exrun->isFaked() && ! $this->queue->hasWorker()) {
            throw $this->live->isThere() ? Crowded::workers() : Crowded::noWorker();
        }
    }

    /** @throws Crowded if the queue has as many jobs as it may have */
    private function mustHaveRoom(): void
    {
        $waiting = $this->line->size($this->settings->stringOrNull('queue.connection') ?? '', $this->settings->stringOrNull('queue.queue'));

        if ($waiting !== null && $waiting >= $this->settings->integer('http.max_waiting')) {
            throw Crowded::queue();
        }
    }
}
