<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http;

use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Symfony\Component\HttpKernel\Exception\HttpException;

/**
 * Tells a visitor that no program can be run now. Only an operator's own words are for visitors.
 */
final readonly class Unavailable
{
    public static function of(ServiceUnavailable $e): HttpException
    {
        $sentence = $e->isMaintenance ? $e->getMessage() : 'No program can be run at the moment. Please try again in a little while.';

        return new HttpException($e->status, $sentence, $e, ['Retry-After' => (string) ($e->retryAfter ?? 5)]);
    }
}
