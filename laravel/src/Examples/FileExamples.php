<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Examples;

use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Result;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Support\Language;
use Exrun\Laravel\Verdict;
use Symfony\Component\Finder\Finder;

/**
 * Examples as files of a folder: `collections/map.php`, its input `map.php.in`, and its expected output `map.php.out`.
 * If an example must not end well, its verdict is in `map.php.verdict`: `timeout`, or `failed`, or `failed 3` if the
 * exit status matters. How it is put together is in `map.php.json` (Setup). A file whose name begins with `_` is only a
 * part of others.
 */
final readonly class FileExamples implements ExampleRepository
{
    public function __construct(private string $folder) {}

    public function all(): iterable
    {
        if (! is_dir($this->folder)) {
            return;
        }

        foreach ((new Finder)->files()->in($this->folder)->notName('_*')->sortByName() as $file) {
            $profile = Language::ofFile($file->getFilename());

            if ($profile !== null) {
                $path = $file->getPathname();
                $name = str_replace('\\', '/', substr($file->getRelativePathname(), 0, -strlen($file->getExtension()) - 1));

                yield new Example($this->unique($name, $file->getRelativePathname()), $profile, $file->getContents(), $this->read("{$path}.in") ?? '', $this->recorded($path), $this->setup($path));
            }
        }
    }

    public function record(Example $example, Result $result): void
    {
        $path = $this->path($example);
        file_put_contents("{$path}.out", $result->stdout);

        if ($result->verdict !== Verdict::Ok) {
            file_put_contents("{$path}.verdict", trim("{$result->verdict->value} ".($result->verdict === Verdict::Failed ? $result->exitCode : ''))."\n");
        } elseif (is_file("{$path}.verdict")) {
            unlink("{$path}.verdict");
        }
    }

    /** If `hello.php` and `hello.py` both exist, these are their names; `map.php` alone is `map`. */
    private function unique(string $name, string $path): string
    {
        return count($this->named($name)) > 1 ? $path : $name;
    }

    private function path(Example $example): string
    {
        foreach (["{$this->folder}/{$example->name}", ...$this->named($example->name)] as $path) {
            if (Language::ofFile($path) === $example->profile && is_file($path)) {
                return $path;
            }
        }

        return "{$this->folder}/{$example->name}";
    }

    /** @return list<string> the programs with this name in all languages */
    private function named(string $name): array
    {
        $others = glob(addcslashes("{$this->folder}/{$name}", '*?[]\\').'.*') ?: [];

        return array_values(array_filter($others, fn (string $other): bool => Language::ofFile($other) !== null));
    }

    private function recorded(string $path): ?Recorded
    {
        $stdout = $this->read("{$path}.out");
        [$verdict, $status] = [...explode(' ', trim($this->read("{$path}.verdict") ?? 'ok 0')), null];

        $known = Verdict::tryFrom((string) $verdict) ?? throw new Finding("\"{$verdict}\" in {$path}.verdict is no verdict. There are: ".implode(', ', array_column(Verdict::cases(), 'value')).'.');

        return $stdout === null ? null : new Recorded($stdout, $known, is_numeric($status) ? (int) $status : null);
    }

    private function setup(string $path): ?Setup
    {
        return is_file("{$path}.json") ? Setup::of("{$path}.json") : null;
    }

    private function read(string $path): ?string
    {
        return is_file($path) ? (string) file_get_contents($path) : null;
    }
}
