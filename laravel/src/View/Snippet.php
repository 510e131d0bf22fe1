<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\View;

use Exrun\Laravel\Examples\Example;
use Exrun\Laravel\Examples\Setup;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Support\Language;
use Illuminate\Contracts\View\View;
use Illuminate\View\Component;

/**
 * `<x-exrun-snippet example="collections/map" />`, or code of your own: `<x-exrun-snippet profile="php" :code="$code" />`
 * or as the content. Every other attribute goes to the element.
 */
final class Snippet extends Component
{
    private readonly ?Example $found;

    /** @param string $example its name, or '' for code of your own */
    public function __construct(
        private readonly OnPage $page,
        public string $example = '',
        public string $profile = '',
        public string $code = '',
        public string $id = '',
    ) {
        $this->found = $example === '' ? null : $page->catalogue->named($example);
        $this->profile = $this->found->profile ?? ($profile !== '' ? $profile : throw new Finding('<x-exrun-snippet> needs an example, or a profile such as "php" and code.'));
        $this->id = $page->id($example === '' ? 'snippet' : $example, $id);
    }

    public function render(): View
    {
        return view('exrun::snippet', [
            'before' => $this->missing(),
            'own' => $this->own(...), // after the ones before it, which have their ids only then
            'source' => $this->found->source ?? $this->code,
            'recorded' => $this->found?->recorded?->stdout,
            'stdin' => $this->stdin(), // not one of the others, which are trimmed
            'parts' => $this->parts(),
        ]);
    }

    /** Returns "ask", or the text that is in the field at first. */
    private function stdin(): string
    {
        $text = $this->found->stdin ?? '';

        return match (true) {
            $this->found->setup->asks ?? false => 'ask',
            in_array($text, ['ask', 'text'], true) => "{$text}\n", // without the line break they would be words for the element
            default => $text,
        };
    }

    /** @return list<string> the examples that this one depends on, and that the page has not shown yet */
    private function missing(): array
    {
        return array_values(array_filter($this->found->setup->dependsOn ?? [], fn (string $name): bool => $this->page->idOf($name) === null));
    }

    /** @return array<string, string> attributes of the element */
    private function own(): array
    {
        $setup = $this->found->setup ?? Setup::none();

        return array_filter([
            'id' => $this->id,
            'profile' => $this->profile,
            'example' => $this->example,
            'language' => Language::title($this->profile),
            'template' => $setup->template === null ? '' : "#{$this->id}-template",
            'files' => implode(',', array_map(fn (string $path): string => "{$path}:#{$this->fileId($path)}", array_keys($setup->files))),
            'depends-on' => implode(' ', array_map(fn (string $name): string => (string) $this->page->idOf($name), $setup->dependsOn)),
            'args' => $setup->args === [] ? '' : (string) json_encode($setup->args, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE),
            'compare' => $setup->compares ? '' : 'no',
        ], fn (string $value): bool => $value !== '');
    }

    /** @return array<string, string> id => hidden text of the page */
    private function parts(): array
    {
        $parts = [];

        if ($this->found?->setup->template !== null) {
            $parts["{$this->id}-template"] = $this->found->setup->template;
        }

        foreach ($this->found->setup->files ?? [] as $path => $content) {
            $parts[$this->fileId($path)] = $content;
        }

        return $parts;
    }

    /** A path can have characters that an id in a selector can't. */
    private function fileId(string $path): string
    {
        return "{$this->id}-file-".(int) array_search($path, array_keys($this->found->setup->files ?? []), true);
    }
}
