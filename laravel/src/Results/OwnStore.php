<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Results;

use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\CacheManager;
use Illuminate\Cache\FileStore;
use Illuminate\Cache\RedisStore;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Contracts\Cache\Store;
use Illuminate\Contracts\Config\Repository as Config;
use Illuminate\Contracts\Foundation\Application;

/**
 * The cache store `exrun`, which `cache:clear` of the application's own cache doesn't touch: another Redis database if the application's cache is in
 * Redis, or else files in a folder of their own.
 */
final class OwnStore
{
    public const NAME = 'exrun';

    /** Names the store and its Redis database in the configuration, unless the application has done so. */
    public static function configure(Config $config): void
    {
        if ($config->get('cache.stores.'.self::NAME) === null) {
            $config->set('cache.stores.'.self::NAME, ['driver' => self::NAME]);
        }

        $redis = $config->get('database.redis.cache') ?? $config->get('database.redis.default');

        if ($config->get('database.redis.'.self::NAME) === null && is_array($redis)) {
            $url = $redis['url'] ?? null;
            $config->set('database.redis.'.self::NAME, [
                ...$redis,
                // A URL that ends with a database would choose that one.
                'url' => is_string($url) ? preg_replace('~^(\w+://[^/]*)/\d+~', '$1', $url) : $url,
                'database' => $config->get('exrun.results.redis_database', '2'),
            ]);
        }
    }

    public static function make(Application $app, CacheManager $caches): Repository
    {
        return $caches->repository(self::store($app), ['store' => self::NAME]);
    }

    private static function store(Application $app): Store
    {
        $config = $app->make('config');
        $default = $config->get('cache.default');
        $driver = is_string($default) ? $config->get("cache.stores.{$default}.driver") : null;
        $prefix = $config->get('cache.prefix');

        return match ($driver) {
            'redis' => new RedisStore($app->make('redis'), is_string($prefix) ? $prefix : '', self::NAME),
            'array' => new ArrayStore, // tests of an application
            default => new FileStore($app->make('files'), $app->storagePath('framework/cache/exrun')),
        };
    }
}
