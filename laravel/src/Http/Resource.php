<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Illuminate\Http\Request;
use Illuminate\Http\Response;

/**
 * Bytes that a stranger's program has written, for an image or a frame of the site: with the same headers as from exrun's
 * service, which keep them from acting in the site's name. They have an origin of their own and can load nothing.
 */
final readonly class Resource
{
    public const PAGE = 'text/html; charset=utf-8';

    private const TEXT = 'text/plain; charset=utf-8';

    private const ANY = 'application/octet-stream';

    private const TYPES = [
        'png' => 'image/png', 'jpg' => 'image/jpeg', 'jpeg' => 'image/jpeg', 'gif' => 'image/gif', 'webp' => 'image/webp', 'svg' => 'image/svg+xml',
        'html' => self::TEXT, 'htm' => self::TEXT, 'txt' => self::TEXT, 'log' => self::TEXT, 'md' => self::TEXT, 'csv' => self::TEXT,
        'json' => 'application/json',
    ];

    public static function type(string $path): string
    {
        return self::TYPES[strtolower(pathinfo($path, PATHINFO_EXTENSION))] ?? self::ANY;
    }

    /** A document of its own, with the site's address above it, could ask visitors for what is not its business. */
    public static function answer(Request $request, string $bytes, string $type): Response
    {
        $runsScripts = $request->query('scripts') === '1';
        $isPage = $request->headers->get('Sec-Fetch-Dest') === 'document' && in_array($type, [self::PAGE, self::TYPES['svg']], true);
        $type = $isPage ? self::TEXT : $type;

        return new Response($bytes, 200, [
            'Content-Type' => $type,
            'Content-Security-Policy' => self::policy($runsScripts),
            'X-Content-Type-Options' => 'nosniff',
            'Cache-Control' => 'private, no-store',
            'X-Robots-Tag' => 'noindex',
            'Referrer-Policy' => 'no-referrer',
            'Cross-Origin-Resource-Policy' => 'same-origin',
            'Vary' => 'Sec-Fetch-Dest',
            ...($type === self::ANY ? ['Content-Disposition' => 'attachment'] : []),
        ]);
    }

    private static function policy(bool $runsScripts): string
    {
        return 'sandbox'.($runsScripts ? ' allow-scripts' : '')."; default-src 'none'; style-src 'unsafe-inline'; img-src data:".($runsScripts ? "; script-src 'unsafe-inline'" : '').
            "; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
    }
}
