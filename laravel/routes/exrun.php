<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

use Exrun\Laravel\Http\Controllers\LiveRunController;
use Exrun\Laravel\Http\Controllers\ResourceController;
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
Route::prefix('runs/{id}')->where(['id' => '[A-Za-z0-9_-]{1,64}'])->middleware([AcceptedTypes::class, TellsProblems::class, 'throttle:exrun-results'])->group(function (): void {
    Route::get('', [RunController::class, 'show'])->name('exrun.result');
    Route::delete('', [LiveRunController::class, 'destroy'])->name('exrun.end');
    Route::post('stdin', [LiveRunController::class, 'input'])->middleware(LimitBody::class)->name('exrun.stdin');
    Route::get('events', [LiveRunController::class, 'events'])->name('exrun.events');
    Route::get('output', [ResourceController::class, 'output'])->name('exrun.output');
    Route::get('artifacts/{path}', [ResourceController::class, 'artifact'])->where('path', '.+')->name('exrun.artifact');
});
