<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Closure;
use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Service\Address;
use Illuminate\Contracts\Config\Repository;
use Illuminate\Support\Str;
use InvalidArgumentException;

/**
 * config/exrun.php by type: if a setting has the wrong type, it is named by its key when it is read.
 */
final readonly class Settings
{
    /** Settings that have a name in .env. */
    private const NAMES = [
        'binary' => 'EXRUN_BINARY',
        'sudo' => 'EXRUN_SUDO',
        'transport' => 'EXRUN_TRANSPORT',
        'socket' => 'EXRUN_SOCKET',
        'token' => 'EXRUN_TOKEN',
        'limits.wall' => 'EXRUN_WALL',
        'limits.cpu' => 'EXRUN_CPU',
        'limits.output' => 'EXRUN_OUTPUT',
        'timeouts.compile' => 'EXRUN_COMPILE_TIMEOUT',
        'timeouts.process' => 'EXRUN_PROCESS_TIMEOUT',
        'timeouts.job' => 'EXRUN_JOB_TIMEOUT',
        'queue.connection' => 'EXRUN_QUEUE_CONNECTION',
        'queue.queue' => 'EXRUN_QUEUE',
        'results.store' => 'EXRUN_RESULTS_STORE',
        'results.redis_database' => 'EXRUN_REDIS_DB',
        'broadcast.enabled' => 'EXRUN_BROADCAST',
        'http.enabled' => 'EXRUN_HTTP',
        'http.profiles' => 'EXRUN_HTTP_PROFILES',
        'http.runs_per_minute' => 'EXRUN_HTTP_RUNS_PER_MINUTE',
        'http.runs_at_a_time' => 'EXRUN_HTTP_RUNS_AT_A_TIME',
        'http.polls_per_minute' => 'EXRUN_HTTP_POLLS_PER_MINUTE',
        'http.address.runs_per_minute' => 'EXRUN_HTTP_ADDRESS_RUNS_PER_MINUTE',
        'http.address.runs_at_a_time' => 'EXRUN_HTTP_ADDRESS_RUNS_AT_A_TIME',
        'http.address.polls_per_minute' => 'EXRUN_HTTP_ADDRESS_POLLS_PER_MINUTE',
        'http.max_waiting' => 'EXRUN_HTTP_MAX_WAITING',
        'http.path' => 'EXRUN_HTTP_PATH',
        'http.workers' => 'EXRUN_HTTP_WORKERS',
        'http.interactive' => 'EXRUN_HTTP_INTERACTIVE',
        'page.url' => 'EXRUN_PAGE_URL',
    ];

    private const PATHS = ['auto', 'service', 'queue'];

    private const TRANSPORTS = ['auto', 'socket', 'binary'];

    private const LIMITS = ['wall', 'cpu', 'memory', 'processes', 'output', 'disk', 'files'];

    public function __construct(private Repository $config) {}

    public function string(string $key): string
    {
        $value = $this->config->get("exrun.{$key}");

        return is_string($value) ? $value : throw $this->wrong($key, 'a text');
    }

    public function stringOrNull(string $key): ?string
    {
        $value = $this->config->get("exrun.{$key}");

        return match (true) {
            $value === null, $value === '' => null, // `EXRUN_QUEUE=` in .env does not name a queue
            is_string($value) => $value,
            default => throw $this->wrong($key, 'a text'),
        };
    }

    public function boolean(string $key): bool
    {
        // An .env file yields texts only if it is read without Laravel's own words for true and false.
        return filter_var($this->config->get("exrun.{$key}"), FILTER_VALIDATE_BOOL, FILTER_NULL_ON_FAILURE) ?? throw $this->wrong($key, 'true or false');
    }

    public function number(string $key): float
    {
        $value = $this->config->get("exrun.{$key}");

        return is_numeric($value) && $value >= 0 ? (float) $value : throw $this->wrong($key, 'a number');
    }

    public function integer(string $key): int
    {
        return (int) $this->number($key);
    }

    public function bytes(string $key): int
    {
        try {
            return Quantity::bytes($this->size($key) ?? '', $key);
        } catch (InvalidRun) {
            throw $this->wrong($key, "bytes, or a text such as '64K'");
        }
    }

    /** @return list<string> */
    public function strings(string $key): array
    {
        $values = $this->config->get("exrun.{$key}");

        return is_array($values) ? array_values(array_filter($values, is_string(...))) : throw $this->wrong($key, 'a list of texts');
    }

    /** @return list<int> */
    public function integers(string $key): array
    {
        $values = $this->config->get("exrun.{$key}");

        return is_array($values) ? array_values(array_filter($values, is_int(...))) : throw $this->wrong($key, 'a list of whole numbers');
    }

    /** @return 'auto'|'service'|'queue' */
    public function httpPath(): string
    {
        $name = $this->string('http.path');

        return in_array($name, self::PATHS, true) ? $name : throw $this->wrong('http.path', 'auto, service or queue');
    }

    /** @return 'auto'|'socket'|'binary' */
    public function transport(): string
    {
        $name = $this->string('transport');

        return in_array($name, self::TRANSPORTS, true) ? $name : throw $this->wrong('transport', 'auto, socket or binary');
    }

    /** Returns the address of the service that is set, or the usual one. */
    public function address(): Address
    {
        $text = $this->stringOrNull('socket') ?? Address::USUAL;
        $isAddress = str_starts_with($text, '/') || preg_match('/\A[^\s\/]+:\d{1,5}\z/', $text) === 1;

        return $isAddress ? new Address($text, $this->stringOrNull('token')) : throw $this->wrong('socket', 'the full path of a socket, or HOST:PORT');
    }

    public function timeouts(): Timeouts
    {
        return new Timeouts($this->number('timeouts.compile'), $this->number('timeouts.process'), $this->integer('timeouts.job'));
    }

    public function limits(): Limits
    {
        $add = fn (Limits $limits, string $name): Limits => $this->limit("limits.{$name}")->or($limits);

        return array_reduce(self::LIMITS, $add, new Limits);
    }

    /** Returns limits of which only this one is set. */
    private function limit(string $key): Limits
    {
        $name = Str::after($key, '.');

        try {
            return match ($name) {
                'wall', 'cpu' => Limits::of(...[$name => $this->quantity($key)]),
                'memory', 'output', 'disk' => Limits::of(...[$name => $this->size($key)]),
                default => Limits::of(...[$name => $this->count($key)]),
            };
        } catch (InvalidRun $e) {
            throw $this->wrong($key, explode('; it must be ', $e->detail)[1] ?? $e->detail);
        }
    }

    /**
     * Returns a sentence for each setting that can't be used, which names it and its value. Reads all of them.
     *
     * @return list<string>
     */
    public function faults(): array
    {
        $counts = ['runs_per_minute', 'runs_at_a_time', 'polls_per_minute'];
        $ofVisitors = array_map(fn (string $name): string => "http.{$name}", $counts);
        $ofAddresses = array_map(fn (string $name): string => "http.address.{$name}", $counts);
        $limits = array_map(fn (string $name): string => "limits.{$name}", self::LIMITS);
        $from = fn (int $least): Closure => fn (string $key): mixed => $this->mustBeWhole($key, $least);
        $checks = [
            [['http.enabled', 'http.interactive', 'broadcast.enabled', 'broadcast.private', 'sudo'], $this->boolean(...)],
            [['binary', 'http.prefix', 'examples.path'], $this->string(...)],
            [['queue.connection', 'queue.queue', 'results.store', 'token', 'page.url'], $this->stringOrNull(...)],
            [['transport'], $this->transport(...)],
            [['http.path'], $this->httpPath(...)],
            [['http.workers'], $from(0)],
            [['socket'], $this->address(...)],
            [['http.profiles', 'http.middleware', 'http.artifacts'], $this->strings(...)],
            [['queue.backoff'], $this->integers(...)],
            [[...$ofVisitors, ...$ofAddresses, 'http.max_waiting'], $from(1)],
            [['results.keep', 'broadcast.max_bytes', 'queue.tries', 'timeouts.job'], $from(1)],
            [['http.max.args', 'http.max.files'], $from(0)],
            [['http.max.body', 'http.max.source', 'http.max.stdin', 'http.max.files_bytes', 'http.max.artifacts'], $this->bytes(...)],
            [['timeouts.compile', 'timeouts.process'], $this->number(...)],
            [$limits, $this->limit(...)],
        ];
        $faults = [];

        foreach ($checks as [$keys, $check]) {
            foreach ($keys as $key) {
                try {
                    $check($key);
                } catch (InvalidArgumentException $e) {
                    $faults[] = $e->getMessage();
                }
            }
        }

        return $faults;
    }

    private function mustBeWhole(string $key, int $least): int
    {
        $value = $this->config->get("exrun.{$key}");
        $options = ['options' => ['min_range' => $least]];
        $number = is_int($value) || is_string($value) ? filter_var($value, FILTER_VALIDATE_INT, $options) : false;

        return is_int($number) ? $number : throw $this->wrong($key, "a whole number, {$least} at least");
    }

    private function quantity(string $key): int|float|string|null
    {
        $value = $this->config->get("exrun.{$key}");

        return match (true) {
            $value === null, $value === '' => null,
            is_int($value), is_float($value), is_string($value) => $value,
            default => throw $this->wrong($key, "seconds, or a text such as '500ms'"),
        };
    }

    private function size(string $key): int|string|null
    {
        $value = $this->quantity($key);

        return is_float($value) ? throw $this->wrong($key, "bytes, or a text such as '64M'") : $value;
    }

    private function count(string $key): ?int
    {
        $value = $this->quantity($key);

        return $value === null || is_numeric($value) ? ($value === null ? null : (int) $value) : throw $this->wrong($key, 'a whole number');
    }

    /** The exception names the setting as .env and as config/exrun.php do, and its value. */
    public function wrong(string $key, string $wanted): InvalidArgumentException
    {
        $value = $this->config->get("exrun.{$key}");
        $flags = JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_PARTIAL_OUTPUT_ON_ERROR;
        $shown = json_encode($value, $flags);
        $place = "exrun.{$key} in config/exrun.php";
        $name = isset(self::NAMES[$key]) ? self::NAMES[$key]." ({$place})" : $place;

        return new InvalidArgumentException("{$name} is ".Str::limit((string) $shown, 60)."; it must be {$wanted}.");
    }
}
