<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Closure;
use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\DirectRun;
use Exrun\Laravel\Http\JsonAnswer;
use Exrun\Laravel\Http\PageResult;
use Exrun\Laravel\Http\Paths;
use Exrun\Laravel\Http\QueuedRun;
use Exrun\Laravel\Http\Requests\RunRequest;
use Exrun\Laravel\Http\Unavailable;
use Exrun\Laravel\RunState;
use Illuminate\Http\JsonResponse;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Exception\HttpException;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/**
 * POST examples/runs takes a program, GET examples/runs/{id} returns its state. Anyone who knows an id may see its
 * result, so ids cannot be guessed.
 */
final readonly class RunController
{
    public function __construct(private Exrun $exrun) {}

    /** Answers with the result, or with its events as they happen, if the service is there, else as store() does. */
    public function create(RunRequest $request, DirectRun $direct): Response
    {
        return $this->refusing(fn (): ?Response => $direct->answer($request, $request->toPendingRun()->toRun())) ?? $this->store($request);
    }

    public function store(RunRequest $request): JsonResponse
    {
        // Created only now, because a run that is answered at once needs no queue.
        $id = $this->refusing(fn (): string => app(QueuedRun::class)->dispatch($request, $request->toPendingRun()));
        $url = Paths::to('exrun.result', ['id' => $id]);

        return JsonAnswer::of(['id' => $id, 'state' => RunState::Queued, 'url' => $url, ...$this->before($id)], 202, ['Location' => $url]);
    }

    public function show(string $id): JsonResponse
    {
        $result = $this->exrun->result($id);

        if ($result !== null) {
            return JsonAnswer::of(['id' => $id, 'state' => RunState::Finished, 'result' => PageResult::of($id, $result)]);
        }

        $state = $this->exrun->state($id) ?? throw new NotFoundHttpException('There is no such run, or its result has expired.');

        return JsonAnswer::of(['id' => $id, 'state' => $state, ...($state === RunState::Queued ? $this->before($id) : [])], 202);
    }

    /**
     * Does it, and tells the visitor why a run is refused.
     *
     * @template T
     *
     * @param  Closure(): T  $do
     * @return T
     */
    private function refusing(Closure $do): mixed
    {
        try {
            return $do();
        } catch (ServiceUnavailable $e) {
            throw Unavailable::of($e);
        } catch (Crowded $e) {
            throw new HttpException($e->status, $e->getMessage(), $e, ['Retry-After' => (string) $e->seconds]);
        } catch (InvalidRun $e) {
            throw RunRequest::refused($e);
        }
    }

    /** @return array{before?: int} */
    private function before(string $id): array
    {
        $before = $this->exrun->before($id);

        return $before === null ? [] : ['before' => $before];
    }
}
