<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Exrun as Manager;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Result;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Service\Address;
use Exrun\Laravel\Service\Check;
use Exrun\Laravel\Service\Presence;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Queue;
use Illuminate\Testing\TestResponse;
use PHPUnit\Framework\Attributes\DataProvider;
use Symfony\Component\HttpFoundation\StreamedResponse;
use Symfony\Component\Process\Process;
use Throwable;

/**
 * Runs through a real `exrun serve`.
 */
final class ServiceTest extends TestCase
{
    private Machine $machine;

    private ?Process $service = null;

    protected array $env = ['EXRUN_HTTP' => 'true'];

    protected function setUp(): void
    {
        parent::setUp();
        config()->set('exrun.limits.wall', 14); // other suites run at the same time
        config()->set('exrun.transport', 'socket');
        $this->machine = new Machine(self::binary());
    }

    protected function tearDown(): void
    {
        $this->machine->end();
        parent::tearDown();
    }

    public function test_a_result_is_the_same_as_the_programs(): void
    {
        $this->serve();
        $bytes = implode('', array_map(chr(...), range(0, 255)));
        $run = Exrun::php('<?php echo fgets(STDIN), file_get_contents("in.bin"), $argv[1], getenv("COLOUR"); fwrite(STDERR, "e"); file_put_contents("out.bin", "\0");')
            ->stdin("a line\n")->files(['in.bin' => $bytes])->args('ü')->env(['COLOUR' => 'blue'])->label(example: 'a/b')->artifacts('*.bin', 'none')->id('same');
        Machine::until(fn (): bool => Exrun::php('')->run()->program !== null, 'the service does not know PHP\'s version');
        $ours = $run->run();
        $this->with('transport', 'binary');
        $theirs = Exrun::run($run->toRun());

        foreach (['id', 'profile', 'program', 'verdict', 'message', 'exitCode', 'stdout', 'stderr', 'limits', 'artifactsMissed', 'labels'] as $member) {
            $this->assertEquals($theirs->{$member}, $ours->{$member}, $member);
        }

        $this->assertSame("a line\n{$bytes}üblue", $ours->stdout);
        $this->assertSame("\0", $ours->artifact('out.bin')?->contents);
        $this->assertContains($ours->timing->cell, ['cold', 'ready', 'parked']);
        $this->assertEquals($ours, Result::fromJson($ours->toJson()), 'and through JSON once more');
    }

    public function test_output_comes_while_the_program_runs_and_it_can_be_answered(): void
    {
        $this->serve();
        $events = [];
        $result = Exrun::python('name = input("name? "); print("hello", name); import sys; print(sys.stdin.read())')->interactive()->stream(function (RunEvent $event) use (&$events): void {
            $events[] = $event;

            if ($event->isReading()) {
                count(array_filter($events, fn (RunEvent $e): bool => $e->isReading())) === 1 ? $event->send("Ada\n") : $event->endInput('bye');
            }
        });

        $types = array_column($events, 'type');
        $text = implode('', array_map(fn (RunEvent $event): string => $event->type === 'stdout' ? $event->text : '', $events));
        $this->assertSame('started', array_values(array_diff($types, ['queued']))[0] ?? '', implode(' ', $types));
        $this->assertSame([$result], array_values(array_filter(array_column($events, 'result'))));
        $this->assertSame('result', end($types));
        $this->assertSame('name? ', $events[(int) array_search('stdout', $types, true)]->text, 'before it was answered');
        $this->assertSame("name? hello Ada\nbye\n", $text);
        $this->assertSame($text, $result->stdout);
    }

    public function test_bytes_of_any_kind_come_in_events(): void
    {
        $this->serve();
        $bytes = '';
        Exrun::bash('printf "\\xff\\x00\\xc3"; sleep 0.1; printf "\\xa4"')->stream(function (RunEvent $event) use (&$bytes): void {
            $bytes .= $event->text;
        });

        $this->assertSame("\xff\0\xc3\xa4", $bytes);
    }

    /** @return array<string, array{string, array<string, mixed>, string}> */
    public static function refusals(): array
    {
        return ['a limit' => ['php', ['memory' => '64G'], '/limits/memory_bytes'], 'a profile' => ['cobol', [], '/profile']];
    }

