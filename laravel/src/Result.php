<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Exrun\Laravel\Data\Artifact;
use Exrun\Laravel\Data\Compile;
use Exrun\Laravel\Data\Denied;
use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Data\Place;
use Exrun\Laravel\Data\Timing;
use Exrun\Laravel\Data\Usage;
use Exrun\Laravel\Exceptions\RunFailed;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Bytes;
use Illuminate\Contracts\Support\Arrayable;
use Illuminate\Contracts\Support\Jsonable;
use JsonSerializable;

/**
 * The result of one run. `$stdout` and `$stderr` are the program's bytes as it wrote them; escape them before you show
 * them.
 *
 * @implements Arrayable<string, mixed>
 */
final readonly class Result implements Arrayable, Jsonable, JsonSerializable
{
    /**
     * @param  string  $message  one sentence for the visitor
     * @param  list<string>  $limitsHit  limits that it met, such as `processes`, even if it went on
     * @param  list<Artifact>  $artifacts
     * @param  array<array-key, string>  $artifactsMissed  path => why it is missing
     * @param  list<string>  $unenforced  limits that this machine could not enforce
     * @param  list<string>  $unreclaimed  leftovers that could not be removed after it
     * @param  array<array-key, string>  $labels
     * @param  string|null  $program  the language and its version, such as `PHP 8.2.29`
     * @param  Place|null  $at  where the sentence points, if it does
     */
    public function __construct(
        public ?string $id,
        public string $profile,
        public Verdict $verdict,
        public string $message,
        public ?int $exitCode = null,
        public ?string $signal = null,
        public string $stdout = '',
        public string $stderr = '',
        public bool $stdoutTruncated = false,
        public bool $stderrTruncated = false,
        public Usage $usage = new Usage,
        public Limits $limits = new Limits,
        public array $limitsHit = [],
        public Timing $timing = new Timing,
        public ?Compile $compile = null,
        public ?Denied $denied = null,
        public array $artifacts = [],
        public array $artifactsMissed = [],
        public array $unenforced = [],
        public array $unreclaimed = [],
        public array $labels = [],
        public ?string $program = null,
        public ?Place $at = null,
    ) {}

    /** The result if exrun itself could not be asked, or gave no answer. */
    public static function error(Run $run, string $message): self
    {
        return self::ofNoRun($run, Verdict::Error, $message);
    }

    /** The result if nobody wants the run any more. */
    public static function cancelled(Run $run, string $message): self
    {
        return self::ofNoRun($run, Verdict::Cancelled, $message);
    }

    private static function ofNoRun(Run $run, Verdict $verdict, string $message): self
    {
        return new self($run->id, $run->profile, $verdict, $message, limits: $run->limits, labels: $run->labels);
    }

    /**
     * For tests: the answer of a fake. If a member is left out, it is as after a program that ended well, or as usual
     * for the verdict.
     *
     * @param  list<Artifact>  $artifacts
     * @param  list<string>  $limitsHit
     */
    public static function fake(
        string $stdout = '',
        string $stderr = '',
        Verdict $verdict = Verdict::Ok,
        ?int $exitCode = null,
        ?string $message = null,
        ?string $signal = null,
        Usage $usage = new Usage,
        array $artifacts = [],
        array $limitsHit = [],
        ?Denied $denied = null,
        ?Compile $compile = null,
    ): self {
        $exitCode ??= match ($verdict) {
            Verdict::Ok => 0,
            Verdict::Failed => 1,
            default => null,
        };

        return new self(
            null,
            '',
            $verdict,
            $message ?? $verdict->title().'.',
            $exitCode,
            $signal,
            $stdout,
            $stderr,
            usage: $usage,
            limitsHit: $limitsHit,
            compile: $compile,
            denied: $denied,
            artifacts: $artifacts,
        );
    }

    /** The same result, as the result of this run. */
    public function of(Run $run): self
    {
        return new self(
            $run->id,
            $run->profile,
            $this->verdict,
            $this->message,
            $this->exitCode,
            $this->signal,
            $this->stdout,
            $this->stderr,
            $this->stdoutTruncated,
            $this->stderrTruncated,
            $this->usage,
            $run->limits,
            $this->limitsHit,
            $this->timing,
            $this->compile,
            $this->denied,
            $this->artifacts,
            $this->artifactsMissed,
            $this->unenforced,
            $this->unreclaimed,
            $run->labels,
            $this->program,
            $this->at,
        );
    }

    /** The same result without its bytes, if a store can't keep them. */
    public function withoutOutput(): self
    {
        return new self(
            $this->id,
            $this->profile,
            $this->verdict,
            "{$this->message} The output was too large to be kept.",
            $this->exitCode,
            $this->signal,
            stdoutTruncated: $this->stdoutTruncated || $this->stdout !== '',
            stderrTruncated: $this->stderrTruncated || $this->stderr !== '',
            usage: $this->usage,
            limits: $this->limits,
            limitsHit: $this->limitsHit,
            timing: $this->timing,
            denied: $this->denied,
            artifactsMissed: $this->artifactsMissed
                + array_fill_keys(array_column($this->artifacts, 'path'), 'it was too large to be kept'),
            unenforced: $this->unenforced,
            unreclaimed: $this->unreclaimed,
            labels: $this->labels,
            program: $this->program,
            at: $this->at,
        );
    }

    public static function fromJson(string $json): self
    {
        return self::fromAnswer(Answer::fromJson($json));
    }

    public static function fromAnswer(Answer $answer): self
    {
        $encoding = $answer->string('encoding');
        $missed = [];

        foreach ($answer->objects('artifacts_missed') as $one) {
            $missed[$one->string('path')] = $one->string('why');
        }

        return new self(
            id: $answer->stringOr('id', null),
            profile: $answer->string('profile'),
            verdict: Verdict::tryFrom($answer->string('verdict')) ?? throw UnexpectedAnswer::member('/verdict', 'a verdict that this package knows'),
            message: $answer->string('message'),
            exitCode: $answer->integerOr('exit_code', null),
            signal: $answer->stringOr('signal', null),
            stdout: $answer->bytes('stdout', $encoding),
            stderr: $answer->bytes('stderr', $encoding),
            stdoutTruncated: $answer->boolean('stdout_truncated'),
            stderrTruncated: $answer->boolean('stderr_truncated'),
            usage: Usage::fromAnswer($answer->object('usage')),
            limits: Limits::fromAnswer($answer->object('limits')),
            limitsHit: array_values($answer->strings('limits_hit')),
            timing: Timing::fromAnswer($answer->object('timing')),
            compile: ($compile = $answer->objectOrNull('compile')) ? Compile::fromAnswer($compile) : null,
            denied: ($denied = $answer->objectOrNull('denied')) ? Denied::fromAnswer($denied) : null,
            artifacts: array_map(Artifact::fromAnswer(...), $answer->objects('artifacts')),
            artifactsMissed: $missed,
            unenforced: array_values($answer->strings('unenforced')),
            unreclaimed: array_values($answer->strings('unreclaimed')),
            labels: $answer->strings('labels'),
            program: $answer->stringOr('program', null),
            at: ($at = $answer->objectOrNull('at')) ? Place::fromAnswer($at) : null,
        );
    }

    public function successful(): bool
    {
        return $this->verdict->successful();
    }

    public function failed(): bool
    {
        return ! $this->successful();
    }

    /** For code that continues only after a good end. */
    public function throw(): self
    {
        return $this->successful() ? $this : throw new RunFailed($this);
    }

    public function artifact(string $path): ?Artifact
    {
        foreach ($this->artifacts as $artifact) {
            if ($artifact->path === $path) {
                return $artifact;
            }
        }

        return null;
    }

    /** The compiler's messages, or else the program's standard error. */
    public function errorOutput(): string
    {
        return $this->verdict === Verdict::CompileFailed && $this->compile !== null ? $this->compile->stderr.$this->compile->stdout : $this->stderr;
    }

    /**
     * The array as exrun itself writes it, so that pages and other programs can read both in the same way.
     *
     * @return array<string, mixed>
     */
    public function toArray(): array
    {
        $asText = Bytes::areText($this->stdout, $this->stderr);

        return array_filter([
            'v' => 1,
            'id' => $this->id,
            'profile' => $this->profile,
            'program' => $this->program,
            'verdict' => $this->verdict->value,
            'message' => $this->message,
            'at' => $this->at?->toArray(),
        ], fn (mixed $member): bool => $member !== null) + [
            'exit_code' => $this->exitCode,
            'signal' => $this->signal,
        ] + array_filter([
            'stdout' => Bytes::encode($this->stdout, $asText),
            'stderr' => Bytes::encode($this->stderr, $asText),
            'stdout_truncated' => $this->stdoutTruncated,
            'stderr_truncated' => $this->stderrTruncated,
            'encoding' => $asText ? 'utf-8' : 'base64',
            'usage' => $this->usage->toArray(),
            'limits' => $this->limits->toArray(),
            'limits_hit' => $this->limitsHit,
            'timing' => $this->timing->toArray(),
            'compile' => $this->compile?->toArray(),
            'denied' => $this->denied?->toArray(),
            'artifacts' => $this->artifacts === [] ? null : array_map(fn (Artifact $artifact): array => $artifact->toArray(), $this->artifacts),
            'artifacts_missed' => $this->artifactsMissed === [] ? null : array_map(
                fn (int|string $path): array => ['path' => (string) $path, 'why' => $this->artifactsMissed[$path]],
                array_keys($this->artifactsMissed),
            ),
            'unenforced' => $this->unenforced === [] ? null : $this->unenforced,
            'unreclaimed' => $this->unreclaimed === [] ? null : $this->unreclaimed,
            'labels' => $this->labels,
        ], fn (mixed $member): bool => $member !== null);
    }

    /** @param int $options */
    public function toJson($options = 0): string
    {
        return json_encode($this, $options | JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }

    /** @return array<string, mixed> */
    public function jsonSerialize(): array
    {
        $members = $this->toArray();
        $members['labels'] = (object) $this->labels;

        return $members;
    }
}
