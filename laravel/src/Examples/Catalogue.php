<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Examples;

use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Support\Finding;
use PhpToken;

/**
 * The examples by their names, and the text of each as it is run: with the ones that it depends on before it.
 */
final class Catalogue
{
    /** @var array<string, Example>|null read at the first question */
    private ?array $examples = null;

    public function __construct(private readonly ExampleRepository $repository) {}

    /** @throws Finding if there is no such example */
    public function named(string $name): Example
    {
        $this->examples ??= array_column([...$this->repository->all()], null, 'name');

        return $this->examples[$name] ?? throw new Finding("There is no example \"{$name}\". Examples are looked for in examples.path of config/exrun.php.");
    }

    /**
     * Returns the source that is run. The element of the page does the same (web/src/more/compose.js).
     *
     * @throws Finding if an example depends on one that doesn't exist, or on itself
     */
    public function sourceOf(Example $example): string
    {
        $source = '';

        foreach ($this->inOrder($example) as $one) {
            $part = $one->setup->around(preg_replace('/\n\z/', '', $one->source) ?? $one->source);
            $source .= ($example->profile === 'php' && $this->endsInPhp($source) ? preg_replace('/\A<\?php/', '', $part) : $part)."\n";
        }

        return $source;
    }

    /**
     * Returns the files of the example and of those that it depends on. Of two with the same path, the example's own one counts.
     *
     * @return array<array-key, string> path in the cell => content
     *
     * @throws Finding if an example depends on one that doesn't exist, or on itself
     */
    public function filesOf(Example $example): array
    {
        $files = [];

        foreach ($this->inOrder($example) as $one) {
            $files = array_replace($files, $one->setup->files);
        }

        return $files;
    }

    /** Returns true if text that is added to the source would be in PHP's tags. */
    private function endsInPhp(string $source): bool
    {
        $tokens = PhpToken::tokenize($source);

        return $tokens !== [] && ! end($tokens)->is([T_INLINE_HTML, T_CLOSE_TAG]);
    }

    /**
     * @param  list<string>  $path  names of the examples that need this one
     * @param  array<string, Example>  $before
     * @return array<string, Example> each once, and before those that need it
     */
    private function inOrder(Example $example, array $path = [], array $before = []): array
    {
        if (in_array($example->name, $path, true)) {
            throw new Finding("depends_on of \"{$example->name}\" leads back to itself.");
        }

        foreach ($example->setup->dependsOn as $name) {
            $needed = $this->named($name);

            if ($needed->profile !== $example->profile) {
                throw new Finding("\"{$example->name}\" depends on \"{$name}\", which is in another language.");
            }

            $before = $this->inOrder($needed, [...$path, $example->name], $before);
        }

        return $before + [$example->name => $example];
    }
}
