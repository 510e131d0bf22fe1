<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests;

use Illuminate\Contracts\Console\Kernel;
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Testing\TestCase as Base;

/**
 * Boots the demo application. It finds the package as every application does: by discovery.
 */
abstract class TestCase extends Base
{
    /** @var array<string, string> what .env has for the application that is created next */
    protected array $env = [];

    public function createApplication(): Application
    {
        foreach ($this->env as $name => $value) {
            $_ENV[$name] = $_SERVER[$name] = $value;
        }

        try {
            $app = require self::demo('bootstrap/app.php');
            assert($app instanceof Application);
            $app->make(Kernel::class)->bootstrap();
        } finally {
            foreach (array_keys($this->env) as $name) {
                unset($_ENV[$name], $_SERVER[$name]);
            }
        }

        $app->make('config')->set('exrun.binary', self::binary());

        return $app;
    }

    public static function demo(string $path = ''): string
    {
        return (getenv('EXRUN_DEMO') ?: dirname(__DIR__).'/demo')."/{$path}"; // a copy of the demo has another Laravel
    }

    /** Returns the path of the exrun that this repository builds. */
    public static function binary(): string
    {
        $binary = getenv('EXRUN_BINARY');

        return $binary === false ? dirname(__DIR__, 2).'/build/exrun' : $binary;
    }
}
