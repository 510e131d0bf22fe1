<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Illuminate\Http\JsonResponse;

/**
 * The JSON that the routes answer with. It is only for the page that asked, so caches on the way must keep neither a
 * result nor a "not yet".
 */
final readonly class JsonAnswer
{
    /**
     * @param  array<string, mixed>  $content
     * @param  array<string, mixed>  $headers
     */
    public static function of(array $content, int $status = 200, array $headers = []): JsonResponse
    {
        return new JsonResponse($content, $status, ['Cache-Control' => 'no-store', ...$headers], JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }
}
