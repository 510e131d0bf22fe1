<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Closure;
use Exrun\Laravel\Commands\AuditCommand;
use Exrun\Laravel\Commands\CleanCommand;
use Exrun\Laravel\Commands\ClientCommand;
use Exrun\Laravel\Commands\DoctorCommand;
use Exrun\Laravel\Commands\StatusCommand;
use Exrun\Laravel\Commands\VerifyExamplesCommand;
use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Examples\Catalogue;
use Exrun\Laravel\Examples\FileExamples;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Results\CacheResultStore;
use Exrun\Laravel\Results\OwnStore;
use Exrun\Laravel\Service\Expectation;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\CalledOff;
use Exrun\Laravel\Support\Client;
use Exrun\Laravel\Support\Line;
use Exrun\Laravel\Support\OneLook;
use Exrun\Laravel\Support\Pruner;
use Exrun\Laravel\Support\QueueGuard;
use Exrun\Laravel\Support\QueueOfRuns;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Slots;
use Exrun\Laravel\Support\Timeouts;
use Exrun\Laravel\Support\Visitors;
use Exrun\Laravel\Support\Workers;
use Exrun\Laravel\Transports\BinaryTransport;
use Exrun\Laravel\Transports\ChosenTransport;
use Exrun\Laravel\Transports\SocketTransport;
use Exrun\Laravel\View\OnPage;
use Exrun\Laravel\View\Scripts;
use Exrun\Laravel\View\Snippet;
use Illuminate\Cache\CacheManager;
use Illuminate\Cache\RateLimiter;
use Illuminate\Cache\RateLimiting\Limit;
use Illuminate\Console\Events\CommandStarting;
use Illuminate\Contracts\Bus\Dispatcher;
use Illuminate\Contracts\Cache\Factory as CacheFactory;
use Illuminate\Contracts\Cache\Repository as CacheRepository;
use Illuminate\Contracts\Foundation\Application;
use Illuminate\Contracts\Foundation\CachesConfiguration;
use Illuminate\Contracts\Queue\Factory as QueueFactory;
use Illuminate\Foundation\Console\AboutCommand;
use Illuminate\Foundation\Http\Middleware\ConvertEmptyStringsToNull;
use Illuminate\Foundation\Http\Middleware\TrimStrings;
use Illuminate\Http\Exceptions\ThrottleRequestsException;
use Illuminate\Http\Request;
use Illuminate\Process\Factory;
use Illuminate\Queue\Events\JobProcessing;
use Illuminate\Queue\Events\Looping;
use Illuminate\Queue\Events\WorkerStopping;
use Illuminate\Queue\Queue;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\ServiceProvider;
use Illuminate\Support\Str;
use Illuminate\View\Compilers\BladeCompiler;
use InvalidArgumentException;
use Psr\Log\LoggerInterface;

class ExrunServiceProvider extends ServiceProvider
{
    private const TOKENS_PER_MINUTE = 30;

    private const SECONDS_OF_A_SLOW_VISITOR = 600;

    public function register(): void
    {
        $this->mergeConfiguration();
        OwnStore::configure($this->app->make('config'));
        $this->callAfterResolving('cache', function (CacheManager $caches): void {
            $caches->extend(OwnStore::NAME, fn (Application $app): CacheRepository => OwnStore::make($app, $caches));
        });

        $this->app->bind(Settings::class, fn (Application $app): Settings => new Settings($app->make('config')));
        $this->app->bind(Timeouts::class, fn (Application $app): Timeouts => $app->make(Settings::class)->timeouts());
        $this->app->bind(Binary::class, fn (Application $app): Binary => new Binary(
            $app->make(Factory::class),
            $app->make(Settings::class)->string('binary'),
            $app->make(Settings::class)->boolean('sudo'),
            $app->basePath(),
        ));
        $this->app->singleton(Presence::class, fn (Application $app): Presence => new Presence($app->make(Settings::class)->address()));
        $this->app->bind(Expectation::class, fn (Application $app): Expectation => new Expectation($app->make(Settings::class), $this->store(...), fn (): LoggerInterface => $app->make('log')));
        $this->app->bind(Transport::class, $this->transport(...));
        $this->app->bind(ResultStore::class, fn (Application $app): ResultStore => new CacheResultStore(
            $this->store(),
            $app->make(Settings::class)->integer('results.keep'),
        ));
        $this->app->bind(Line::class, fn (Application $app): Line => new Line($this->store(), fn (): QueueFactory => $app->make('queue'), $app->make(Settings::class)->integer('results.keep')));
        $this->app->bind(Visitors::class, fn (Application $app): Visitors => new Visitors($this->store(), $app->make(ResultStore::class), $app->make(Settings::class)));
        $this->app->bind(QueueOfRuns::class, fn (Application $app): QueueOfRuns => new QueueOfRuns(
            $app->make('config'),
            $app->make(Settings::class),
            $app->make(Workers::class),
            $app->make('queue'),
            $app->make(Dispatcher::class),
            $this->store(),
            $app->make('log'),
        ));
        $this->app->bind(CalledOff::class, fn (Application $app): CalledOff => new CalledOff($this->store(), $app->make(Settings::class)->integer('results.keep')));
        $this->app->bind(Client::class, fn (Application $app): Client => new Client((string) $app->make('config')->string('app.key', '')));
        $this->app->bind(Slots::class, fn (Application $app): Slots => new Slots(
            $this->store(),
            $app->make(Settings::class)->integer('http.workers'),
            (int) $app->make(Settings::class)->timeouts()->process + self::SECONDS_OF_A_SLOW_VISITOR,
        ));
        $this->app->singleton(Workers::class, fn (Application $app): Workers => new Workers($this->store(...), (string) gethostname(), $app->make('config')));
        $this->app->singleton(Pruner::class, fn (): Pruner => new Pruner($this->ownStore(...)));
        $this->app->bind(ExampleRepository::class, fn (Application $app): FileExamples => new FileExamples($app->make(Settings::class)->string('examples.path')));
        $this->app->bind(OnPage::class, fn (Application $app): OnPage => OnPage::of($app->make('request'), fn (): Catalogue => $app->make(Catalogue::class)));
        $this->app->singleton(Exrun::class, fn (Application $app): Exrun => new Exrun(
            $app->make(Transport::class),
            $app->make(ResultStore::class),
            $app->make(Settings::class)->limits(),
            $app->make(Line::class),
        ));
    }

