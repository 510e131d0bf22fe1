<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Examples;

use Exrun\Laravel\Support\Finding;

/**
 * How an example is put together, as its `.json` file says: `collections/map.php.json` beside `collections/map.php`. A
 * page and `examples:verify` run the same text because both read this.
 */
final readonly class Setup
{
    private const MARK = '##CODE##';

    /**
     * @param  string|null  $template  hidden code with ##CODE## in the place of the example's own, or null
     * @param  array<string, string>  $files  path in the cell => content
     * @param  list<string>  $dependsOn  names of examples whose code comes before this one's
     * @param  list<string>  $args
     * @param  bool  $asks  the program asks for its input while it runs
     * @param  bool  $compares  false: each run prints something else, so nothing is compared with the recorded output
     */
    private function __construct(
        public string $title = '',
        public ?string $template = null,
        public array $files = [],
        public array $dependsOn = [],
        public array $args = [],
        public bool $asks = false,
        public bool $compares = true,
    ) {}

    public static function none(): self
    {
        return new self;
    }

    /**
     * @param  string  $path  of the file, whose folder has the template and the files
     *
     * @throws Finding if the file, or one that it names, can't be used
     */
    public static function of(string $path): self
    {
        $members = json_decode(self::read($path), true);

        if (! is_array($members)) {
            throw new Finding("{$path} is not a JSON object.");
        }

        $unknown = array_diff(array_keys($members), ['title', 'template', 'files', 'depends_on', 'args', 'stdin', 'compare']);

        if ($unknown !== []) {
            throw new Finding("{$path} has \"".reset($unknown).'". An example may have: title, template, files, depends_on, args, stdin, compare.');
        }

        $member = fn (string $name, mixed $otherwise): mixed => $members[$name] ?? $otherwise;

        return new self(
            title: self::text($path, '/title', $member('title', '')),
            template: isset($members['template']) ? self::template($path, $members['template']) : null,
            files: self::files($path, $member('files', [])),
            dependsOn: self::texts($path, '/depends_on', $member('depends_on', [])),
            args: self::texts($path, '/args', $member('args', [])),
            asks: self::oneOf($path, '/stdin', $member('stdin', 'text'), ['text', 'ask']) === 'ask',
            compares: self::oneOf($path, '/compare', $member('compare', 'yes'), ['yes', 'no']) === 'yes',
        );
    }

    /** Returns the example's code inside its hidden code. */
    public function around(string $code): string
    {
        return $this->template === null ? $code : implode($code, explode(self::MARK, $this->template, 2));
    }

    private static function template(string $path, mixed $name): string
    {
        $template = self::read(dirname($path).'/'.self::text($path, '/template', $name));

        return str_contains($template, self::MARK) ? rtrim($template, "\n") : throw new Finding("{$path}: /template: ".self::text($path, '/template', $name).' has no '.self::MARK.'.');
    }

    /** @return array<string, string> */
    private static function files(string $path, mixed $files): array
    {
        $contents = [];
        $folder = dirname($path);

        foreach (is_array($files) ? $files : [$files] as $name => $file) {
            $file = self::text($path, '/files', $file);
            $name = is_int($name) ? basename($file) : $name;

            // A page lists them in an attribute: path:#id, path:#id.
            if (preg_match('/,|:[#.]|^\s|\s$/', $name) === 1) {
                throw new Finding("{$path}: /files: \"{$name}\" can't be a name on a page. Leave out commas, colons and blanks at its ends.");
            }

            $contents[$name] = self::read("{$folder}/{$file}");
        }

        return $contents;
    }

    private static function text(string $path, string $place, mixed $value): string
    {
        return is_string($value) ? $value : throw new Finding("{$path}: {$place} must be text.");
    }

    /** @return list<string> */
    private static function texts(string $path, string $place, mixed $value): array
    {
        $values = is_array($value) && array_is_list($value) ? $value : throw new Finding("{$path}: {$place} must be a list of texts.");

        return array_map(fn (mixed $one): string => self::text($path, $place, $one), $values);
    }

    /** @param list<string> $known */
    private static function oneOf(string $path, string $place, mixed $value, array $known): string
    {
        return is_string($value) && in_array($value, $known, true) ? $value : throw new Finding("{$path}: {$place} must be \"".implode('" or "', $known).'".');
    }

    private static function read(string $path): string
    {
        return is_file($path) ? (string) file_get_contents($path) : throw new Finding("{$path} can't be read.");
    }
}
