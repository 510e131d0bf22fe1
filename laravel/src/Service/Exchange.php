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

    private const MOST_BYTES = 64 << 20;

    /** @var resource */
    private $socket;

    /** @var array<string, string> by names in small letters */
    private array $headers = [];

    private readonly float $end;

    /** Bytes of the answer that were read, and not taken yet. */
    private string $read = '';

    /** So many of them have no end of a line. */
    private int $searched = 0;

    private bool $hasEnded = false;

    /** @throws ServiceUnavailable if nobody listens there */
    public function __construct(private readonly Address $address, private readonly float $seconds)
    {
        $socket = @stream_socket_client($address->target(), $code, $why, self::CONNECT_SECONDS);
        $this->socket = $socket === false ? throw ServiceUnavailable::notThere($address->text, (string) $why === '' ? 'no connection' : (string) $why) : $socket;
        stream_set_blocking($this->socket, false);
        $this->end = microtime(true) + $seconds;
    }

    /**
     * Sends a request, and reads the head of its answer. In HTTP/1.0, a proxy in between may not cut it into chunks.
     *
     * @param  array<string, string>  $headers
     */
    public function ask(string $method, string $path, array $headers = [], string $body = ''): int
    {
        $headers = ['Host' => $this->address->host(), 'Content-Length' => (string) strlen($body), ...$headers];

        if ($this->address->token !== null) {
            $headers['Authorization'] = "Bearer {$this->address->token}";
        }

        $lines = array_map(fn (string $name, string $value): string => "{$name}: {$value}\r\n", array_keys($headers), $headers);
        $this->write("{$method} {$path} HTTP/1.0\r\n".implode('', $lines)."\r\n{$body}");

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

        while (! $this->hasEnded && ($length === null || strlen($this->read) < (int) $length)) {
            $this->readMore($this->end);
        }

        $body = $length === null ? $this->read : substr($this->read, 0, (int) $length);

        return $length === null || strlen($body) === (int) $length ? $body : throw ServiceUnavailable::lost($this->address->text);
    }

    /** Returns true as soon as line() need not wait, and false after these seconds. */
    public function hasLine(float $seconds): bool
    {
        $until = microtime(true) + $seconds;

        while (! $this->hasEnded && $this->endOfLine() === null) {
            if (! $this->readMore($until)) {
                return false;
            }
        }

        return true;
    }

    /** Returns the next line of the answer without its end, or null after the last one. */
    public function line(): ?string
    {
        while (($at = $this->endOfLine()) === null) {
            if ($this->hasEnded) {
                return null;
            }

            $this->readMore($this->end);
        }

        $line = substr($this->read, 0, $at);
        $this->read = substr($this->read, $at + 1);
        $this->searched = 0;
        $this->mustHaveTime();

        return rtrim($line, "\r");
    }

    /** Looks at each byte once, because a line can have many. */
    private function endOfLine(): ?int
    {
        $at = strpos($this->read, "\n", $this->searched);
        $this->searched = $at === false ? strlen($this->read) : $at;

        return $at === false ? null : $at;
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
        for ($at = 0; $at < strlen($bytes); $at += $written) {
            $this->mustHaveTime();
            $written = $this->waits($this->end, toWrite: true) ? @fwrite($this->socket, substr($bytes, $at, 1 << 16)) : 0;

            // One that refuses the head can close before it has read the body. Then its answer is there.
            if ($written === false) {
                return;
            }
        }
    }

    /** Waits for more of the answer, or its end. Returns false if nothing has come until then. */
    private function readMore(float $until): bool
    {
        while (! $this->waits(min($until, $this->end))) {
            $this->mustHaveTime();

            if (microtime(true) >= $until) {
                return false;
            }
        }

        $piece = @fread($this->socket, 65536);
        $this->hasEnded = $piece === false || ($piece === '' && feof($this->socket));
        $this->read .= (string) $piece;

        return strlen($this->read) <= self::MOST_BYTES ? true : throw UnexpectedAnswer::tooLarge(self::MOST_BYTES);
    }

    /**
     * Waits until the socket can be read, or written. A signal, such as the one that tells a worker to stop after its
     * job, ends the wait early.
     */
    private function waits(float $until, bool $toWrite = false): bool
    {
        $left = max(0.0, $until - microtime(true));
        $in = $toWrite ? null : [$this->socket];
        $out = $toWrite ? [$this->socket] : null;
        $none = null;

        return @stream_select($in, $out, $none, (int) $left, (int) (fmod($left, 1) * 1e6)) === 1;
    }

    private function mustHaveTime(): void
    {
        if (microtime(true) >= $this->end) {
            throw ExrunFailed::timedOut($this->seconds);
        }
    }

    public function __destruct()
    {
        fclose($this->socket);
    }
}
