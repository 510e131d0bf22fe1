<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Console\Kernel;
use Illuminate\Contracts\Foundation\Application;
use Symfony\Component\Console\Input\InputInterface;
use Symfony\Component\Console\Input\StringInput;
use Throwable;

/**
 * The queue at which a worker looks only once (queue:work --once), as those that queue:listen starts.
 */
final readonly class OneLook
{
    public function __construct(private Application $app) {}

    /**
     * Returns connection and queue. The arguments are not bound to the command's definition yet.
     *
     * @return array{string, string}|null null: it will not work, or look more often
     */
    public function of(InputInterface $given): ?array
    {
        try {
            $input = $given->hasParameterOption('--once') ? $this->bound($given) : null;
        } catch (Throwable) {
            return null;
        }

        if ($input === null || $input->getOption('help') === true) {
            return null;
        }

        [$connection, $queue, $default] = [$input->getArgument('connection'), $input->getOption('queue'), $this->app->make('config')->get('queue.default')];
        $connection = is_string($connection) ? $connection : (is_string($default) ? $default : '');

        return [$connection, is_string($queue) && $queue !== '' ? $queue : $this->app->make(QueueOfRuns::class)->name($connection)];
    }

    private function bound(InputInterface $given): InputInterface
    {
        $command = $this->app->make(Kernel::class)->all()['queue:work'];
        $command->mergeApplicationDefinition();
        $input = new StringInput((string) $given);
        $input->bind($command->getDefinition());

        return $input;
    }
}
