<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Results;

use FilesystemIterator;
use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\CacheManager;
use Illuminate\Cache\FileStore;
use Illuminate\Cache\RedisStore;
use Illuminate\Contracts\Cache\Repository;
use Illuminate\Contracts\Cache\Store;
use Illuminate\Contracts\Config\Repository as Config;
use Illuminate\Contracts\Foundation\Application;
use Illuminate\Support\Carbon;
use RecursiveDirectoryIterator;
use RecursiveIteratorIterator;

/**
 * The cache store `exrun`, which `cache:clear` of the application's own cache doesn't touch: another Redis database if
 * the application's cache is in Redis, or else files in a separate folder.
 */
final class OwnStore
{
    public const NAME = 'exrun';

    private const SECONDS_UNTIL_PRUNED = 3600;

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
                // If a URL ended with a database, that one would be used.
                'url' => is_string($url) ? preg_replace('~^(\w+://[^/]*)/\d+~', '$1', $url) : $url,
                'database' => $config->get('exrun.results.redis_database', '2'),
            ]);
        }
    }

    public static function make(Application $app, CacheManager $caches): Repository
    {
        return $caches->repository(self::store($app), ['store' => self::NAME]);
    }

    /**
     * Removes files whose values expired over an hour ago, because FileStore removes only those that are read again.
     * Folders stay. Returns how many files were removed.
     */
    public static function prune(Repository $cache): int
    {
        $store = $cache->getStore();
        $folder = $store instanceof FileStore ? $store->getDirectory() : '';

        if (! is_dir($folder)) {
            return 0;
        }

        $removed = 0;
        $before = Carbon::now()->getTimestamp() - self::SECONDS_UNTIL_PRUNED;
        $files = new RecursiveIteratorIterator(
            new RecursiveDirectoryIterator(
                $folder,
                FilesystemIterator::SKIP_DOTS | FilesystemIterator::CURRENT_AS_PATHNAME,
            ),
            RecursiveIteratorIterator::LEAVES_ONLY,
            RecursiveIteratorIterator::CATCH_GET_CHILD,
        );

        foreach ($files as $path) {
            // FileStore writes the time at which a value expires into the first 10 bytes.
            $expires = is_string($path) ? (string) @file_get_contents($path, length: 10) : '';

            if (preg_match('/^\d{10}$/D', $expires) === 1 && (int) $expires < $before && @unlink((string) $path)) {
                $removed++;
            }
        }

        return $removed;
    }

    /**
     * Creates the folder, because `cache:clear exrun` fails if it is missing. It belongs to the owner of the folder
     * above.
     */
    public static function makeFolder(Repository $cache): void
    {
        $store = $cache->getStore();
        $folder = $store instanceof FileStore ? $store->getDirectory() : '';

        if ($folder !== '' && ! is_dir($folder) && @mkdir($folder, 0777, true)) {
            @chown($folder, (int) @fileowner(dirname($folder)));
            @chgrp($folder, (int) @filegroup(dirname($folder)));
        }
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