    /** @param array<string, int> $limits */
    #[DataProvider('refusals')]
    public function test_a_wrong_run_is_named_by_its_member(string $profile, array $limits, string $pointer): void
    {
        $this->serve();

        foreach ([fn () => Exrun::profile($profile, '')->limits(...$limits)->run(), fn () => Exrun::profile($profile, '')->limits(...$limits)->stream(fn () => $this->fail('an event'))] as $run) {
            try {
                $run();
                $this->fail('it was taken');
            } catch (InvalidRun $e) {
                $this->assertSame($pointer, $e->pointer);
            }
        }
    }

    public function test_maintenance_is_told_with_the_operators_words(): void
    {
        $this->serve();
        $this->exrun('maintenance', 'on', '--message', 'Back at noon.');

        try {
            Exrun::php('')->run();
            $this->fail('it was taken');
        } catch (ServiceUnavailable $e) {
            $this->assertSame(['Back at noon.', true, true], [$e->getMessage(), $e->isMaintenance, $e->isWorthRetrying()]);
            $this->assertGreaterThan(0, $e->retryAfter);
        }
    }

    public function test_tcp_wants_a_token(): void
    {
        $port = Machine::freePort();
        [$token, $line] = explode("\n", trim($this->exrun('serve', 'token', 'laravel')));
        file_put_contents("{$this->machine->folder}/tokens", $line);
        chmod("{$this->machine->folder}/tokens", 0600);
        $this->serve(['listen' => [['address' => "127.0.0.1:{$port}", 'tokens_file' => "{$this->machine->folder}/tokens"]]], "127.0.0.1:{$port}");
        $this->with('socket', "127.0.0.1:{$port}");

        try {
            Exrun::bash('echo 1')->run();
            $this->fail('it was taken');
        } catch (NotPermitted $e) {
            $this->assertStringContainsString('EXRUN_TOKEN', $e->getMessage());
        }

        $this->with('token', $token);
        $this->assertSame("1\n", Exrun::bash('echo 1')->run()->stdout);
    }

    public function test_nobody_there(): void
    {
        $this->expectException(ServiceUnavailable::class);
        $this->expectExceptionMessageMatches('~^exrun\'s service does not answer at /run/exrun/exrun.sock \(.*\)\. Start it .*sandbox:doctor~');
        Exrun::php('')->run();
    }

    public function test_a_service_that_is_killed_is_told(): void
    {
        $this->serve();
        $this->expectException(ServiceUnavailable::class);
        $this->expectExceptionMessage('ended the connection before it had answered');
        Exrun::bash('echo here; sleep 13')->stream(fn (RunEvent $event): mixed => $event->isOutput() ? $this->service?->signal(SIGKILL) : null);
    }

    /** @return array<string, array{string, class-string<Throwable>}> */
    public static function answers(): array
    {
        return [
            'nothing' => ['', ServiceUnavailable::class],
            'half an answer' => ["HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", ServiceUnavailable::class],
            'another protocol' => ["SSH-2.0-x\r\n\r\n", UnexpectedAnswer::class],
            'not JSON' => ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", UnexpectedAnswer::class],
            'a proxy\'s words' => ["HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>", ExrunFailed::class],
            'a 503 of a proxy' => ["HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", ServiceUnavailable::class],
        ];
    }

    /** @param class-string<Throwable> $class */
    #[DataProvider('answers')]
    public function test_what_is_no_answer_of_the_service(string $answer, string $class): void
    {
        $this->answerWith($answer);
        $this->expectException($class);
        Exrun::php('')->run();
    }

    public function test_one_that_never_answers_is_left(): void
    {
        config()->set('exrun.timeouts.process', 1.5);
        config()->set('exrun.limits.wall', 1);
        $this->answerWith('', thenWait: true);
        $this->expectException(ExrunFailed::class);
        $this->expectExceptionMessage('did not end within the process time-out of 1.5 s');
        Exrun::php('')->run();
    }

    public function test_one_that_never_ends_its_answer_is_left(): void
    {
        config()->set(['exrun.timeouts.process' => 1.5, 'exrun.limits.wall' => 1]);
        $this->answerWith("HTTP/1.1 200 OK\r\n\r\n", forEver: true);
        $this->expectException(ExrunFailed::class);
        $this->expectExceptionMessage('did not end within the process time-out of 1.5 s');
        Exrun::php('')->stream(fn (): null => null);
    }

