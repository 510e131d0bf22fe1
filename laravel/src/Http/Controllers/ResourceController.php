<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Http\Controllers;

use Exrun\Laravel\Exrun;
use Exrun\Laravel\Http\Resource;
use Exrun\Laravel\Result;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Symfony\Component\HttpKernel\Exception\HttpException;
use Symfony\Component\HttpKernel\Exception\NotFoundHttpException;

/**
 * The files and the output of a run that has ended, for an image or a frame.
 */
final readonly class ResourceController
{
    public function __construct(private Exrun $exrun) {}

    /** GET examples/runs/{id}/output?as=html|svg&scripts=1 */
    public function output(Request $request, string $id): Response
    {
        $as = $request->query('as', 'txt');

        return is_string($as) && in_array($as, ['txt', 'html', 'svg'], true)
            ? Resource::answer($request, $this->result($id)->stdout, $as === 'html' ? Resource::PAGE : Resource::type("output.{$as}"))
            : throw new HttpException(400, 'The output can be seen as html or svg.');
    }

    /** GET examples/runs/{id}/artifacts/{path}?scripts=1 */
    public function artifact(Request $request, string $id, string $path): Response
    {
        $file = $this->result($id)->artifact($path) ?? throw new NotFoundHttpException('The run has left no such file.');

        return Resource::answer($request, $file->contents, Resource::type($path));
    }

    private function result(string $id): Result
    {
        return $this->exrun->result($id) ?? throw new NotFoundHttpException('There is no such run, or it has not ended, or its result has expired.');
    }
}