    public function boot(): void
    {
        $this->publishes([__DIR__.'/../config/exrun.php' => config_path('exrun.php')], 'exrun-config');

        $this->offerRoutes();
        $this->offerPage();
        $this->listenToWorkers();

        if ($this->app->runningInConsole()) {
            $this->commands([AuditCommand::class, CleanCommand::class, ClientCommand::class, DoctorCommand::class, StatusCommand::class, VerifyExamplesCommand::class]);
        }

        AboutCommand::add('Exrun', fn (): array => [
            'Program' => rescue(fn (): string => $this->app->make(Exrun::class)->transport()->describe(), '<fg=red;options=bold>NOT FOUND</>', report: false),
            'Version' => rescue(fn (): string => $this->app->make(Binary::class)->version(), '-', report: false),
            'Service' => $this->told(fn (Settings $settings): mixed => $settings->transport() === 'binary' ? false : $settings->address()->text.($this->app->make(Presence::class)->isThere() ? '' : ' (not there)')),
            'Queue' => $this->told(fn (Settings $set): mixed => $set->stringOrNull('queue.connection') ?? config('queue.default')),
            'Route' => $this->told(fn (Settings $settings): mixed => $settings->boolean('http.enabled')),
            'Broadcasting' => $this->told(fn (Settings $settings): mixed => $settings->boolean('broadcast.enabled')),
        ]);

        // Every way of dispatching a job creates its payload here. If several applications are booted, as in tests, the
        // callback outlives this one.
        Queue::createPayloadUsing(function (?string $connection, ?string $queue, array $payload): array {
            $job = is_array($payload['data'] ?? null) ? ($payload['data']['command'] ?? null) : null;

            // Nothing is resolved for other jobs, because a wrong setting of this package must not keep the application
            // from sending mails.
            if ($job instanceof RunExample) {
                app(QueueGuard::class)->check($job, (string) $connection, $queue);
            }

            return [];
        });
    }

    private function transport(Application $app): Transport
    {
        $settings = $app->make(Settings::class);
        $service = fn (): SocketTransport => new SocketTransport($settings->address(), $settings->timeouts());

        return match ($settings->transport()) {
            'socket' => $service(),
            'binary' => $app->make(BinaryTransport::class),
            'auto' => new ChosenTransport(
                $service(),
                fn (): Transport => $app->make(BinaryTransport::class),
                $app->make(Presence::class),
                $app->make(Expectation::class),
                isWeb: ! $app->runningInConsole(),
            ),
        };
    }

    /**
     * Returns a setting as `about` shows it.
     *
     * @param  Closure(Settings): mixed  $setting
     */
    private function told(Closure $setting): mixed
    {
        $read = fn (): mixed => $setting($this->app->make(Settings::class));
        $value = rescue($read, '<fg=red;options=bold>WRONG</>', report: false);

        return is_bool($value) ? ($value ? '<fg=green;options=bold>ENABLED</>' : 'OFF') : $value;
    }

