<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\Requests\RunRequest;
use Exrun\Laravel\RunState;
use Illuminate\Http\JsonResponse;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/**
 * POST examples/run takes a program, GET examples/runs/{id} tells how it goes. Who knows an id may see its result; ids cannot be guessed.
 */
final readonly class RunController
{
    public function __construct(private Exrun $exrun) {}

    public function store(RunRequest $request): JsonResponse
    {
        try {
            $id = $request->toPendingRun()->dispatch();
        } catch (InvalidRun $e) {
            throw RunRequest::refused($e);
        }

        $url = route('exrun.result', $id, absolute: false);

        return $this->answer(['id' => $id, 'state' => RunState::Queued, 'url' => $url], 202, ['Location' => $url]);
    }

    public function show(string $id): JsonResponse
    {
        $result = $this->exrun->result($id);

        if ($result !== null) {
            return $this->answer(['id' => $id, 'state' => RunState::Finished, 'result' => $result], 200);
        }

        $state = $this->exrun->state($id) ?? throw new NotFoundHttpException('There is no such run, or its result has expired.');

        return $this->answer(['id' => $id, 'state' => $state], 202);
    }

    /**
     * @param  array<string, mixed>  $content
     * @param  array<string, string>  $headers
     */
    private function answer(array $content, int $status, array $headers = []): JsonResponse
    {
        // A result is for the page that asked: no cache on the way may keep it, nor a "not yet".
        return new JsonResponse($content, $status, ['Cache-Control' => 'no-store', ...$headers]);
    }
}
