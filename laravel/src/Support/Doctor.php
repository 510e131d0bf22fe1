<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Results\CacheResultStore;
use Exrun\Laravel\Results\OwnStore;
use Exrun\Laravel\Run;
use Exrun\Laravel\Service\Check;
use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\DatabaseStore;
use Illuminate\Cache\FileStore;
use Illuminate\Cache\NullStore;
use Illuminate\Cache\RedisStore;
use Illuminate\Contracts\Cache\Factory;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Contracts\Cache\Store;
use Illuminate\Contracts\Config\Repository;
use Illuminate\Contracts\Queue\Factory as QueueFactory;
use Illuminate\Database\SQLiteConnection;
use Illuminate\Foundation\Application;
use Illuminate\Support\ConfigurationUrlParser;
use Illuminate\Support\Str;
use Throwable;

/**
 * Checks whether a Run button would work here: one question after the other, each answered by trying it.
 */
final readonly class Doctor
{
    /** Seconds between two looks of an idle worker that a visitor notices. Laravel's own default is 3. */
    private const LONG_PAUSE = 0.8;

    /**
     * Everything else is created when a question needs it, so that a wrong setting breaks one answer, not the doctor.
     */
    public function __construct(
        private Application $application,
        private Settings $settings,
        private Repository $config,
        private Factory $caches,
        private QueueFactory $queues,
    ) {}

    /** @return list<array{question: string, fine: bool, found: string}> */
    public function look(): array
    {
        $questions = [
            'The settings are sound' => $this->settings(...),
            'exrun is installed' => fn (): string => "{$this->binary()->version()} at {$this->binary()->path()}",
            'The service answers' => fn (): string => $this->application->make(Check::class)->found(),
            'This user may run examples' => $this->runs(...),
            'Each limit is held' => $this->limits(...),
            'The languages exist' => $this->languages(...),
            'Time-outs nest' => $this->timeouts(...),
            'Streams hold up no page' => fn (): string => $this->application->make(WebServer::class)->found(),
            'The page has the element of this package' => $this->page(...),
            'The queue answers' => $this->queueAnswers(...),
            'The cache answers' => $this->cacheAnswers(...),
            'Results reach the web server' => $this->store(...),
            'A worker looks for runs' => $this->worker(...),
            'Workers hold their time-outs' => fn (): string => extension_loaded('pcntl') ? 'pcntl' : throw new Finding('The pcntl extension is missing: a worker cannot stop a job that hangs.'),
        ];
        $answers = [];

        foreach ($questions as $question => $look) {
            try {
                $answers[] = ['question' => $question, 'fine' => true, 'found' => $look()];
            } catch (Throwable $e) {
                $answers[] = ['question' => $question, 'fine' => false, 'found' => mb_scrub($e->getMessage())];
            }
        }

        return $answers;
    }

    private function settings(): string
    {
        $faults = $this->settings->faults();
        $file = $this->application->environmentFilePath();

        if (is_file($file) && ! is_readable($file) && ! $this->application->configurationIsCached()) {
            $name = basename($file);
            $user = Binary::user();
            $faults[] = "{$name} can't be read by {$user}, so none of its lines counts. Give it to that user's group ".
                "(chgrp {$user} {$name}; chmod 640 {$name}).";
        }

        return $faults === [] ? 'config/exrun.php' : throw new Finding(implode(' ', $faults));
    }

    /** Published copies stay as they are when Composer updates the package. */
    private function page(): string
    {
        $published = Built::in($this->application->publicPath('vendor/exrun'));
        $own = Built::here()->hash;

        return match (true) {
            $published === null && $this->settings->stringOrNull('page.url') !== null => throw new Finding('EXRUN_PAGE_URL is set, and nothing is published. Run: php artisan vendor:publish --tag=exrun-page'),
            $published === null => "the package's own, {$own}",
            $published->hash === $own => "published, {$own}",
            default => throw new Finding("public/vendor/exrun has the files of another release ({$published->hash}, the package has {$own}). Run: php artisan vendor:publish --tag=exrun-page --force"),
        };
    }

    private function runs(): string
    {
        $word = 'hello';
        $result = $this->exrun()->bash("echo {$word}")->limits(wall: 5)->run();

        if ($result->stdout !== "{$word}\n") {
            throw new Finding("A greeting ended with \"{$result->verdict->value}\": {$result->message}");
        }

        return 'as '.Binary::user().', '.round($result->usage->wallUs / 1000, 1).' ms';
    }

    private function limits(): string
    {
        $result = $this->exrun()->run(new Run(Run::newId(), 'bash', 'exit 0', limits: $this->exrun()->defaultLimits()));

        return $result->unenforced === [] ? 'time, memory, processes, output, disk' : throw new Finding('This machine cannot hold: '.implode(', ', $result->unenforced).'.');
    }

    /** @throws TimeoutsDoNotNest */
    private function timeouts(): string
    {
        $connection = $this->connection();
        $this->settings->timeouts()->mustHold(new Run('x', 'c', '', limits: $this->exrun()->defaultLimits()));
        $this->queue()->checkConnection($connection);
        $timeouts = $this->settings->timeouts();

        return "process {$timeouts->process} s, job {$timeouts->job} s, queue \"{$connection}\"";
    }

    /** Each language that the route offers is tried with an empty program, because the user may not ask exrun anything else. */
    private function languages(): string
    {
        if (! $this->settings->boolean('http.enabled')) {
            return 'not asked: the route is off (EXRUN_HTTP)';
        }

        $names = $this->settings->strings('http.profiles');

        if ($names === []) {
            throw new Finding('The route offers no language. Set EXRUN_HTTP_PROFILES to names with commas between '.
                'them, such as php,python.');
        }

        foreach ($names as $name) {
            try {
                $this->exrun()->profile($name, '')->run();
            } catch (InvalidRun $e) {
                throw new Finding("The route offers \"{$name}\" (EXRUN_HTTP_PROFILES), but {$e->detail}.");
            } catch (ExrunFailed $e) {
                throw new Finding("The route offers \"{$name}\" (EXRUN_HTTP_PROFILES). {$e->getMessage()}");
            }
        }

        return implode(', ', $names);
    }

    private function queueAnswers(): string
    {
        $connection = $this->connection();

        try {
            $size = $this->queues->connection($connection)->size($this->settings->stringOrNull('queue.queue'));
        } catch (Throwable $e) {
            throw new Finding("The queue connection \"{$connection}\" can't be reached: {$this->without($e)}. ".
                'Is its server running? See config/queue.php.');
        }

        $isShared = $this->settings->stringOrNull('queue.queue') === null;
        $other = $isShared ? '; jobs that are not runs count, too (EXRUN_QUEUE)' : '';

        return "{$connection}, {$size} ".Str::plural('job', $size).$other;
    }

    /** The throttle of the route counts in the application's own cache. */
    private function cacheAnswers(): string
    {
        $default = $this->config->get('cache.default');
        $name = is_string($default) ? $default : '';

        if ($this->config->get("cache.stores.{$name}.driver") === null && $name !== 'null') {
            throw new Finding("CACHE_STORE is \"{$name}\", and config/cache.php has no such store. ".
                'Set it to redis, database, memcached or file.');
        }

        try {
            $cache = $this->caches->store();
            $this->mustLast($cache->getStore(), 'CACHE_STORE');
            $cache->put($key = 'exrun:doctor:'.Run::newId(), 'kept', 60);
            $isKept = $cache->pull($key) === 'kept';
        } catch (Finding $e) {
            throw $e;
        } catch (Throwable $e) {
            throw new Finding("The cache store \"{$name}\" can't be reached: {$this->without($e)}. ".
                ($this->owner($this->caches->store()->getStore()) ?? 'Is its server running? See config/cache.php.'));
        }

        if (! $isKept) {
            throw new Finding("The cache store \"{$name}\" does not keep what is put into it.");
        }

        return $name;
    }

    private function worker(): string
    {
        $connection = $this->connection();

        if (! QueueGuard::isWaitingFor($this->config, $connection)) {
            return "not needed: \"{$connection}\" runs a job where it is dispatched, and a visitor's request ".
                'waits for it. Use redis on a server';
        }

        $queue = app(QueueOfRuns::class)->name($connection);

        try {
            $alive = $this->workers()->alive();
        } catch (Throwable $e) {
            throw new Finding("The heartbeats of the workers can't be read: {$this->without($e)}.");
        }

        $serves = fn (Worker $worker): bool => $worker->serves($connection, $queue);
        $workers = array_values(array_filter($alive, $serves));

        if ($workers === []) {
            throw new Finding("No worker has looked at the queue \"{$queue}\" of \"{$connection}\" for 90 s, so runs wait. Start one ".
                "(php artisan queue:work {$connection} --queue={$queue} --sleep=0.1).");
        }

        $this->mustNotBeRoot($workers);
        $pauses = array_filter(array_map(fn (Worker $worker): ?float => $worker->pause(), $workers), fn (?float $pause): bool => $pause !== null);
        $pause = $pauses === [] ? null : round(max($pauses), 1);

        if ($pause !== null && $pause >= self::LONG_PAUSE) {
            throw new Finding("An idle worker looks every {$pause} s, and a click waits for it. Start it with --sleep=0.1.");
        }

        return count($workers).' '.Str::plural('worker', count($workers))." of {$connection}:{$queue}".($pause === null ? '' : ", an idle one looks every {$pause} s");
    }

    /**
     * Files that root writes, such as the log and the results, can't be written by the web server, which is this user.
     *
     * @param  list<Worker>  $workers
     */
    private function mustNotBeRoot(array $workers): void
    {
        $me = Binary::user();

        foreach ($workers as $worker) {
            if (posix_geteuid() !== 0 && $worker->uid === 0 && $worker->host === gethostname()) {
                throw new Finding("A worker runs as root, but this site as {$me}, ".
                    "who may not change the files that it writes. Start it as {$me}, ".
                    "and give the files back (chown -R {$me}:{$me} storage bootstrap/cache).");
            }
        }
    }

    /**
     * Returns the name of the queue connection that runs go to.
     *
     * @throws Finding if no worker can ever get a run from it
     */
    private function connection(): string
    {
        $own = $this->settings->stringOrNull('queue.connection');
        $default = $this->config->get('queue.default');
        // Laravel takes `QUEUE_CONNECTION=null` to be a queue that drops each job.
        $name = $own ?? (is_string($default) ? $default : 'null');
        $key = $own === null ? 'QUEUE_CONNECTION' : 'EXRUN_QUEUE_CONNECTION';
        $driver = $name === 'null' ? 'null' : $this->config->get("queue.connections.{$name}.driver");

        return match ($driver) {
            'null' => throw new Finding("{$key} is \"{$name}\", a queue that drops each job, so no run ends. ".
                'Set it to redis or database.'),
            null => throw new Finding("{$key} is \"{$name}\", and config/queue.php has no such connection. ".
                'Set it to redis or database.'),
            default => $name,
        };
    }

    private function store(): string
    {
        $name = $this->settings->stringOrNull('results.store');
        $key = $name === null ? 'CACHE_STORE' : 'EXRUN_RESULTS_STORE';
        $shown = $name ?? $this->config->get('cache.default');
        $shown = is_string($shown) ? $shown : '';

        if ($this->config->get("cache.stores.{$shown}.driver") === null && $shown !== 'null') {
            throw new Finding("{$key} is \"{$shown}\", and config/cache.php has no such store. ".
                'Set it to redis, database, memcached or file.');
        }

        try {
            // The own store is of the same kind as the application's.
            return $this->keeps($this->caches->store($name)->getStore(), $name === OwnStore::NAME ? 'CACHE_STORE' : $key);
        } catch (Finding $e) {
            throw $e;
        } catch (Throwable $e) {
            $what = "The store \"{$shown}\" of the results ({$key})";
            $store = $this->caches->store($name)->getStore();
            $hint = $store instanceof RedisStore && $name === OwnStore::NAME
                ? "Its Redis database is {$this->redis($name)[1]} (EXRUN_REDIS_DB)."
                : $this->owner($store);

            throw new Finding(trim("{$what} can't be used: {$this->without($e)}. {$hint}"));
        }
    }

    private function keeps(Store $store, string $key): string
    {
        $title = class_basename($store);
        $this->mustLast($store, $key);

        if (! $store instanceof LockProvider) {
            throw new Finding("{$title} has no locks. Set EXRUN_RESULTS_STORE to exrun, redis, database or memcached.");
        }

        if ($store instanceof RedisStore && $this->settings->stringOrNull('results.store') === OwnStore::NAME) {
            $this->mustBeApart();
        }

        $id = 'doctor-'.Run::newId();
        $results = $this->results();
        $results->markQueued($id);
        $state = $results->state($id);

        if ($results instanceof CacheResultStore) {
            $results->forget($id);
        }

        return $state !== null ? $title : throw new Finding("{$title} does not keep what is put into it.");
    }

    /** The Redis database of the results must not be that of the cache or the queue. */
    private function mustBeApart(): void
    {
        $cache = $this->config->get('cache.default');
        $cache = is_string($cache) ? "cache.stores.{$cache}" : '';
        $queue = "queue.connections.{$this->connection()}";
        $own = $this->redis(OwnStore::NAME);

        if (preg_match('/^\d+$/D', $own[1]) !== 1) {
            $wrong = $this->settings->wrong('results.redis_database', 'the number of a Redis database');

            throw new Finding($wrong->getMessage());
        }

        $others = [
            $cache => 'cache:clear would forget runs that wait',
            $queue => 'cache:clear exrun would empty the queue',
        ];

        foreach ($others as $key => $why) {
            $name = $this->config->get("{$key}.connection") ?? 'default';
            $isRedis = $this->config->get("{$key}.driver") === 'redis';

            if ($isRedis && is_string($name) && $this->redis($name) === $own) {
                throw new Finding("EXRUN_REDIS_DB is {$own[1]}, the database of the connection \"{$name}\" ".
                    "(config/database.php), so {$why}. Choose another number.");
            }
        }
    }

    /** @return array{string, string} the server and the database of a Redis connection */
    private function redis(string $name): array
    {
        $connection = $this->config->get("database.redis.{$name}");
        $options = (new ConfigurationUrlParser)->parseConfiguration(is_array($connection) ? $connection : []);
        $text = fn (string $key): string => is_scalar($value = $options[$key] ?? null) ? (string) $value : '';

        return [$text('host').':'.$text('port').$text('path'), $text('database') === '' ? '0' : $text('database')];
    }

    /**
     * Returns the owner of the folder of a store in files, and how to change that; null: not in files, or this user's.
     */
    private function owner(Store $store): ?string
    {
        $folder = $store instanceof FileStore ? $store->getDirectory() : null;

        while ($folder !== null && ! is_dir($folder) && dirname($folder) !== $folder) {
            $folder = dirname($folder);
        }

        $me = Binary::user();
        $id = $folder === null ? false : @fileowner($folder);
        $entry = $id === false ? false : posix_getpwuid($id);
        $owner = $entry === false ? "the user ID {$id}" : $entry['name'];

        return $id === false || $owner === $me ? null
            : "{$folder} belongs to {$owner}, and {$me} must be able to write there (chown -R {$me}:{$me} {$folder}).";
    }

    private function mustLast(Store $store, string $key): void
    {
        $title = class_basename($store);

        if ($store instanceof ArrayStore || $store instanceof NullStore) {
            throw new Finding("{$title} forgets with its process. Set {$key} to redis, database, memcached or file.");
        }

        if ($store instanceof DatabaseStore && $this->stumbles($store)) {
            throw new Finding('SQLite fails a writer that meets another one ("database is locked"), '.
                "and a throttle in this cache does. Set {$key} to file or redis.");
        }
    }

    /** Returns the message without its full stop, for a sentence that goes on. */
    private function without(Throwable $e): string
    {
        return rtrim(trim($e->getMessage()), '.');
    }

    private function exrun(): Exrun
    {
        return $this->application->make(Exrun::class);
    }

    private function binary(): Binary
    {
        return $this->application->make(Binary::class);
    }

    private function results(): ResultStore
    {
        return $this->application->make(ResultStore::class);
    }

    private function queue(): QueueGuard
    {
        return $this->application->make(QueueGuard::class);
    }

    private function workers(): Workers
    {
        return $this->application->make(Workers::class);
    }

    /**
     * SQLite lets transactions wait only if they announce at their beginning that they will write. Laravel can do so
     * from PHP 8.4 on.
     */
    private function stumbles(DatabaseStore $store): bool
    {
        $connection = $store->getConnection();

        return $connection instanceof SQLiteConnection && (PHP_VERSION_ID < 80400 || $connection->getConfig('transaction_mode') !== 'IMMEDIATE');
    }
}