    private function offerRoutes(): void
    {
        // As late as possible, because a limiter resolves the cache. If an application wants other limits, it defines
        // limiters of the same names.
        $this->callAfterResolving(RateLimiter::class, $this->limit(...));
        $settings = $this->app->make(Settings::class);

        try {
            $isOffered = $settings->boolean('http.enabled');
            $prefix = trim($settings->string('http.prefix'), '/');
            $middleware = $settings->strings('http.middleware');
        } catch (InvalidArgumentException $e) {
            report($e); // the application works without the route, and the doctor reports it

            return;
        }

        if (! $isOffered) {
            return;
        }

        Route::prefix($prefix)->middleware($middleware)
            ->group(fn () => $this->loadRoutesFrom(__DIR__.'/../routes/exrun.php'));
        $this->loadRoutesFrom(__DIR__.'/../routes/built.php');

        // A program's blanks belong to it, and an empty program is valid. Laravel's global middleware would trim it, or
        // make it null.
        $isRun = fn (Request $request): bool => $request->is(ltrim("{$prefix}/run", '/'), ltrim("{$prefix}/runs", '/'));
        TrimStrings::skipWhen($isRun);
        ConvertEmptyStringsToNull::skipWhen($isRun);
    }

    /** Teaches Blade about snippets. Their scripts are served only if there is a route for their runs. */
    private function offerPage(): void
    {
        $this->publishes([__DIR__.'/../dist' => public_path('vendor/exrun')], 'exrun-page');
        $this->loadViewsFrom(__DIR__.'/../resources/views', 'exrun');
        $this->callAfterResolving('blade.compiler', function (BladeCompiler $blade): void {
            $blade->component('exrun-snippet', Snippet::class);
            $blade->directive('exrunScripts', fn (): string => '<?php echo app(\\'.Scripts::class.'::class)->tags(); ?>');
        });
    }

    private function limit(RateLimiter $limiter): void
    {
        $limiter->for('exrun', fn (Request $request): array => array_map(
            fn (Limit $limit): Limit => $limit->response(function (Request $request, array $headers): never {
                $seconds = is_numeric($headers['Retry-After'] ?? null) ? (int) $headers['Retry-After'] : 60;

                $wait = $seconds.' '.Str::plural('second', $seconds);

                throw new ThrottleRequestsException(
                    "Those were many runs in a short time. You can run the next one in {$wait}.",
                    null,
                    $headers,
                );
            }),
            $this->perMinute($request, 'runs'),
        ));
        $limiter->for('exrun-token', fn (Request $request): Limit => Limit::perMinute(self::TOKENS_PER_MINUTE)->by('exrun:token:'.Visitors::network((string) $request->ip())));
        $limiter->for('exrun-results', fn (Request $request): array => $this->perMinute($request, 'polls'));
    }

    /** @return list<Limit> */
    private function perMinute(Request $request, string $what): array
    {
        $visitors = $this->app->make(Visitors::class);
        $visitor = $visitors->of($request);

        return array_map(
            fn (string $way): Limit => Limit::perMinute($visitors->most("{$what}_per_minute", $way, $visitor))->by("exrun:{$what}:{$visitor[$way]}"),
            // Each limit that is not reached is counted. A poll needs no session, so its address is checked before each
            // new session is.
            $what === 'polls' ? array_reverse(array_keys($visitor)) : array_keys($visitor),
        );
    }

    private function listenToWorkers(): void
    {
        $events = $this->app->make('events');
        $workers = fn (): Workers => $this->app->make(Workers::class);

        // If a listener of Looping returned false, the worker would not look for jobs. If it returned any value, other
        // listeners would not be called.
        $events->listen(Looping::class, function (Looping $event) use ($workers): void {
            $workers()->looks($event);
            $this->app->make(Pruner::class)->looks();
        });
        $events->listen('Illuminate\Queue\Events\WorkerStarting', function (object $event) use ($workers): void {
            $workers()->starts($event);
        });
        $events->listen(CommandStarting::class, function (CommandStarting $event) use ($workers): void {
            $looked = $event->command === 'queue:work' ? $this->app->make(OneLook::class)->of($event->input) : null;
            $looked === null || $workers()->startsOnce(...$looked);
        });
        $events->listen(JobProcessing::class, function (JobProcessing $event) use ($workers): void {
            $workers()->begins($event);
        });
        $events->listen('cache:clearing', function (mixed $store): void {
            if ($store === OwnStore::NAME) {
                OwnStore::makeFolder($this->ownStore());
            }
        });
        $events->listen(WorkerStopping::class, function () use ($workers): void {
            $workers()->stops();
        });
    }

    private function ownStore(): CacheRepository
    {
        return $this->app->make(CacheFactory::class)->store(OwnStore::NAME);
    }

    private function store(): CacheRepository
    {
        return $this->app->make(CacheFactory::class)->store($this->app->make(Settings::class)->stringOrNull('results.store'));
    }

    /** If an application published a group of settings earlier, new settings of that group are added. */
    private function mergeConfiguration(): void
    {
        $this->mergeConfigFrom(__DIR__.'/../config/exrun.php', 'exrun');

        if ($this->app instanceof CachesConfiguration && $this->app->configurationIsCached()) {
            return;
        }

        $ours = require __DIR__.'/../config/exrun.php';

        foreach (array_filter(is_array($ours) ? $ours : [], is_array(...)) as $group => $settings) {
            $theirs = $this->app->make('config')->get("exrun.{$group}");
            $this->app->make('config')->set("exrun.{$group}", (is_array($theirs) ? $theirs : []) + $settings);
        }
    }
}
