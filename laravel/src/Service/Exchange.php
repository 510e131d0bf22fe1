<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;

/**
 * One request to the service, and its answer, on a connection of its own. PHP needs no extension for it. The
 * connection ends with the object, and with it a run whose answer has not come.
 */
final class Exchange
{
    public const CONNECT_SECONDS = 0.05;

    private const MOST_HEADERS = 100;

    /** @var resource */
    private $socket;

    /** @var array<string, string> by names in small letters */
    private array $headers = [];

    private readonly float $end;

    /** Bytes of the answer that were read, and not taken yet. */
    private string $read = '';

    private bool $hasEnded = false;

    /** @throws ServiceUnavailable if nobody listens there */
    public function __construct(private readonly Address $address, private readonly float $seconds)
    {
        $socket = @stream_socket_client($address->target(), $code, $why, self::CONNECT_SECONDS);
        $this->socket = $socket === false ? throw ServiceUnavailable::notThere($address->text, (string) $why === '' ? 'no connection' : (string) $why) : $socket;
        $this->end = microtime(true) + $seconds;
    }

    /**
     * Sends a request, and reads the head of its answer.
     *
     * @param  array<string, string>  $headers
     */
    public function ask(string $method, string $path, array $headers = [], string $body = ''): int
    {
        $headers = ['Host' => $this->address->host(), 'Connection' => 'close', 'Content-Length' => (string) strlen($body), ...$headers];

        if ($this->address->token !== null) {
            $headers['Authorization'] = "Bearer {$this->address->token}";
        }

        $lines = array_map(fn (string $name, string $value): string => "{$name}: {$value}\r\n", array_keys($headers), $headers);
        $this->write("{$method} {$path} HTTP/1.1\r\n".implode('', $lines)."\r\n{$body}");

        return $this->readHead();
    }

    public function header(string $name): ?string
    {
        return $this->headers[strtolower($name)] ?? null;
    }

    /** Returns the rest of the answer. */
    public function body(): string
    {
        $length = $this->header('Content-Length');

        while (($length === null || strlen($this->read) < (int) $length) && $this->readMore()) {
        }

        $body = $length === null ? $this->read : substr($this->read, 0, (int) $length);

        return $length === null || strlen($body) === (int) $length ? $body : throw ServiceUnavailable::lost($this->address->text);
    }

    /** Returns true as soon as line() need not wait, and false after these seconds. */
    public function hasLine(float $seconds): bool
    {
        $end = microtime(true) + $seconds;

        while (! str_contains($this->read, "\n")) {
            $left = min($end, $this->end) - microtime(true);

            if ($left <= 0 && microtime(true) < $this->end) {
                return false;
            }

            if (! $this->readMore($left)) {
                return $this->hasEnded;
            }
        }

        return true;
    }

    /** Returns the next line of the answer without its end, or null after the last one. */
    public function line(): ?string
    {
        while (! str_contains($this->read, "\n")) {
            if (! $this->readMore()) {
                return null;
            }
        }

        [$line, $this->read] = explode("\n", $this->read, 2);

        return rtrim($line, "\r");
    }

    private function readHead(): int
    {
        $first = $this->line() ?? throw ServiceUnavailable::lost($this->address->text);

        if (preg_match('~\AHTTP/1\.[01] (\d{3})~', $first, $match) !== 1) {
            throw UnexpectedAnswer::notJson($first);
        }

        for ($n = 0; ($line = $this->line()) !== null && $line !== '' && $n < self::MOST_HEADERS; $n++) {
            [$name, $value] = explode(':', $line, 2) + [1 => ''];
            $this->headers[strtolower($name)] = trim($value);
        }

        return (int) $match[1];
    }

    private function write(string $bytes): void
    {
        stream_set_timeout($this->socket, (int) ceil($this->seconds));

        for ($at = 0; $at < strlen($bytes); $at += $written) {
            $written = @fwrite($this->socket, substr($bytes, $at, 1 << 20));

            // One that refuses the head can close before it has read the body. Then its answer is there.
            if ($written === false || $written === 0) {
                return;
            }
        }
    }

    /**
     * Waits for more of the answer. Returns false at its end, or if nothing has come within these seconds.
     *
     * @param  float|null  $within  null: the time of the whole exchange
     */
    private function readMore(?float $within = null): bool
    {
        $left = max(0.0, min($within ?? INF, $this->end - microtime(true)));
        $sockets = [$this->socket];
        $none = null;

        if (@stream_select($sockets, $none, $none, (int) $left, (int) (fmod($left, 1) * 1e6)) !== 1) {
            return microtime(true) < $this->end ? false : throw ExrunFailed::timedOut($this->seconds);
        }

        $piece = @fread($this->socket, 65536);
        $this->hasEnded = $piece === false || $piece === '';
        $this->read .= (string) $piece;

        return ! $this->hasEnded;
    }

    public function __destruct()
    {
        fclose($this->socket);
    }
}
