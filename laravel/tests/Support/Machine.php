<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Support;

use Illuminate\Filesystem\Filesystem;
use RuntimeException;
use Symfony\Component\Process\InputStream;
use Symfony\Component\Process\Process;

/**
 * The things that a test needs of a machine: a folder, a Redis, processes, a free port. All of them end with the test.
 */
final class Machine
{
    public readonly string $folder;

    /** @var list<Process> */
    private array $processes = [];

    /** @var array<string, string> */
    public array $env;

    public function __construct(string $binary)
    {
        $this->folder = sys_get_temp_dir().'/exrun-laravel-'.bin2hex(random_bytes(6));
        mkdir($this->folder, 0700);
        touch("{$this->folder}/database.sqlite");
        touch("{$this->folder}/events");
        $this->env = [
            'APP_ENV' => 'local', 'APP_DEBUG' => 'true', 'APP_KEY' => 'base64:'.base64_encode(str_repeat('k', 32)), 'APP_URL' => 'http://127.0.0.1',
            'EXRUN_BINARY' => $binary, 'EXRUN_TEST_EVENTS' => "{$this->folder}/events", 'LOG_CHANNEL' => 'single', 'LARAVEL_STORAGE_PATH' => "{$this->folder}/storage",
            'DB_CONNECTION' => 'sqlite', 'DB_DATABASE' => "{$this->folder}/database.sqlite", 'CACHE_STORE' => 'database', 'SESSION_DRIVER' => 'database',
            'QUEUE_CONNECTION' => 'database', 'BROADCAST_CONNECTION' => 'log',
            'EXRUN_PROCESS_TIMEOUT' => '40', 'EXRUN_JOB_TIMEOUT' => '60', 'DB_QUEUE_RETRY_AFTER' => '90', 'REDIS_QUEUE_RETRY_AFTER' => '90',
        ];

        foreach (['app', 'logs', 'framework/cache/data', 'framework/sessions', 'framework/views'] as $path) {
            mkdir("{$this->folder}/storage/{$path}", 0700, true);
        }
    }

    /**
     * Returns a port that the kernel doesn't assign by itself, because another connection could take such a port first.
     */
    public static function freePort(): int
    {
        do {
            $port = random_int(20_000, 32_000);
            $socket = @stream_socket_server("tcp://127.0.0.1:{$port}");
        } while ($socket === false);

        return $port;
    }

    public function startRedis(): void
    {
        $port = self::freePort();
        $this->env = [...$this->env, 'REDIS_CLIENT' => 'predis', 'REDIS_PORT' => (string) $port, 'QUEUE_CONNECTION' => 'redis', 'CACHE_STORE' => 'redis'];
        $this->start(['redis-server', '--port', (string) $port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', $this->folder]);
        self::until(fn (): bool => @fsockopen('127.0.0.1', $port) !== false, 'redis-server does not answer');
    }

    /**
     * @param  list<string>  $command
     * @param  array<string, string|false>  $env
     * @param  string  $directory  absolute, or below the demo
     */
    public function start(array $command, array $env = [], string $directory = '', ?InputStream $input = null): Process
    {
        $process = new Process($command, str_starts_with($directory, '/') ? $directory : dirname(__DIR__, 2)."/demo/{$directory}", [...$this->cleared(), ...$this->env, ...$env]);
        $process->setTimeout(null);
        $process->setInput($input);
        $process->start();

        return $this->processes[] = $process;
    }

    public function artisan(string ...$arguments): Process
    {
        return $this->start([PHP_BINARY, dirname(__DIR__).'/Support/artisan.php', ...array_values($arguments)]);
    }

    /** Waits for its end, and fails if it did not end well. */
    public function must(Process $process): string
    {
        $process->wait();

        return $process->isSuccessful() ? $process->getOutput() : throw new RuntimeException("{$process->getCommandLine()}: {$process->getOutput()}{$process->getErrorOutput()}");
    }

    /** @param callable(): bool $is */
    public static function until(callable $is, string $otherwise, float $seconds = 120): void
    {
        for ($end = microtime(true) + $seconds; ! $is(); usleep(10_000)) {
            throw_if(microtime(true) > $end, new RuntimeException($otherwise));
        }
    }

    /** @return list<array{event: string, id: string, worker: int, result: array<string, mixed>|null}> */
    public function events(): array
    {
        $events = [];

        foreach (array_filter(explode("\n", (string) file_get_contents("{$this->folder}/events"))) as $line) {
            /** @var array{event: string, id: string, worker: int, result: array<string, mixed>|null} $event */
            $event = json_decode($line, true, 32, JSON_THROW_ON_ERROR);
            $events[] = $event;
        }

        return $events;
    }

    /** Returns the states of its processes, if a test waited in vain. */
    public function told(): string
    {
        return implode('', array_map(fn (Process $process): string => "\n{$process->getCommandLine()}: {$process->getStatus()} {$process->getExitCode()} {$process->getOutput()}{$process->getErrorOutput()}", $this->processes));
    }

    /** Returns the reported errors, without the stack traces. */
    public function log(): string
    {
        $lines = explode("\n", (string) @file_get_contents("{$this->folder}/storage/logs/laravel.log"));

        return implode("\n", array_filter($lines, fn (string $line): bool => str_starts_with($line, '[2')));
    }

    /** @return list<string> command lines of the processes that have this word in theirs */
    public static function running(string $word): array
    {
        $found = [];

        foreach (glob('/proc/[0-9]*/cmdline') ?: [] as $path) {
            $line = str_replace("\0", ' ', (string) @file_get_contents($path));

            if (str_contains($line, $word)) {
                $found[] = $line;
            }
        }

        return $found;
    }

    public function end(): void
    {
        foreach (array_reverse($this->processes) as $process) {
            $process->stop(3);
        }
        (new Filesystem)->deleteDirectory($this->folder);
    }

    /**
     * The variables of phpunit.xml are not for the processes of a machine.
     *
     * @return array<string, false>
     */
    private function cleared(): array
    {
        return array_fill_keys(['APP_ENV', 'APP_DEBUG', 'APP_KEY', 'CACHE_STORE', 'SESSION_DRIVER', 'QUEUE_CONNECTION', 'DB_CONNECTION', 'DB_DATABASE', 'LOG_CHANNEL'], false);
    }
}
