<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Events\ExampleFinished;
use Exrun\Laravel\Events\ExampleStarted;
use Illuminate\Broadcasting\BroadcastManager;
use Illuminate\Contracts\Container\Container;
use Illuminate\Contracts\Events\Dispatcher;
use Throwable;

/**
 * Informs listeners and pages of the events of a run.
 */
final readonly class Announcer
{
    public function __construct(private Container $container, private Dispatcher $events, private Settings $settings) {}

    public function announce(ExampleStarted|ExampleFinished $event): void
    {
        $this->broadcast($event);
        $this->events->dispatch($event);
    }

    /** A page can still poll, so if a broadcaster is down, or a setting is wrong, that is only reported. */
    private function broadcast(ExampleStarted|ExampleFinished $event): void
    {
        try {
            if ($this->settings->boolean('broadcast.enabled')) {
                $this->container->make(BroadcastManager::class)->queue($event);
            }
        } catch (Throwable $e) {
            report($e);
        }
    }
}