    /** A worker that is to stop after its job gets one. */
    public function test_a_signal_ends_no_run(): void
    {
        $this->serve();
        $n = 0;
        pcntl_async_signals(true);
        pcntl_signal(SIGALRM, function () use (&$n): void {
            $n++;
        });
        pcntl_alarm(1);

        try {
            $result = Exrun::bash('sleep 2; echo 1')->run();
        } finally {
            pcntl_signal(SIGALRM, SIG_DFL);
            pcntl_async_signals(false);
        }

        $this->assertSame([1, "1\n"], [$n, $result->stdout]);
    }

    /** Its socket goes with it, so that is no sign. */
    public function test_a_web_request_does_not_go_from_a_stopped_service_to_the_program(): void
    {
        $this->serve();
        $this->with('transport', 'auto');
        $this->assertNotNull(Exrun::bash('true')->run()->timing->cell);
        $this->service?->stop(30, SIGTERM);
        $this->assertFileDoesNotExist(Address::USUAL);
        $this->app->forgetInstance(Presence::class);
        $this->with('transport', 'auto');
        $this->assertSame(Verdict::Ok, Exrun::bash('true')->run()->verdict, 'a command calls the program');

        try {
            $this->fail(app(Check::class)->found());
        } catch (Finding $e) {
            $this->assertStringContainsString('does not answer at '.Address::USUAL, $e->getMessage(), 'the doctor misses it, too');
        }

        (function (): void {
            $this->isRunningInConsole = false;
        })->call($this->app);
        $this->with('transport', 'auto');
        $this->expectException(ServiceUnavailable::class);
        Exrun::bash('true')->run();
    }

    public function test_timeouts_nest_with_the_service_too(): void
    {
        $this->expectException(TimeoutsDoNotNest::class);
        Exrun::php('')->limits(wall: 60)->run();
    }

    public function test_its_presence_is_asked_once_a_second(): void
    {
        $presence = new Presence(new Address(Address::USUAL));
        $this->assertFalse($presence->isThere());
        $this->serve();
        Machine::until(fn (): bool => $presence->isThere(), 'it is not noticed', 10);
        $this->assertSame(Verdict::Ok, Exrun::bash('true')->run()->verdict);

        $path = "{$this->machine->folder}/listener";
        $listener = stream_socket_server("unix://{$path}");
        $this->assertIsResource($listener);
        $presence = new Presence(new Address($path));
        $began = hrtime(true);

        for ($n = 0; $n < 50; $n++) {
            $presence->isThere();
        }

        $seconds = (int) ((hrtime(true) - $began) / 1e9);
        $asked = 0;

        while (($connection = @stream_socket_accept($listener, 0)) !== false) {
            fclose($connection);
            $asked++;
        }

        $this->assertLessThanOrEqual($seconds + 1, $asked);
    }

    /** @return array<string, array{RunState, list<int>, int}> */
    public static function ends(): array
    {
        return [
            'a worker has just begun it' => [RunState::Running, [404, 404, 204], 3],
            'the service never gets it' => [RunState::Running, array_fill(0, 40, 404), 21],
            'it waits in the queue' => [RunState::Queued, array_fill(0, 40, 404), 1],
        ];
    }

    /** @param list<int> $answers */
    #[DataProvider('ends')]
    public function test_a_run_that_the_service_does_not_have_yet_is_ended(RunState $state, array $answers, int $asked): void
    {
        $path = "{$this->machine->folder}/socket";
        $code = '$s = stream_socket_server("unix://{$argv[1]}.new"); rename("{$argv[1]}.new", $argv[1]); foreach (explode(",", $argv[2]) as $status) { do { $c = stream_socket_accept($s, 60); $asked = fread($c, 65536); } while ($asked === ""); file_put_contents("{$argv[1]}.asked", strtok($asked, "\r")."\n", FILE_APPEND); fwrite($c, "HTTP/1.1 {$status} X\r\nContent-Length: 0\r\n\r\n"); fclose($c); }';
        $this->machine->start([PHP_BINARY, '-r', $code, '--', $path, implode(',', $answers)]);
        Machine::until(fn (): bool => file_exists($path), 'no listener');
        $this->app->forgetInstance(Presence::class);
        $this->with('socket', $path);
        $results = app(ResultStore::class);
        $state === RunState::Running ? $results->markRunning('some') : $results->markQueued('some');
        $this->delete('examples/runs/some')->assertNoContent();
        $this->assertSame(array_fill(0, $asked, 'DELETE /v1/runs/some HTTP/1.0'), file("{$path}.asked", FILE_IGNORE_NEW_LINES));
    }

