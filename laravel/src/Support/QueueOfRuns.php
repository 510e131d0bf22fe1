<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Bus\Dispatcher;
use Illuminate\Contracts\Cache\Repository as Cache;
use Illuminate\Contracts\Config\Repository as Config;
use Illuminate\Contracts\Queue\Factory;
use Illuminate\Support\Testing\Fakes\Fake;
use Psr\Log\LoggerInterface;

/**
 * The queue into which visitors' runs go, and whether a worker looks at it.
 */
final readonly class QueueOfRuns
{
    private const SECONDS_BETWEEN_WARNINGS = 60;

    public function __construct(
        private Config $config,
        private Settings $settings,
        private Workers $workers,
        private Factory $queues,
        private Dispatcher $bus,
        private Cache $cache,
        private LoggerInterface $log,
    ) {}

    public function name(string $connection): string
    {
        $default = $this->config->get("queue.connections.{$connection}.queue");

        return $this->settings->stringOrNull('queue.queue') ?? (is_string($default) ? $default : 'default');
    }

    /** Returns false, and says so in the log once a minute, if a run would wait there in vain. */
    public function hasWorker(): bool
    {
        $default = $this->config->get('queue.default');
        $connection = $this->settings->stringOrNull('queue.connection') ?? (is_string($default) ? $default : '');

        if (! QueueGuard::isWaitingFor($this->config, $connection) || $this->queues instanceof Fake || $this->bus instanceof Fake) {
            return true;
        }

        // If the store fails, this does not refuse what it can't know.
        $isServed = rescue(fn (): bool => $this->workers->serve($connection, $this->name($connection)), true);

        if (! $isServed && rescue(fn (): bool => $this->cache->add('exrun:no-worker', true, self::SECONDS_BETWEEN_WARNINGS), true, report: false)) {
            $this->log->error("No worker has looked at the queue \"{$this->name($connection)}\" of \"{$connection}\" for 90 s, so a run that finds no service, or no free PHP process (EXRUN_HTTP_WORKERS), is refused. ".
                'Start one (php artisan queue:work).');
        }

        return $isServed;
    }
}
