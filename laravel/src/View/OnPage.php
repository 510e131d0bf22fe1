<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\View;

use Illuminate\Support\Str;

/**
 * The snippets that the page of this request has so far. A snippet that depends on another one names it by its id.
 */
final class OnPage
{
    /** @var array<string, string> example => the id of its first snippet */
    private array $ids = [];

    /** @var array<string, int> id => how often it was wanted */
    private array $counts = [];

    /** Returns a new id for a snippet. */
    public function id(string $name): string
    {
        $id = 'exrun-'.Str::slug(str_replace(['/', '.'], '-', $name));
        $n = $this->counts[$id] = ($this->counts[$id] ?? 0) + 1;
        $id = $n === 1 ? $id : "{$id}-{$n}";
        $this->ids[$name] ??= $id;

        return $id;
    }

    public function idOf(string $example): ?string
    {
        return $this->ids[$example] ?? null;
    }
}