    public function test_two_visitors_have_a_stream_and_the_third_is_polled(): void
    {
        $this->serve();
        Queue::fake();
        $run = ['profile' => 'python', 'source' => 'import time; print(1, flush=True); time.sleep(2.5); print(2)'];
        $post = fn (string $ip): TestResponse => $this->withServerVariables(['REMOTE_ADDR' => $ip])->flushSession()->postJson('examples/runs', $run, ['Accept' => 'text/event-stream']);
        [$first, $second] = [$post('192.0.2.1')->assertOk(), $post('192.0.2.2')->assertOk()];
        $post('192.0.2.3')->assertStatus(202);
        $texts = [$first->streamedContent(), $second->streamedContent()];
        $post('192.0.2.3')->assertOk()->streamedContent();

        foreach ($texts as $text) {
            $this->assertMatchesRegularExpression('~event: stdout\ndata: \{"text":"1\\\\n"\}\n\n(:\n\n)*event: stdout\ndata: \{"text":"2\\\\n"\}\n\nevent: result\ndata: \{.*"verdict":"ok"~', $text);
        }
        $this->assertStringContainsString("\n\n:\n\n", $texts[0], 'a comment a second');
        $whole = $this->postJson('examples/runs', ['profile' => 'php', 'source' => '<?php'])->assertOk();
        $this->assertInstanceOf(StreamedResponse::class, $whole->baseResponse, 'the session is saved before the run goes on');
        $this->assertSame('ok', $whole->json('result.verdict'));
        Queue::assertPushed(RunExample::class, 1);
    }

    public function test_a_page_gives_input_to_its_run(): void
    {
        $this->serve();
        config()->set('exrun.http.interactive', true);
        $run = ['profile' => 'python', 'source' => 'print("hi", input("name? ")); print(input())', 'stdin_open' => true];
        $stream = $this->postJson('examples/runs', $run, ['Accept' => 'text/event-stream'])->assertOk();
        $id = (string) $stream->headers->get('Exrun-Run');
        $send = fn (string $query, string $bytes): TestResponse => $this->call('POST', "examples/runs/{$id}/stdin{$query}", server: ['CONTENT_TYPE' => 'application/octet-stream'], content: $bytes);
        $send('?at=0', "Ada\n")->assertNoContent();
        $send('?at=0', "Ada\n")->assertStatus(409);
        $send('?at=4&close=1', "\xc3\xbc")->assertNoContent();
        $send('', 'x')->assertStatus(409);
        $text = $stream->streamedContent();
        $this->assertStringContainsString('hi Ada\nü', $text);
        $this->assertStringContainsString('"verdict":"ok"', $text);
        $send('', 'x')->assertStatus(409);
        config()->set('exrun.http.interactive', false);
        $this->postJson('examples/runs', $run, ['Accept' => 'text/event-stream, application/problem+json'])->assertStatus(422)->assertJsonPath('pointer', '/stdin_open');
    }

    public function test_a_run_can_be_followed_and_ended_by_another_request(): void
    {
        $this->serve();
        $run = ['profile' => 'bash', 'source' => 'echo one; sleep 60'];
        config()->set('exrun.http.profiles', ['bash']);
        $ask = fn (string $ip, string $method, string $path, array $data = []): TestResponse => $this->withServerVariables(['REMOTE_ADDR' => $ip])->flushSession()
            ->json($method, "examples/runs{$path}", $data, ['Accept' => 'text/event-stream, application/json']);
        $first = $ask('192.0.2.1', 'POST', '', $run)->assertOk();
        $id = (string) $first->headers->get('Exrun-Run');
        $ask('192.0.2.1', 'GET', "/{$id}")->assertStatus(202)->assertJson(['state' => 'running']);
        $second = $ask('192.0.2.2', 'GET', "/{$id}/events")->assertOk()->assertHeader('X-Accel-Buffering', 'no');
        $ask('192.0.2.3', 'GET', "/{$id}/events")->assertStatus(202)->assertJson(['state' => 'running']);
        $ask('192.0.2.1', 'DELETE', "/{$id}")->assertNoContent();

        foreach ([$first, $second] as $stream) {
            $this->assertMatchesRegularExpression('~event: stdout\ndata: \{"text":"one\\\\n"\}\n\n(:\n\n)*event: result\ndata: \{.*"verdict":"cancelled".*"output_url":"/examples/runs/'.$id.'/output"~', $stream->streamedContent());
        }

        $ask('192.0.2.3', 'GET', "/{$id}")->assertOk()->assertJsonPath('result.verdict', 'cancelled');
        $this->assertSame("one\n", $ask('192.0.2.3', 'GET', "/{$id}/output")->assertOk()->getContent());
        $this->assertStringContainsString('"verdict":"cancelled"', (string) $ask('192.0.2.3', 'GET', "/{$id}/events")->assertOk()->getContent());
    }

