<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Data;

use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Bytes;
use Illuminate\Support\Facades\Storage;

/**
 * A file that the program left and the run asked for. Its bytes come from a stranger: serve them as a download, never
 * as HTML.
 */
final readonly class Artifact
{
    public function __construct(public string $path, public string $contents) {}

    public static function fromAnswer(Answer $artifact): self
    {
        return new self($artifact->string('path'), $artifact->bytes('content', $artifact->string('encoding')));
    }

    public function size(): int
    {
        return strlen($this->contents);
    }

    /** Keeps it on your disk under your name, because the program chose its own. */
    public function storeAs(string $path, ?string $disk = null): bool
    {
        return Storage::disk($disk)->put($path, $this->contents) !== false;
    }

    /** @return array<string, string|int> */
    public function toArray(): array
    {
        $asText = Bytes::areText($this->contents);

        return ['path' => $this->path, 'bytes' => $this->size(), 'encoding' => $asText ? 'utf-8' : 'base64', 'content' => Bytes::encode($this->contents, $asText)];
    }
}
