<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Middleware;

use Closure;
use Exrun\Laravel\Http\JsonAnswer;
use Illuminate\Http\JsonResponse;
use Illuminate\Http\Request;
use Illuminate\Validation\ValidationException;
use Symfony\Component\HttpFoundation\Response;

/**
 * Answers a client that accepts application/problem+json (RFC 9457) as exrun's service does. Others get Laravel's form.
 */
final readonly class TellsProblems
{
    /** @param Closure(Request): Response $next */
    public function handle(Request $request, Closure $next): Response
    {
        $response = $next($request);

        return $response->getStatusCode() >= 400 && AcceptedTypes::has($request, AcceptedTypes::PROBLEM) ? $this->problem($response) : $response;
    }

    private function problem(Response $response): Response
    {
        $e = $response instanceof JsonResponse ? $response->exception : null;
        $problem = [
            'type' => 'about:blank',
            'title' => Response::$statusTexts[$response->getStatusCode()] ?? 'Error',
            'status' => $response->getStatusCode(),
            ...($e instanceof ValidationException ? $this->ofForm($e) : ['detail' => $this->detail($response)]),
        ];
        $headers = array_intersect_key($response->headers->all(), ['retry-after' => 1, 'allow' => 1]);

        return JsonAnswer::of($problem, $response->getStatusCode(), [...$headers, 'Content-Type' => AcceptedTypes::PROBLEM]);
    }

    /** @return array{detail: string, pointer: string} */
    private function ofForm(ValidationException $e): array
    {
        $errors = $e->errors();
        $member = (string) array_key_first($errors);
        $sentences = $errors[$member] ?? [];

        return ['detail' => is_array($sentences) && is_string($sentences[0] ?? null) ? $sentences[0] : $e->getMessage(), 'pointer' => '/'.str_replace('.', '/', $member)];
    }

    /** The message that Laravel would show, which hides those of faults. */
    private function detail(Response $response): string
    {
        $shown = json_decode((string) $response->getContent(), true);
        $message = is_array($shown) && is_string($shown['message'] ?? null) ? $shown['message'] : '';

        return $message === '' ? Response::$statusTexts[$response->getStatusCode()] ?? 'Error' : $message;
    }
}
