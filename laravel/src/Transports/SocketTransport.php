<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Transports;

use Closure;
use Exrun\Laravel\Contracts\StreamingTransport;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Service\Address;
use Exrun\Laravel\Service\EventReader;
use Exrun\Laravel\Service\Exchange;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Timeouts;

/**
 * Asks `exrun serve`, over a Unix socket or TCP.
 */
final readonly class SocketTransport implements StreamingTransport
{
    /** Seconds in which the service takes input for a program. */
    private const INPUT_SECONDS = 10.0;

    public function __construct(private Address $address, private Timeouts $timeouts) {}

    public function run(Run $run): Result
    {
        return Result::fromJson($this->post($run, [])->body());
    }

    public function stream(Run $run, Closure $on, ?Closure $idle = null): Result
    {
        $input = $run->stdinOpen ? fn (string $bytes, bool $isEnd) => $this->send($run->id, $bytes, $isEnd) : null;

        return $this->tell($this->post($run, ['Accept' => 'text/event-stream']), $on, $idle, $input);
    }

    /**
     * Tells the events of a run that the service has, from its start. Returns null if it does not have the run.
     *
     * @param  Closure(RunEvent): mixed  $on
     * @param  (Closure(): mixed)|null  $idle  called after each second in which nothing happens
     *
     * @throws ExrunException
     */
    public function follow(string $id, Closure $on, ?Closure $idle = null): ?Result
    {
        $exchange = new Exchange($this->address, $this->timeouts->process);
        $status = $exchange->ask('GET', "/v1/runs/{$id}/events", ['Accept' => 'text/event-stream']);

        return match ($status) {
            200 => $this->tell($exchange, $on, $idle, null),
            404 => null,
            default => throw $this->refusal($status, $exchange),
        };
    }

    /**
     * Gives input to a program that runs.
     *
     * @param  int|null  $at  the number of bytes that were sent before, so that the same bytes can't come twice
     *
     * @throws ExrunException
     */
    public function send(string $id, string $bytes, bool $isEnd, ?int $at = null): void
    {
        $query = http_build_query(array_filter(['at' => $at, 'close' => $isEnd ? 1 : null], fn (?int $value): bool => $value !== null));
        $exchange = new Exchange($this->address, self::INPUT_SECONDS);
        $status = $exchange->ask('POST', "/v1/runs/{$id}/stdin".($query === '' ? '' : "?{$query}"), ['Content-Type' => 'application/octet-stream'], $bytes);

        if ($status !== 204) {
            throw $this->refusal($status, $exchange);
        }
    }

    private function tell(Exchange $exchange, Closure $on, ?Closure $idle, ?Closure $input): Result
    {
        foreach ((new EventReader($exchange, $idle))->events() as $type => $data) {
            if ($type === 'problem') {
                throw $this->failure($data->integer('status'), $data, null);
            }

            $event = $this->event($type, $data, $input);
            $on($event);

            if ($event->result !== null) {
                return $event->result;
            }
        }

        throw ServiceUnavailable::lost($this->address->text);
    }

    public function describe(): string
    {
        return $this->address->text;
    }

    /**
     * Returns the exchange once its head has come, which says that the service has taken the run.
     *
     * @param  array<string, string>  $headers
     *
     * @throws ExrunException
     */
    private function post(Run $run, array $headers): Exchange
    {
        $this->timeouts->mustHold($run);
        $exchange = new Exchange($this->address, $this->timeouts->process);
        $status = $exchange->ask('POST', '/v1/runs', ['Content-Type' => 'application/json', ...$headers], $run->toJson());

        return $status === 200 ? $exchange : throw $this->refusal($status, $exchange);
    }

    private function event(string $type, Answer $data, ?Closure $input): RunEvent
    {
        $text = $data->has('base64') ? $data->bytes('base64', 'base64') : $data->stringOr('text', '');
        $result = $type === 'result' ? Result::fromAnswer($data) : null;

        return new RunEvent($type, (string) $text, $data->integerOr('position', null), $data->stringOr('stage', null), $data->stringOr('cell', null), $result, $input);
    }

    private function refusal(int $status, Exchange $exchange): ExrunException
    {
        $after = $exchange->header('Retry-After');

        return $this->failure($status, $this->problem($exchange->body()), is_numeric($after) ? (int) $after : null);
    }

    private function failure(int $status, Answer $problem, ?int $retryAfter): ExrunException
    {
        $detail = $problem->stringOr('detail', null) ?? "it answered with the status {$status}";
        $pointer = $problem->stringOr('pointer', '') ?? '';

        return match (true) {
            $status === 429, $status === 503 => ServiceUnavailable::busy($detail, $retryAfter, $problem->stringOr('reason', null) === 'maintenance', $status),
            $status === 401, $status === 403 => NotPermitted::byService($detail, $this->address->text),
            $status === 422, $status === 400, $status === 409, $status === 413 => new InvalidRun($detail, $pointer),
            default => ExrunFailed::ofService($status, $detail),
        };
    }

    private function problem(string $body): Answer
    {
        try {
            return Answer::fromJson($body);
        } catch (UnexpectedAnswer) {
            return Answer::fromArray([]); // a proxy in between may answer in its own words
        }
    }
}
