<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Transports;

use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\Timeouts;
use Illuminate\Contracts\Process\ProcessResult;

/**
 * Calls `exrun run --json -`: one process for each run, the request on its standard input, the result on its standard
 * output.
 */
final readonly class BinaryTransport implements Transport
{
    private const REFUSED = 65;

    private const UNAVAILABLE = 69;

    private const NOT_PERMITTED = 77;

    public function __construct(private Binary $binary, private Timeouts $timeouts) {}

    public function run(Run $run): Result
    {
        $this->timeouts->mustHold($run);

        // The sudoers line names these arguments exactly, so they never change with the run.
        $done = $this->binary->call(['run', '--json', '-'], $this->timeouts->process, $run->toJson());

        return $done->exitCode() === 0 ? Result::fromJson($done->output()) : throw $this->failure($done);
    }

    public function describe(): string
    {
        return $this->binary->describe();
    }

    private function failure(ProcessResult $done): ExrunException
    {
        $status = $done->exitCode() ?? -1;
        $problem = $this->problem($done->output());
        $said = $problem?->string('detail') ?? $this->sentence($done->errorOutput());
        // sudo also warns, for instance of a host name that it can't resolve, and calls exrun all the same.
        $sudo = $this->binary->usesSudo() && $status === 1 && $done->output() === '' &&
            str_contains($done->errorOutput(), 'sudo:');
        $isRoot = $this->binary->usesSudo() || $this->binary->user() === 'root';

        return match (true) {
            $sudo => NotPermitted::sudoRefused($said, $this->binary->user(), $this->binary->path()),
            $status === self::REFUSED && $problem !== null => new InvalidRun($said, $problem->stringOr('pointer', '') ?? ''),
            $status === self::NOT_PERMITTED, $status === self::UNAVAILABLE && ! $isRoot => NotPermitted::needsRoot($said, $this->binary->user(), $this->binary->path()),
            default => ExrunFailed::withStatus($status, $said),
        };
    }

    private function problem(string $output): ?Answer
    {
        try {
            return Answer::fromJson($output)->objectOrNull('problem');
        } catch (UnexpectedAnswer) {
            return null; // the caller then reports its standard error
        }
    }

    private function sentence(string $errors): string
    {
        $lines = array_values(array_filter(array_map(trim(...), explode("\n", mb_scrub($errors)))));

        return (string) preg_replace('/^(exrun|sudo): /', '', $lines === [] ? '' : $lines[count($lines) - 1]);
    }
}
