<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Exrun\Laravel\Http\JsonAnswer;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;

/**
 * GET examples/token: what a page needs that a cache may have kept for all visitors.
 */
final readonly class TokenController
{
    public function __invoke(Request $request): JsonResponse
    {
        return JsonAnswer::of(['csrf' => $request->hasSession() ? $request->session()->token() : null]);
    }
}
