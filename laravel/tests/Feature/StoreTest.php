<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exrun as RealExrun;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Result;
use Exrun\Laravel\Results\OwnStore;
use Exrun\Laravel\Support\Pruner;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Cache\ArrayStore;
use Illuminate\Config\Repository;
use Illuminate\Queue\Events\Looping;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Exceptions;
use Illuminate\Support\Facades\File;
use RuntimeException;

/**
 * The store of the results: files that don't grow without bound, and results that it can't keep.
 */
final class StoreTest extends TestCase
{
    private string $storage;

    protected function setUp(): void
    {
        parent::setUp();
        $this->storage = sys_get_temp_dir().'/exrun-store-'.bin2hex(random_bytes(6));
        mkdir("{$this->storage}/framework/cache/data", 0777, true);
    }

    protected function tearDown(): void
    {
        File::deleteDirectory($this->storage);
        parent::tearDown();
    }

    public function test_a_worker_removes_expired_results_from_files(): void
    {
        $this->inFiles();
        config()->set('exrun.results.keep', 1);
        app('events')->dispatch(new Looping('sync', 'default'));
        $other = count($this->files());

        foreach (range(1, 20) as $n) {
            $run = Exrun::php('')->toRun();
            app(ResultStore::class)->keep($run->id, Result::error($run, 'sorry'));
        }
        $this->assertCount(20 + $other, $this->files());
        $this->travel(2)->hours();
        config()->set('exrun.results.keep', 86_400);
        $live = Exrun::php('')->toRun();
        app(ResultStore::class)->keep($live->id, Result::error($live, 'sorry'));

        $this->app->forgetInstance(Pruner::class); // another worker, which looks for the first time
        app('events')->dispatch(new Looping('sync', 'default'));
        $this->assertNotNull(Exrun::result($live->id));
        $this->assertTrue(Cache::store('exrun')->has('exrun:workers'), 'what never expires stays');
        $this->assertLessThanOrEqual(1 + $other, count($this->files()));

        // Only once an hour, whichever worker it is.
        $this->travel(30)->minutes();
        File::put($old = "{$this->storage}/framework/cache/exrun/old", '1000000000i:1;');
        $this->app->forgetInstance(Pruner::class);
        app('events')->dispatch(new Looping('sync', 'default'));
        $this->assertFileExists($old);
        $this->travel(31)->minutes();
        $this->app->forgetInstance(Pruner::class);
        app('events')->dispatch(new Looping('sync', 'default'));
        $this->assertFileDoesNotExist($old);
    }

    public function test_the_doctor_leaves_nothing(): void
    {
        $this->inFiles();
        Artisan::call('sandbox:doctor', ['--json' => true]);

        $this->assertSame([], $this->files());
    }

    public function test_the_own_store_can_be_cleared_before_it_has_a_folder(): void
    {
        $this->inFiles();
        $this->assertDirectoryDoesNotExist("{$this->storage}/framework/cache/exrun");
        $this->assertSame(0, Artisan::call('cache:clear', ['store' => 'exrun']));
        $this->assertSame(fileowner($this->storage), fileowner("{$this->storage}/framework/cache/exrun"));
    }

    public function test_a_result_that_the_store_refuses_is_kept_without_its_output(): void
    {
        Exceptions::fake();
        $this->withMost(2_000);
        Exrun::fake(['*' => Result::fake(str_repeat('a', 4_000), 'warning', message: 'The program ended normally.')]);
        $id = Exrun::php('')->label(example: 'a')->dispatch();
        $result = Exrun::result($id);

        $this->assertSame(
            ['', '', true, true, 'The program ended normally. The output was too large to be kept.', ['example' => 'a']],
            [
                $result?->stdout, $result?->stderr, $result?->stdoutTruncated, $result?->stderrTruncated,
                $result?->message, $result?->labels,
            ],
        );
        Exceptions::assertReported(
            fn (RuntimeException $e): bool => str_contains($e->getMessage(), 'It is kept without its output.'),
        );
    }

