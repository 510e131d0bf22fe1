<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Service;

use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Binary;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Support\Settings;

/**
 * The doctor's question about the service.
 */
final readonly class Check
{
    private const SECONDS = 5.0;

    public function __construct(private Settings $settings, private Expectation $expectation) {}

    /**
     * Returns what there is, in a few words.
     *
     * @throws Finding if the service should be there, and runs can't go to it
     */
    public function found(): string
    {
        $address = $this->settings->address();

        if ($this->settings->transport() === 'binary') {
            return 'not asked: EXRUN_TRANSPORT is binary';
        }

        if ($this->settings->transport() === 'auto' && ! $this->expectation->isExpected()) {
            return 'not there, so the program runs the examples, which takes longer (exrun serve)';
        }

        $this->mustBeReady($address);
        $languages = count(Answer::fromJson($this->ask($address, '/v1/profiles'))->objects('profiles'));
        $version = Answer::fromJson($this->ask($address, '/openapi.json'))->object('info')->string('version');

        return "exrun {$version} at {$address->text}, {$languages} languages";
    }

    private function mustBeReady(Address $address): void
    {
        $exchange = $this->exchange($address);
        $status = $exchange->ask('GET', '/readyz');
        $body = $exchange->body();

        if ($status === 503) {
            throw new Finding("The service at {$address->text} takes no runs now: ".rtrim($this->detail($body), '.').'.');
        }
    }

    private function ask(Address $address, string $path): string
    {
        $exchange = $this->exchange($address);
        $status = $exchange->ask('GET', $path);
        $body = $exchange->body();

        return match (true) {
            $status === 200 => $body,
            $status === 401, $status === 403 => throw new Finding("The service at {$address->text} does not accept the token. Make one (exrun serve token NAME), and set EXRUN_TOKEN to it."),
            default => throw new Finding("What listens at {$address->text} does not answer as exrun's service does (HTTP status {$status}). Set EXRUN_SOCKET."),
        };
    }

    private function exchange(Address $address): Exchange
    {
        try {
            return new Exchange($address, self::SECONDS);
        } catch (ServiceUnavailable $e) {
            throw new Finding($this->isForbidden($address)
                ? 'The user '.Binary::user()." may not use the service's socket {$address->text}. Add that user to its group (usermod -aG exrun ".Binary::user().'), and start its processes again.'
                : $e->getMessage());
        }
    }

    private function isForbidden(Address $address): bool
    {
        return $address->isSocket() && $address->exists() && ! is_writable($address->text);
    }

    private function detail(string $body): string
    {
        try {
            return Answer::fromJson($body)->stringOr('detail', null) ?? 'it does not say why';
        } catch (UnexpectedAnswer) {
            return 'it does not say why';
        }
    }
}
