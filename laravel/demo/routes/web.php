<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Examples\Example;
use Illuminate\Contracts\View\View;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Route;

// The strictest policy with which the snippets of a page run.
Route::get('/', fn (): Response => response()->view('article')->header('Content-Security-Policy', "default-src 'self'"));

// The same without the element: a page with a script of its own.
Route::get('/plain', fn (ExampleRepository $examples): View => view('run', [
    'examples' => collect($examples->all())->reject(fn (Example $one): bool => str_starts_with($one->name, 'article/'))->sortByDesc('name')->values(),
]));
