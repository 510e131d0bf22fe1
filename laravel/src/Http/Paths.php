<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

/**
 * Addresses of the routes for a page: paths, with the folder of an application that has one.
 */
final readonly class Paths
{
    /** @param array<string, string> $parameters */
    public static function to(string $route, array $parameters): string
    {
        return request()->getBaseUrl().route($route, $parameters, absolute: false);
    }
}
