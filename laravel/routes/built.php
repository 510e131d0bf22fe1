<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

use Exrun\Laravel\Http\Controllers\BuiltFileController;
use Illuminate\Support\Facades\Route;

// Without a session: everybody gets the same files.
Route::get('exrun/{hash}/{file}', BuiltFileController::class)->where(['hash' => '[0-9a-f]{16}', 'file' => '[a-z0-9.-]+'])->name('exrun.file');
