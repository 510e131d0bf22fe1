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
use Exrun\Laravel\Service\Expectation;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Support\Settings;
use Exrun\Laravel\Transports\ChosenTransport;
use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\Repository;
use Illuminate\Config\Repository as Config;
use PHPUnit\Framework\Attributes\DataProvider;
use PHPUnit\Framework\TestCase;
use Psr\Log\AbstractLogger;
use Psr\Log\LoggerInterface;
use Psr\Log\NullLogger;
use Stringable;

/**
 * Which of the two runs a program: each row of the table in docs/laravel.md.
 */
final class ChosenTransportTest extends TestCase
{
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
        $settings = new Settings(new Config(['exrun' => ['socket' => $isExpected ? $path : null]]));
        $cache = new Repository(new ArrayStore);
        $log = $this->log();
        $expectation = new Expectation($settings, fn (): Repository => $cache, fn (): LoggerInterface => $log);
        $chosen = new ChosenTransport($this->named('service'), fn (): Transport => $this->program(), new Presence(new Address($path)), $expectation, $isWeb);
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
        $this->assertCount(str_contains($who, 'warning') ? 1 : 0, $log->warnings, 'one a minute');
        $this->assertSame($isThere ? 'service' : 'program', $chosen->describe());
        $afterwards = new Expectation(new Settings(new Config(['exrun' => []])), fn (): Repository => $cache, fn (): LoggerInterface => $log);
        $this->assertSame($isThere, $afterwards->isExpected(), 'one that was there is expected');
        @unlink($path);
        unset($server);
    }

    public function test_the_result_of_the_program_is_told_as_events(): void
    {
        $types = [];
        $expectation = new Expectation(new Settings(new Config(['exrun' => []])), fn (): Repository => new Repository(new ArrayStore), fn (): LoggerInterface => new NullLogger);
        $chosen = new ChosenTransport($this->named('service'), fn (): Transport => $this->program(), new Presence(new Address('/no/such/socket')), $expectation, false);
        $result = $chosen->stream(new Run('id', 'php', ''), function (RunEvent $event) use (&$types): void {
            $types[] = "{$event->type} {$event->text}";
        });

        $this->assertSame(['started ', 'stdout program', 'stderr !', 'result '], $types);
        $this->assertSame('program', $result->stdout);
    }

    /** @return LoggerInterface&object{warnings: list<string>} */
    private function log(): LoggerInterface
    {
        return new class extends AbstractLogger {
            /** @var list<string> */
            public array $warnings = [];

            public function log($level, string|Stringable $message, array $context = []): void
            {
                $this->warnings[] = (string) $message;
            }
        };
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