    public function test_a_store_that_refuses_everything_is_reported(): void
    {
        Exceptions::fake();
        $this->withMost(10);
        Exrun::fake(['*' => 'done']);
        $this->assertNull(Exrun::result(Exrun::php('')->dispatch()));

        Exceptions::assertReported(
            fn (RuntimeException $e): bool => str_contains($e->getMessage(), 'Nothing of it is kept'),
        );
    }

    public function test_output_full_of_control_characters_is_kept_as_base64(): void
    {
        foreach ([str_repeat("\x01", 100_000), str_repeat("a\x1b[0m", 30_000), str_repeat("\0\n", 3_000)] as $output) {
            $json = Result::fake($output)->toJson();
            $this->assertLessThan(1.4 * strlen($output) + 1_000, strlen($json));
            $this->assertStringContainsString('"encoding":"base64"', $json);
            $this->assertSame($output, $this->withMembers($json)->stdout);
        }

        foreach ([str_repeat("ä\t\n", 30_000), str_repeat('"\\', 3_000), "\x01\x02"] as $output) {
            $json = Result::fake($output)->toJson();
            $this->assertLessThan(2 * strlen($output) + 1_000, strlen($json));
            $this->assertStringContainsString('"encoding":"utf-8"', $json);
            $this->assertSame($output, $this->withMembers($json)->stdout);
        }
    }

    public function test_a_redis_url_with_a_database_leads_to_the_own_one(): void
    {
        $urls = [
            'redis://user:pass@host:6379/1' => 'redis://user:pass@host:6379',
            'redis://host/0?timeout=1' => 'redis://host?timeout=1',
        ];

        foreach ($urls as $url => $own) {
            $config = new Repository(['cache' => ['stores' => []], 'exrun' => ['results' => ['redis_database' => '5']],
                'database' => ['redis' => ['cache' => ['url' => $url, 'host' => 'host', 'database' => '1']]]]);
            OwnStore::configure($config);

            $this->assertSame([$own, '5', 'host'], array_map(
                fn (string $key): mixed => $config->get("database.redis.exrun.{$key}"),
                ['url', 'database', 'host'],
            ));
        }
    }

    public function test_the_lock_of_a_dispatch_is_with_the_results(): void
    {
        $job = new RunExample(Exrun::php('')->toRun());
        $this->assertSame(Cache::store('exrun')->getStore(), $job->uniqueVia()->getStore());
        config()->set('exrun.results.store', 'array');
        $this->assertSame(Cache::store('array')->getStore(), $job->uniqueVia()->getStore());
    }

    private function withMembers(string $json): Result
    {
        return Result::fromJson(str_replace('"profile":""', '"profile":"php"', $json));
    }

    private function inFiles(): void
    {
        $this->app->useStoragePath($this->storage);
        config()->set(['cache.default' => 'file', 'cache.stores.file.path' => "{$this->storage}/framework/cache/data"]);
        Cache::forgetDriver('exrun');
        Exrun::clearResolvedInstances();
        $this->app->forgetInstance(RealExrun::class);
    }

    /** Uses a store that refuses values if they are larger, as Memcached does. */
    private function withMost(int $bytes): void
    {
        $store = new class ($bytes) extends ArrayStore {
            public function __construct(private readonly int $most)
            {
                parent::__construct();
            }

            /**
             * @param  string  $key
             * @param  mixed  $value
             * @param  int  $seconds
             */
            public function put($key, $value, $seconds): bool
            {
                return strlen(serialize($value)) <= $this->most && parent::put($key, $value, $seconds);
            }
        };
        Cache::extend('small', fn () => Cache::repository($store));
        config()->set(['cache.stores.small' => ['driver' => 'small'], 'exrun.results.store' => 'small']);
        Exrun::clearResolvedInstances();
        $this->app->forgetInstance(RealExrun::class);
    }

    /** @return list<string> */
    private function files(): array
    {
        $folder = "{$this->storage}/framework/cache/exrun";
        $paths = [];

        foreach (is_dir($folder) ? File::allFiles($folder) : [] as $file) {
            $paths[] = $file->getPathname();
        }

        return $paths;
    }
}
