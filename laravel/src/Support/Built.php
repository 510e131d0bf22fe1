<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use RuntimeException;

/**
 * The built files of the page's element, `dist/` of this package, as its manifest lists them.
 */
final readonly class Built
{
    /**
     * @param  string  $hash  of all files together
     * @param  array<string, string>  $types  file => its type
     */
    private function __construct(public string $folder, public string $hash, private array $types) {}

    public static function here(): self
    {
        return self::in(dirname(__DIR__, 2).'/dist') ?? throw new RuntimeException('The package has no dist/manifest.json. Install it again.');
    }

    /** Returns the files of a folder, or null if there are none. */
    public static function in(string $folder): ?self
    {
        $manifest = is_file("{$folder}/manifest.json") ? json_decode((string) file_get_contents("{$folder}/manifest.json"), true) : null;
        $types = [];

        if (! is_array($manifest) || ! is_string($manifest['hash'] ?? null) || ! is_array($manifest['files'] ?? null)) {
            return null;
        }

        foreach ($manifest['files'] as $name => $file) {
            $types[(string) $name] = is_array($file) && is_string($file['type'] ?? null) ? $file['type'] : 'application/octet-stream';
        }

        return new self($folder, $manifest['hash'], $types);
    }

    /** Returns the file that another release has under this name. Only the hash in the two names differs. */
    public function counterpart(string $file): ?string
    {
        $kind = fn (string $name): string => (string) preg_replace('/-[0-9a-f]{8}(?=\.\w+\z)/', '', $name);

        foreach (array_keys($this->types) as $name) {
            if ($kind($name) === $kind($file)) {
                return $name;
            }
        }

        return null;
    }

    /** Returns the type of a file, or null if there is no such file. */
    public function type(string $file): ?string
    {
        return $this->types[$file] ?? null;
    }
}
