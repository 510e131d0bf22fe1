<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\View;

use Exrun\Laravel\Http\Paths;
use Exrun\Laravel\Support\Built;
use Exrun\Laravel\Support\Settings;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\Facades\Vite;

/**
 * Writes `@exrunScripts` into the head of a page: the script that makes snippets run, and the style sheet that
 * keeps their place until then. Nothing in it is of one visitor, so a cache may keep the page.
 */
final readonly class Scripts
{
    public function __construct(private Settings $settings) {}

    public function tags(): string
    {
        if (! Route::has('exrun.runs')) {
            return '<!-- exrun: the snippets of this page do not run, because EXRUN_HTTP is not true -->';
        }

        $nonce = Vite::cspNonce();
        $nonce = $nonce === null ? '' : ' nonce="'.e($nonce).'"';
        $folder = $this->folder();

        return '<link rel="stylesheet" href="'.e("{$folder}/reserve.css").'"'.$nonce.">\n".
            '<script src="'.e("{$folder}/exrun.js").'" data-server="'.e(Paths::to('exrun.runs', [])).'" data-token-url="'.e(Paths::to('exrun.token', [])).'"'.$nonce.' defer></script>';
    }

    /** Returns the address of the folder that has the files. */
    private function folder(): string
    {
        $url = $this->settings->stringOrNull('page.url');

        return $url === null ? dirname(Paths::to('exrun.file', ['hash' => Built::here()->hash, 'file' => 'exrun.js'])) : rtrim($url, '/');
    }
}
