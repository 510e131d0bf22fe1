<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Exrun\Laravel\Result;

/**
 * A result as a page gets it: its files and its output have URLs, which an image or a frame can show.
 */
final readonly class PageResult
{
    /** @return array<string, mixed> */
    public static function of(string $id, Result $result): array
    {
        $members = $result->jsonSerialize();
        $artifacts = is_array($members['artifacts'] ?? null) ? array_filter($members['artifacts'], is_array(...)) : [];

        if ($artifacts !== []) {
            $members['artifacts'] = array_map(fn (array $one): array => [...$one, 'url' => self::artifact($id, is_string($one['path'] ?? null) ? $one['path'] : '')], array_values($artifacts));
        }

        return [...$members, 'output_url' => Paths::to('exrun.output', ['id' => $id])];
    }

    private static function artifact(string $id, string $path): string
    {
        // Laravel would leave characters as they are that end a path.
        return substr(Paths::to('exrun.artifact', ['id' => $id, 'path' => '-']), 0, -1).implode('/', array_map(rawurlencode(...), explode('/', $path)));
    }
}
