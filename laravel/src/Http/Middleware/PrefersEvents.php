<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * Notes that a page can read a stream of events. Laravel looks only at the first type that a request accepts, and would
 * answer a refusal of such a request with a redirection, so from here on it accepts JSON.
 */
final readonly class PrefersEvents
{
    private const NAME = 'exrun.events';

    /** @param Closure(Request): Response $next */
    public function handle(Request $request, Closure $next): Response
    {
        // Not by getAcceptableContentTypes(), which remembers what the header was.
        if (str_contains((string) $request->headers->get('Accept'), 'text/event-stream')) {
            $request->attributes->set(self::NAME, true);
            $request->headers->set('Accept', 'application/json');
        }

        return $next($request);
    }

    public static function in(Request $request): bool
    {
        return $request->attributes->get(self::NAME) === true;
    }
}
