<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Run;
use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\DatabaseStore;
use Illuminate\Cache\NullStore;
use Illuminate\Contracts\Cache\Factory;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Config\Repository;
use Illuminate\Database\SQLiteConnection;
use Throwable;

/**
 * Looks whether a Run button would work here: one question after the other, each answered by trying.
 */
final readonly class Doctor
{
    public function __construct(
        private Binary $binary,
        private Exrun $exrun,
        private Settings $settings,
        private Repository $config,
        private Factory $caches,
        private ResultStore $results,
        private QueueGuard $queue,
    ) {}

    /** @return list<array{question: string, fine: bool, found: string}> */
    public function look(): array
    {
        $questions = [
            'exrun is installed' => fn (): string => "{$this->binary->version()} at {$this->binary->path()}",
            'This user may run examples' => $this->runs(...),
            'Each limit is held' => $this->limits(...),
            'Time-outs nest' => $this->timeouts(...),
            'Results reach the web server' => $this->store(...),
            'Workers hold their time-outs' => fn (): string => extension_loaded('pcntl') ? 'pcntl' : throw new Finding('The pcntl extension is missing: a worker cannot stop a job that hangs.'),
        ];
        $answers = [];

        foreach ($questions as $question => $look) {
            try {
                $answers[] = ['question' => $question, 'fine' => true, 'found' => $look()];
            } catch (Throwable $e) {
                $answers[] = ['question' => $question, 'fine' => false, 'found' => $e->getMessage()];
            }
        }

        return $answers;
    }

    private function runs(): string
    {
        $word = 'hello';
        $result = $this->exrun->bash("echo {$word}")->limits(wall: 5)->run();

        return $result->stdout === "{$word}\n" ? "as {$this->binary->user()}, ".round($result->usage->wallUs / 1000, 1).' ms' : throw new Finding("A greeting ended with \"{$result->verdict->value}\": {$result->message}");
    }

    private function limits(): string
    {
        $result = $this->exrun->run(new Run(Run::newId(), 'bash', 'exit 0', limits: $this->exrun->defaultLimits()));

        return $result->unenforced === [] ? 'time, memory, processes, output, disk' : throw new Finding('This machine cannot hold: '.implode(', ', $result->unenforced).'.');
    }

    /** @throws TimeoutsDoNotNest */
    private function timeouts(): string
    {
        $default = $this->config->get('queue.default');
        $connection = $this->settings->stringOrNull('queue.connection') ?? (is_string($default) ? $default : '');
        $this->settings->timeouts()->mustHold(new Run('x', 'c', '', limits: $this->exrun->defaultLimits()));
        $this->queue->checkConnection($connection);
        $timeouts = $this->settings->timeouts();

        return "process {$timeouts->process} s, job {$timeouts->job} s, queue \"{$connection}\"";
    }

    private function store(): string
    {
        $name = $this->settings->stringOrNull('results.store');
        $store = $this->caches->store($name)->getStore();
        $title = class_basename($store);

        if ($store instanceof ArrayStore || $store instanceof NullStore) {
            throw new Finding("{$title} forgets with its process. Set CACHE_STORE or EXRUN_RESULTS_STORE to redis, database, memcached or file.");
        }

        if (! $store instanceof LockProvider) {
            throw new Finding("{$title} has no locks. Set EXRUN_RESULTS_STORE to redis, database, memcached or file.");
        }

        if ($store instanceof DatabaseStore && $this->stumbles($store)) {
            throw new Finding('SQLite fails a writer that meets another one ("database is locked"), and a throttle in this cache does. Set CACHE_STORE to file or redis.');
        }

        $id = 'doctor-'.Run::newId();
        $this->results->markQueued($id);

        return $this->results->state($id) !== null ? $title : throw new Finding("{$title} does not keep what is put into it.");
    }

    /** Only where transactions announce at once that they will write does SQLite let them wait; Laravel can say so from PHP 8.4 on. */
    private function stumbles(DatabaseStore $store): bool
    {
        $connection = $store->getConnection();

        return $connection instanceof SQLiteConnection && (PHP_VERSION_ID < 80400 || $connection->getConfig('transaction_mode') !== 'IMMEDIATE');
    }
}
