<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Results\CacheResultStore;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\QueueGuard;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Timeouts;
use Exrun\Laravel\Transports\BinaryTransport;
use Illuminate\Contracts\Cache\Factory as CacheFactory;
use Illuminate\Contracts\Foundation\Application;
use Illuminate\Process\Factory;
use Illuminate\Queue\Queue;
use Illuminate\Support\ServiceProvider;

class ExrunServiceProvider extends ServiceProvider
{
    public function register(): void
    {
        $this->mergeConfigFrom(__DIR__.'/../config/exrun.php', 'exrun');

        $this->app->bind(Settings::class, fn (Application $app): Settings => new Settings($app->make('config')));
        $this->app->bind(Timeouts::class, fn (Application $app): Timeouts => $app->make(Settings::class)->timeouts());
        $this->app->bind(Binary::class, fn (Application $app): Binary => new Binary(
            $app->make(Factory::class),
            $app->make(Settings::class)->string('binary'),
            $app->make(Settings::class)->boolean('sudo'),
        ));
        $this->app->bind(Transport::class, BinaryTransport::class);
        $this->app->bind(ResultStore::class, fn (Application $app): ResultStore => new CacheResultStore(
            $app->make(CacheFactory::class)->store($app->make(Settings::class)->stringOrNull('results.store')),
            $app->make(Settings::class)->integer('results.keep'),
        ));
        $this->app->singleton(Exrun::class, fn (Application $app): Exrun => new Exrun($app->make(Transport::class), $app->make(ResultStore::class), $app->make(Settings::class)->limits()));
    }

    public function boot(): void
    {
        $this->publishes([__DIR__.'/../config/exrun.php' => config_path('exrun.php')], 'exrun-config');

        // Every way of dispatching a job makes its payload here. The callback outlives this application where several are booted, as in tests.
        Queue::createPayloadUsing(function (?string $connection, ?string $queue, array $payload): array {
            app(QueueGuard::class)->check(is_array($payload['data'] ?? null) ? ($payload['data']['command'] ?? null) : null, (string) $connection);

            return [];
        });
    }
}
