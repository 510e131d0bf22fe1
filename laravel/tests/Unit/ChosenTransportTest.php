<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Unit;

use Closure;
use Exrun\Laravel\Contracts\StreamingTransport;
use Exrun\Laravel\Contracts\Transport;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Service\Address;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Transports\ChosenTransport;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;

/**
 * Which of the two runs a program: each row of the table in docs/laravel.md.
 */
final class ChosenTransportTest extends TestCase
{
    /** @var list<string> */
    private array $warnings = [];

    private int $remembered = 0;

    /** @return array<string, array{bool, bool, bool, string}> service is there, is expected, is a web request; who runs it */
    public static function rows(): array
    {
        return [
            'web, there' => [true, true, true, 'service'],
            'console, there' => [true, true, false, 'service'],
            'web, not there, expected' => [false, true, true, 'nobody'],
            'web, not there, not expected' => [false, false, true, 'program'],
            'console, not there, expected' => [false, true, false, 'program, with a warning'],
            'console, not there, not expected' => [false, false, false, 'program'],
        ];
    }

    #[DataProvider('rows')]
    public function test_a_row_of_the_table(bool $isThere, bool $isExpected, bool $isWeb, string $who): void
    {
        $path = sys_get_temp_dir().'/exrun-'.bin2hex(random_bytes(6));
        $server = $isThere ? stream_socket_server("unix://{$path}") : null;
        $address = new Address($path);
        $chosen = new ChosenTransport($this->named('service'), $this->program(), new Presence($address), $address, $isExpected, $isWeb, function (string $sentence): void {
            $this->warnings[] = $sentence;
        }, function (): void {
            $this->remembered++;
        });
        $run = new Run('id', 'php', '');
        $ran = [];

        foreach ([fn (): Result => $chosen->run($run), fn (): Result => $chosen->stream($run, fn (): null => null)] as $call) {
            try {
                $ran[] = $call()->stdout;
            } catch (ServiceUnavailable $e) {
                $this->assertStringContainsString($path, $e->getMessage());
                $ran[] = 'nobody';
            }
        }

        $this->assertSame([explode(',', $who)[0], explode(',', $who)[0]], $ran);
        $this->assertCount(str_contains($who, 'warning') ? 2 : 0, $this->warnings);
        $this->assertSame($isThere ? 'service' : 'program', $chosen->describe());
        $this->assertSame($isThere ? 2 : 0, $this->remembered);
        @unlink($path);
        unset($server);
    }

    public function test_the_result_of_the_program_is_told_as_events(): void
    {
        $types = [];
        $address = new Address('/no/such/socket');
        $chosen = new ChosenTransport($this->named('service'), $this->program(), new Presence($address), $address, false, false, fn (): null => null, fn (): null => null);
        $result = $chosen->stream(new Run('id', 'php', ''), function (RunEvent $event) use (&$types): void {
            $types[] = "{$event->type} {$event->text}";
        });

        $this->assertSame(['started ', 'stdout program', 'stderr !', 'result '], $types);
        $this->assertSame('program', $result->stdout);
    }

    private function program(): Transport
    {
        return new class implements Transport {
            public function run(Run $run): Result
            {
                return Result::fake('program', '!')->of($run);
            }

            public function describe(): string
            {
                return 'program';
            }
        };
    }

    private function named(string $name): StreamingTransport
    {
        return new class ($name) implements StreamingTransport {
            public function __construct(private readonly string $name) {}

            public function run(Run $run): Result
            {
                return Result::fake($this->name)->of($run);
            }

            public function stream(Run $run, Closure $on, ?Closure $idle = null): Result
            {
                return $this->run($run);
            }

            public function describe(): string
            {
                return $this->name;
            }
        };
    }
}
