<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Middleware;

use Closure;
use Exrun\Laravel\Support\Settings;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\HttpException;

/**
 * Refuses a request that is larger than any run may be, before it is parsed.
 */
final readonly class LimitBody
{
    public function __construct(private Settings $settings) {}

    /** @param Closure(Request): Response $next */
    public function handle(Request $request, Closure $next): Response
    {
        $most = $this->settings->bytes('http.max.body');

        if (max((int) $request->headers->get('Content-Length'), strlen($request->getContent())) > $most) {
            throw new HttpException(413, "A request may have {$most} bytes at most.");
        }

        return $next($request);
    }
}
