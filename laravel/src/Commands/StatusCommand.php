<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Exrun;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Support\Settings;
use Illuminate\Console\Command;
use Illuminate\Contracts\Config\Repository;
use Illuminate\Contracts\Queue\Factory;
use Throwable;

class StatusCommand extends Command
{
    protected $signature = 'sandbox:status
        {--json : For machines}';

    protected $description = 'Tell what stands in the queue, and what killed runs have left';

    /** exrun's exit status if no service runs (sysexits.h: EX_UNAVAILABLE). */
    private const NO_SERVICE = 69;

    public function handle(Exrun $exrun, Binary $binary, Settings $settings, Factory $queues, Repository $config): int
    {
        $default = $config->get('queue.default');
        $connection = $settings->stringOrNull('queue.connection') ?? (is_string($default) ? $default : '');
        $queue = $settings->stringOrNull('queue.queue');
        $status = [
            'exrun' => $this->try(fn (): string => $binary->version()),
            'called' => $this->try(fn (): string => $exrun->transport()->describe()),
            'service' => $this->try(fn (): string => $this->service($binary)),
            'queue' => trim("{$connection} {$queue}"),
            'waiting' => $this->try(fn (): int => $queues->connection($connection)->size($queue)),
            'left' => $this->try(fn (): array => $this->left($binary)),
        ];
        $isFine = ! in_array(true, array_map(fn (mixed $value): bool => $value instanceof Throwable, $status), true);
        $told = array_map(fn (mixed $value): mixed => $value instanceof Throwable ? ['error' => $value->getMessage()] : $value, $status);

        if ($this->option('json')) {
            $told['left'] = (object) $told['left'];
            $this->line(json_encode(['v' => 1, ...$told], JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES));
        } else {
            foreach (['exrun' => 'Version', 'called' => 'Called as', 'service' => 'Service', 'queue' => 'Queue', 'waiting' => 'Jobs waiting', 'left' => 'Left by killed runs'] as $name => $title) {
                $value = $status[$name];
                $this->components->twoColumnDetail($title, match (true) {
                    $value instanceof Throwable => "<fg=red>{$value->getMessage()}</>",
                    is_array($value) => $value === [] ? 'nothing' : implode(', ', array_map(fn (string $what, int $items): string => "{$items} {$what}", array_keys($value), $value)).
                        ' <fg=gray>(php artisan sandbox:clean)</>',
                    default => (string) $value,
                });
            }
        }

        return $isFine ? self::SUCCESS : self::FAILURE;
    }

    /** Returns in a line how `exrun status` describes this machine's service. */
    private function service(Binary $binary): string
    {
        $done = $binary->call(['status', '--json'], 10);

        if ($done->exitCode() === self::NO_SERVICE) {
            return 'not there';
        }

        if (! $done->successful()) {
            return "{$binary->user()} may not ask (exrun status, as root)";
        }

        $status = Answer::fromJson($done->output());
        $paused = $status->stringOr('maintenance', null);
        $line = "{$status->object('running')->integer('now')} running, {$status->object('queue')->integer('length')} waiting, {$status->object('ready')->integer('now')} cells ready";

        return $paused === null ? $line : "{$line}; maintenance: {$paused}";
    }

    /** @return array<string, int> the leftovers that `exrun clean` would remove */
    private function left(Binary $binary): array
    {
        $done = $binary->call(['clean', '--dry-run', '--json'], 60);

        if (! $done->successful()) {
            throw new Finding("{$binary->user()} may not look: ".trim($done->errorOutput()).'. Ask as root.');
        }

        $removed = Answer::fromJson($done->output())->object('removed');
        $left = [];

        foreach (['cgroups', 'processes', 'slots'] as $what) {
            $left[$what] = $removed->object($what)->integer('items');
        }

        return array_filter($left);
    }

    /**
     * @template T
     *
     * @param  callable(): T  $look
     * @return T|Throwable
     */
    private function try(callable $look): mixed
    {
        try {
            return $look();
        } catch (Throwable $e) {
            return $e;
        }
    }
}
