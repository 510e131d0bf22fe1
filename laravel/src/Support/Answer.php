<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use JsonException;

/**
 * Reads one JSON object of exrun by type, and remembers the JSON pointer of the current member. If an answer breaks the
 * contract, the error names its place, instead of a null that appears somewhere else.
 */
final readonly class Answer
{
    /** @param array<array-key, mixed> $values */
    private function __construct(private array $values, private string $pointer = '') {}

    public static function fromJson(string $text): self
    {
        try {
            $values = json_decode($text, true, 64, JSON_THROW_ON_ERROR);
        } catch (JsonException $e) {
            throw UnexpectedAnswer::notJson($text, $e);
        }

        // PHP reads {} and [] as the same.
        return is_array($values) && str_starts_with(ltrim($text), '{') ? new self($values) : throw UnexpectedAnswer::notJson($text);
    }

    /** @param array<array-key, mixed> $values */
    public static function fromArray(array $values): self
    {
        return new self($values);
    }

    public function has(string $key): bool
    {
        return isset($this->values[$key]);
    }

    public function string(string $key): string
    {
        $value = $this->values[$key] ?? null;

        return is_string($value) ? $value : throw $this->unexpected($key, 'a string');
    }

    public function stringOr(string $key, ?string $default): ?string
    {
        return $this->has($key) ? $this->string($key) : $default;
    }

    public function integer(string $key): int
    {
        $value = $this->values[$key] ?? null;

        return is_int($value) ? $value : throw $this->unexpected($key, 'a whole number');
    }

    public function integerOr(string $key, ?int $default): ?int
    {
        return $this->has($key) ? $this->integer($key) : $default;
    }

    public function boolean(string $key): bool
    {
        $value = $this->values[$key] ?? null;

        return is_bool($value) ? $value : throw $this->unexpected($key, 'true or false');
    }

    public function object(string $key): self
    {
        $value = $this->values[$key] ?? null;

        return is_array($value) ? new self($value, "{$this->pointer}/{$key}") : throw $this->unexpected($key, 'an object');
    }

    public function objectOrNull(string $key): ?self
    {
        return $this->has($key) ? $this->object($key) : null;
    }

    /**
     * Returns the objects of a list, or an empty list if the member is missing.
     *
     * @return list<self>
     */
    public function objects(string $key): array
    {
        $list = $this->has($key) ? $this->object($key) : new self([]);

        return array_map(fn (int|string $at): self => $list->object((string) $at), array_keys($list->values));
    }

    /**
     * Returns the strings of a list or of an object, or an empty list if the member is missing.
     *
     * @return array<array-key, string>
     */
    public function strings(string $key): array
    {
        $list = $this->has($key) ? $this->object($key) : new self([]);
        $strings = [];

        foreach (array_keys($list->values) as $at) {
            $strings[$at] = $list->string((string) $at);
        }

        return $strings;
    }

    /** Returns bytes that were sent as text, or as base64 if a JSON string can't carry them. */
    public function bytes(string $key, string $encoding): string
    {
        $text = $this->string($key);
        $bytes = $encoding === 'base64' ? base64_decode($text, true) : $text;

        return is_string($bytes) ? $bytes : throw $this->unexpected($key, 'base64');
    }

    private function unexpected(string $key, string $wanted): UnexpectedAnswer
    {
        return UnexpectedAnswer::member("{$this->pointer}/{$key}", $wanted);
    }
}
