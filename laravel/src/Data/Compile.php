<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Bytes;

/**
 * How the compile stage went, for languages that have one.
 */
final readonly class Compile
{
    public function __construct(
        public ?int $exitCode,
        public string $stdout,
        public string $stderr,
        public Usage $usage,
        public bool $cached,
    ) {}

    public static function fromAnswer(Answer $compile): self
    {
        $encoding = $compile->stringOr('encoding', 'utf-8') ?? 'utf-8';

        return new self(
            $compile->integerOr('exit_code', null),
            $compile->bytes('stdout', $encoding),
            $compile->bytes('stderr', $encoding),
            Usage::fromAnswer($compile->object('usage')),
            $compile->boolean('cached'),
        );
    }

    /** @return array<string, mixed> */
    public function toArray(): array
    {
        $asText = Bytes::areText($this->stdout, $this->stderr);

        return [
            'exit_code' => $this->exitCode, 'stdout' => Bytes::encode($this->stdout, $asText), 'stderr' => Bytes::encode($this->stderr, $asText),
            'encoding' => $asText ? 'utf-8' : 'base64', 'usage' => $this->usage->toArray(), 'cached' => $this->cached,
        ];
    }
}
