<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Support\Timeouts;
use Exrun\Laravel\Transports\BinaryTransport;
use Illuminate\Contracts\Foundation\Application;
use Illuminate\Process\Factory;
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
        $this->app->singleton(Exrun::class, fn (Application $app): Exrun => new Exrun($app->make(Transport::class), $app->make(Settings::class)->limits()));
    }

    public function boot(): void
    {
        $this->publishes([__DIR__.'/../config/exrun.php' => config_path('exrun.php')], 'exrun-config');
    }
}
