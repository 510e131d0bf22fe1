<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Exrun\Laravel\Support\Built;
use Symfony\Component\HttpFoundation\BinaryFileResponse;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/**
 * GET exrun/{hash}/{file}: a file of the page's element. Its address changes with its content, so a browser asks for it
 * once. A page that a cache has kept since the last release gets the files of this one, which are not kept under the
 * old address.
 */
final readonly class BuiltFileController
{
    public function __invoke(string $hash, string $file): BinaryFileResponse
    {
        $built = Built::here();
        $file = $hash === $built->hash ? $file : $built->counterpart($file) ?? $file;
        $type = $built->type($file) ?? throw new NotFoundHttpException('There is no such file.');

        return new BinaryFileResponse("{$built->folder}/{$file}", 200, [
            'Content-Type' => $type,
            'Cache-Control' => $hash === $built->hash ? 'public, max-age=31536000, immutable' : 'no-cache',
            'X-Content-Type-Options' => 'nosniff',
            // A page of another origin may load a module, and its own script says where its runs go.
            'Cross-Origin-Resource-Policy' => 'cross-origin',
        ]);
    }
}
