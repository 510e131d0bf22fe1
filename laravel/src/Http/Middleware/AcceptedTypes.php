<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Symfony\Component\HttpFoundation\Response;

/**
 * Notes which of exrun's own types a request accepts. Laravel looks only at the first type, and would answer a refusal
 * of such a request with a redirection, so from here on it accepts JSON.
 */
final readonly class AcceptedTypes
{
    public const EVENTS = 'text/event-stream';

    public const PROBLEM = 'application/problem+json'; // RFC 9457

    private const NOTE = 'exrun.accepts.';

    /** @param Closure(Request): Response $next */
    public function handle(Request $request, Closure $next): Response
    {
        // Not by getAcceptableContentTypes(), which remembers what the header was.
        $accepted = (string) $request->headers->get('Accept');

        foreach ([self::EVENTS, self::PROBLEM] as $type) {
            if (str_contains($accepted, $type)) {
                $request->attributes->set(self::NOTE.$type, true);
                $request->headers->set('Accept', 'application/json');
            }
        }

        return $next($request);
    }

    /** @param self::EVENTS|self::PROBLEM $type */
    public static function has(Request $request, string $type): bool
    {
        return $request->attributes->get(self::NOTE.$type) === true;
    }
}
