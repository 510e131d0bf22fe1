<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

use Exrun\Laravel\Contracts\ExampleRepository;
use Illuminate\Contracts\View\View;
use Illuminate\Support\Facades\Route;

Route::get('/', fn (ExampleRepository $examples): View => view('run', ['examples' => collect($examples->all())->sortByDesc('name')->values()]));
