<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\View;

use Closure;
use Exrun\Laravel\Examples\Catalogue;
use Illuminate\Http\Request;
use Illuminate\Support\Str;

/**
 * The snippets that the page of this request has so far. A snippet that depends on another one names it by its id.
 */
final class OnPage
{
    /** @var array<string, string> example => the id of its first snippet */
    private array $ids = [];

    /** @var array<string, true> */
    private array $taken = [];

    public function __construct(public readonly Catalogue $catalogue) {}

    /**
     * Returns the one of this request. The next page begins anew, also in a process that makes many.
     *
     * @param  Closure(): Catalogue  $read
     */
    public static function of(Request $request, Closure $read): self
    {
        $page = $request->attributes->get(self::class);

        if (! $page instanceof self) {
            $request->attributes->set(self::class, $page = new self($read()));
        }

        return $page;
    }

    /**
     * Returns the id for a snippet.
     *
     * @param  string  $wanted  the author's, or '' for a new one
     */
    public function id(string $name, string $wanted): string
    {
        $first = $id = 'exrun-'.Str::slug(str_replace(['/', '.'], '-', $name));

        for ($n = 2; $wanted === '' && isset($this->taken[$id]); $n++) {
            $id = "{$first}-{$n}";
        }

        $id = $wanted === '' ? $id : $wanted;
        $this->taken[$id] = true;
        $this->ids[$name] ??= $id;

        return $id;
    }

    public function idOf(string $example): ?string
    {
        return $this->ids[$example] ?? null;
    }
}
