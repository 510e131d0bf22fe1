<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Exrun\Laravel\Data\Artifact;
use Exrun\Laravel\Result;

/**
 * A result as a page gets it: its files and its output have URLs, which an image or a frame can show.
 */
final readonly class PageResult
{
    /** @return array<string, mixed> */
    public static function of(string $id, Result $result): array
    {
        $artifacts = array_map(fn (Artifact $one): array => [...$one->toArray(), 'url' => self::artifact($id, $one->path)], $result->artifacts);

        return [
            ...$result->jsonSerialize(),
            ...($artifacts === [] ? [] : ['artifacts' => $artifacts]),
            'output_url' => Paths::to('exrun.output', ['id' => $id]),
        ];
    }

    private static function artifact(string $id, string $path): string
    {
        // Laravel's own encoding leaves "?", "#" and "%" as they are, and the first two end a path.
        return substr(Paths::to('exrun.artifact', ['id' => $id, 'path' => '-']), 0, -1).implode('/', array_map(rawurlencode(...), explode('/', $path)));
    }
}
