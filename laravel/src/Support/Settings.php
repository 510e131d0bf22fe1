<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Data\Limits;
use Illuminate\Contracts\Config\Repository;
use InvalidArgumentException;

/**
 * config/exrun.php by type: a setting of the wrong kind is named by its key, where it is read.
 */
final readonly class Settings
{
    public function __construct(private Repository $config) {}

    public function string(string $key): string
    {
        return $this->stringOrNull($key) ?? throw $this->wrong($key, 'a text');
    }

    public function stringOrNull(string $key): ?string
    {
        $value = $this->config->get("exrun.{$key}");

        return $value === null || is_string($value) ? $value : throw $this->wrong($key, 'a text');
    }

    public function boolean(string $key): bool
    {
        // An .env file has texts only where it is read without Laravel's own words for true and false.
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
        return Quantity::bytes($this->size($key) ?? throw $this->wrong($key, "bytes, or a text such as '64K'"), $key);
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

    public function timeouts(): Timeouts
    {
        return new Timeouts($this->number('timeouts.compile'), $this->number('timeouts.process'), $this->integer('timeouts.job'));
    }

    public function limits(): Limits
    {
        return Limits::of(
            $this->quantity('limits.wall'),
            $this->quantity('limits.cpu'),
            $this->size('limits.memory'),
            $this->count('limits.processes'),
            $this->size('limits.output'),
            $this->size('limits.disk'),
            $this->count('limits.files'),
        );
    }

    private function quantity(string $key): int|float|string|null
    {
        $value = $this->config->get("exrun.{$key}");

        return $value === null || is_int($value) || is_float($value) || is_string($value) ? $value : throw $this->wrong($key, "seconds, or a text such as '500ms'");
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

    private function wrong(string $key, string $wanted): InvalidArgumentException
    {
        return new InvalidArgumentException("exrun.{$key} in config/exrun.php must be {$wanted}.");
    }
}
