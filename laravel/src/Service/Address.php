<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

/**
 * Where the service listens: the path of a Unix socket, or HOST:PORT with a token.
 */
final readonly class Address
{
    public const USUAL = '/run/exrun/exrun.sock';

    public function __construct(public string $text, public ?string $token = null) {}

    public function isSocket(): bool
    {
        return str_starts_with($this->text, '/');
    }

    /** As stream_socket_client() takes it. */
    public function target(): string
    {
        return $this->isSocket() ? "unix://{$this->text}" : "tcp://{$this->text}";
    }

    /** Returns the header Host. A Unix socket takes any. */
    public function host(): string
    {
        return $this->isSocket() ? 'localhost' : $this->text;
    }

    /** Returns true if there is a socket file, even if nobody listens. */
    public function exists(): bool
    {
        return ! $this->isSocket() || file_exists($this->text);
    }
}