    public function test_the_commands_know_it(): void
    {
        $this->serve();
        $this->assertMatchesRegularExpression('~The service answers \.+ exrun \d\S* at /run/exrun/exrun.sock, \d+ languages~', $this->artisanPrints('sandbox:doctor', ['--user' => 'root']));
        $this->assertMatchesRegularExpression('~Service \.+ 0 running, 0 waiting, \d+ cells ready~', $this->artisanPrints('sandbox:status'));
        $this->assertMatchesRegularExpression('~Service \.+ /run/exrun/exrun.sock ~', $this->artisanPrints('about', ['--only' => 'exrun']));

        $this->exrun('maintenance', 'on', '--message', 'Back at noon.');
        $this->assertStringContainsString('takes no runs now: Back at noon', $this->artisanPrints('sandbox:doctor', ['--user' => 'root']));
        $this->assertStringContainsString('maintenance: Back at noon.', $this->artisanPrints('sandbox:status'));
    }

    /** @return array<string, array{string, string}> */
    public static function faults(): array
    {
        return [
            'nobody' => ['', "exrun's service does not answer at"],
            'another program' => ["HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 'does not answer as exrun\'s service does (HTTP status 404)'],
            'a wrong token' => ["HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", 'set EXRUN_TOKEN to it'],
        ];
    }

    #[DataProvider('faults')]
    public function test_the_doctor_says_what_is_wrong_with_it(string $answer, string $sentence): void
    {
        $answer === '' ? $this->with('socket', '/run/exrun/none.sock') : $this->answerWith($answer, again: true);
        $this->assertStringContainsString($sentence, $this->artisanPrints('sandbox:doctor', ['--user' => 'root']));
    }

    /** @param array<string, mixed> $config */
    private function serve(array $config = [], string $address = Address::USUAL): void
    {
        file_put_contents("{$this->machine->folder}/exrun.json", json_encode((object) $config, JSON_THROW_ON_ERROR));
        chmod("{$this->machine->folder}/exrun.json", 0600);
        $this->service = $this->machine->start([self::binary(), 'serve', '--config', "{$this->machine->folder}/exrun.json"]);
        Machine::until(fn (): bool => (new Presence(new Address($address)))->isThere(), 'the service does not start');
    }

    private function exrun(string ...$arguments): string
    {
        return $this->machine->must($this->machine->start([self::binary(), ...array_values($arguments)]));
    }

    /** @param array<string, string> $arguments */
    private function artisanPrints(string $command, array $arguments = []): string
    {
        Artisan::call($command, $arguments);

        return (string) preg_replace('/\s*\n {2,}(?=\S)/', ' ', Artisan::output());
    }

    /** A listener that reads a request and gives these bytes, whatever it was asked. Its socket has its name once connections are accepted. */
    private function answerWith(string $bytes, bool $thenWait = false, bool $again = false, bool $forEver = false): void
    {
        $path = "{$this->machine->folder}/socket";
        $code = '$s = stream_socket_server("unix://{$argv[1]}.new"); rename("{$argv[1]}.new", $argv[1]); do { $c = stream_socket_accept($s, 60); fread($c, 65536); fwrite($c, base64_decode($argv[2])); while ($argv[5] && @fwrite($c, str_repeat(":\n", 1 << 14))); $argv[3] ? sleep(60) : usleep(50000); fclose($c); } while ($argv[4]);';
        $this->machine->start([PHP_BINARY, '-r', $code, '--', $path, base64_encode($bytes), $thenWait ? '1' : '0', $again ? '1' : '0', $forEver ? '1' : '0']);
        Machine::until(fn (): bool => file_exists($path), 'no listener');
        $this->with('socket', $path);
    }

    private function with(string $key, string $value): void
    {
        config()->set("exrun.{$key}", $value);
        $this->app->forgetInstance(Manager::class);
        Exrun::clearResolvedInstances();
    }
}
