<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

use Exrun\Laravel\Http\Controllers\RunController;
use Exrun\Laravel\Http\Controllers\TokenController;
use Exrun\Laravel\Http\Middleware\AcceptedTypes;
use Exrun\Laravel\Http\Middleware\LimitBody;
use Exrun\Laravel\Http\Middleware\TellsProblems;
use Illuminate\Support\Facades\Route;

Route::post('runs', [RunController::class, 'create'])->middleware([AcceptedTypes::class, TellsProblems::class, LimitBody::class, 'throttle:exrun'])->name('exrun.runs');
// Of older pages, which poll.
Route::post('run', [RunController::class, 'store'])->middleware([LimitBody::class, 'throttle:exrun'])->name('exrun.run');
Route::get('token', TokenController::class)->middleware('throttle:exrun-token')->name('exrun.token');
Route::get('runs/{id}', [RunController::class, 'show'])->middleware([AcceptedTypes::class, TellsProblems::class, 'throttle:exrun-results'])->where('id', '[A-Za-z0-9_-]{1,64}')->name('exrun.result');
