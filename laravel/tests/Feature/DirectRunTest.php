<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Data\Artifact;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\RunState;
use Exrun\Laravel\Support\Slots;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Auth\GenericUser;
use Illuminate\Cache\ArrayStore;
use Illuminate\Cache\Repository;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Queue;
use Illuminate\Testing\TestResponse;
use PHPUnit\Framework\Attributes\DataProvider;
use RuntimeException;

/**
 * POST examples/runs, which answers without a queue if it can. Machine/ServiceTest has a real service.
 */
final class DirectRunTest extends TestCase
{
    private const RUN = ['profile' => 'php', 'source' => '<?php echo 1;'];

    protected array $env = ['EXRUN_HTTP' => 'true'];

    public function test_the_answer_is_the_result(): void
    {
        Exrun::fake(['php' => 'done']);
        $answer = $this->postJson('examples/runs', self::RUN)->assertOk()->assertHeader('Cache-Control', 'no-store, private')
            ->assertJson(['state' => 'finished', 'result' => ['verdict' => 'ok', 'stdout' => 'done']]);

        $id = $answer->json('id');

        $this->assertIsString($id);
        $this->assertEquals($answer->json(), $this->getJson("examples/runs/{$id}")->assertOk()->json(), 'it is kept');
    }

    public function test_the_answer_is_a_stream_of_events(): void
    {
        Exrun::fake(['php' => Exrun::events()->stdout("a\n")->stderr("\xff")->result(Verdict::Timeout)]);
        $answer = $this->postJson('examples/runs', self::RUN, ['Accept' => 'text/event-stream'])->assertOk()
            ->assertHeader('Content-Type', 'text/event-stream; charset=UTF-8')->assertHeader('X-Accel-Buffering', 'no');
        $id = (string) $answer->headers->get('Exrun-Run');
        $events = explode("\n\n", str_replace("\"id\":\"{$id}\",\"stage", '"id":"ID","stage', trim($answer->streamedContent())));

        $this->assertSame(["event: started\ndata: {\"id\":\"ID\",\"stage\":\"run\",\"cell\":\"cold\"}", "event: stdout\ndata: {\"text\":\"a\\n\"}", "event: stderr\ndata: {\"base64\":\"/w==\"}"], array_slice($events, 0, 3));
        $this->assertCount(4, $events);
        [$head, $data] = explode("\ndata: ", $events[3]);
        $result = json_decode($data, true, 32, JSON_THROW_ON_ERROR);
        $this->assertSame('event: result', $head);
        $this->assertIsArray($result);
        $this->assertSame('timeout', $result['verdict']);
        $this->assertIsString($result['id']);
        $this->assertSame('timeout', Exrun::result($result['id'])?->verdict->value, 'it is kept');
        Exrun::assertStreamed('php');
    }

    public function test_what_goes_to_the_queue(): void
    {
        Exrun::fake();
        Queue::fake();
        $this->postJson('examples/runs', self::RUN, ['Prefer' => 'respond-async'])->assertStatus(202);
        $this->postJson('examples/run', self::RUN)->assertStatus(202);
        config()->set('exrun.http.path', 'queue');
        $this->postJson('examples/runs', self::RUN, ['Accept' => 'text/event-stream'])->assertStatus(202);

        Queue::assertPushed(RunExample::class, 3);
        Exrun::assertNothingRan();
    }

    public function test_without_the_service(): void
    {
        Queue::fake();
        config()->set('exrun.http.runs_at_a_time', 9);
        $this->postJson('examples/runs', self::RUN)->assertStatus(202);
        config()->set('exrun.http.path', 'service');
        $this->postJson('examples/runs', self::RUN)->assertStatus(503)->assertHeader('Retry-After', '5');
        $this->postJson('examples/runs', self::RUN, ['Accept' => 'text/event-stream'])->assertStatus(503);

        Queue::assertPushed(RunExample::class, 1);
    }

    public function test_the_services_refusals_are_passed_on(): void
    {
        foreach ([[ServiceUnavailable::busy('the queue is full', 7, false, 429), 429, '7', 'Please try again'], [ServiceUnavailable::busy('Back at noon.', 60, true), 503, '60', 'Back at noon.']] as [$e, $status, $after, $words]) {
            Exrun::fake(fn () => throw $e);

            foreach (['application/json', 'text/event-stream, application/json'] as $accept) {
                $answer = $this->postJson('examples/runs', self::RUN, ['Accept' => $accept])->assertStatus($status)->assertHeader('Retry-After', $after)->assertHeader('Content-Type', 'application/json');
                $this->assertStringContainsString($words, (string) $answer->getContent());
            }
        }
    }

    public function test_a_service_that_is_lost_is_told_in_the_stream(): void
    {
        Exrun::fake(['php' => Exrun::events()->stdout('a')->result(ServiceUnavailable::lost('/socket'))]);
        $text = $this->postJson('examples/runs', self::RUN, ['Accept' => 'text/event-stream'])->assertOk()->streamedContent();

        $this->assertStringContainsString("\"cell\":\"cold\"}\n\nevent: stdout\ndata: {\"text\":\"a\"}\n\nevent: problem\ndata: {\"status\":503", $text);
    }

    public function test_input_while_it_runs_is_refused_and_mistakes_are_told(): void
    {
        Exrun::fake();
        $this->postJson('examples/runs', [...self::RUN, 'stdin_open' => true])->assertStatus(422)->assertJsonValidationErrors('stdin_open');
        $this->postJson('examples/runs', ['profile' => 'cobol', 'source' => ''], ['Accept' => 'text/event-stream, application/json'])->assertStatus(422)->assertJsonValidationErrors('profile');
        Exrun::assertNothingRan();
    }

    public function test_a_program_may_ask_for_input_where_its_events_are_read(): void
    {
        config()->set('exrun.http.interactive', true);
        Exrun::fake(['php' => Exrun::events()->reading()->stdout('x')]);
        $text = $this->postJson('examples/runs', [...self::RUN, 'stdin_open' => true], ['Accept' => 'text/event-stream'])->assertOk()->streamedContent();
        $this->assertStringContainsString("event: reading\ndata: {}\n\nevent: stdout", $text);
        Exrun::assertStreamed(fn (Run $run): bool => $run->stdinOpen);
        $this->postJson('examples/runs', [...self::RUN, 'stdin_open' => true])->assertStatus(422)->assertJsonValidationErrors('stdin_open');
        $this->postJson('examples/run', [...self::RUN, 'stdin_open' => true])->assertStatus(422);
        $this->postJson('examples/runs', [...self::RUN, 'stdin_open' => true], ['Accept' => 'text/event-stream', 'Prefer' => 'respond-async'])->assertStatus(422)
            ->assertJsonValidationErrors('stdin_open');
    }

    public function test_a_run_gives_its_places_back(): void
    {
        $place = 'exrun:visitor:'.hash('xxh128', 'ip:127.0.0.1').':1';
        $held = [];
        Exrun::fake(['php' => function () use (&$held, $place): string {
            $held[] = Cache::store('exrun')->get($place);

            return 'done';
        }]);
        $id = $this->postJson('examples/runs', self::RUN)->assertOk()->json('id');
        $this->assertIsString($id);
        $this->assertIsString($held[0]);
        $this->assertStringEndsWith(":{$id}", $held[0]);
        $this->assertNull(Cache::store('exrun')->get($place));
    }

    public function test_a_run_counts_until_it_ends(): void
    {
        config()->set('exrun.http.address.runs_at_a_time', 1); // each request of a test has a session of its own
        $id = null;
        Exrun::fake(function (Run $run) use (&$id): string {
            $id = $run->id;
            $this->assertSame(RunState::Running, Exrun::state($run->id));
            $this->postJson('examples/runs', self::RUN)->assertStatus(429);
            $this->postJson('examples/run', self::RUN)->assertStatus(429);

            return 'done';
        });
        $this->postJson('examples/runs', self::RUN)->assertOk();
        $this->assertNotNull($id);
        Exrun::fake(fn () => throw ServiceUnavailable::busy('the queue is full', 1, false));
        $this->postJson('examples/runs', self::RUN)->assertStatus(503);
        Exrun::fake(['php' => 'again']);
        $this->postJson('examples/runs', self::RUN)->assertOk();
    }

    public function test_files_and_output_have_addresses(): void
    {
        $svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
        Exrun::fake(['php' => Result::fake('<b>x</b>', artifacts: [new Artifact('out/a?b#%41 c.svg', $svg), new Artifact('x.bin', "\xff")])]);
        $answer = $this->postJson('examples/runs', self::RUN)->assertOk();
        [$first, $second, $output] = array_map(fn (string $member): string => is_string($url = $answer->json("result.{$member}")) ? $url : '', ['artifacts.0.url', 'artifacts.1.url', 'output_url']);
        $policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";
        $this->get($first)->assertOk()->assertHeader('Content-Type', 'image/svg+xml')->assertHeader('Content-Security-Policy', $policy)->assertHeader('X-Content-Type-Options', 'nosniff')->assertContent($svg);
        $this->get($second)->assertOk()->assertHeader('Content-Type', 'application/octet-stream')->assertHeader('Content-Disposition', 'attachment')->assertContent("\xff");
        $this->get($output)->assertOk()->assertHeader('Content-Type', 'text/plain; charset=utf-8')->assertContent('<b>x</b>');
        $page = $this->get("{$output}?as=html&scripts=1")->assertOk()->assertHeader('Content-Type', 'text/html; charset=utf-8');
        $this->assertStringContainsString("sandbox allow-scripts; default-src 'none'", (string) $page->headers->get('Content-Security-Policy'));
        $this->get("{$output}?as=exe")->assertStatus(400);
        foreach (["{$output}?as=html&scripts=1", $first] as $url) {
            $this->get($url, ['Sec-Fetch-Dest' => 'document'])->assertOk()->assertHeader('Content-Type', 'text/plain; charset=utf-8');
            $this->get($url, ['Sec-Fetch-Dest' => 'iframe'])->assertOk()->assertHeader('Vary', 'Sec-Fetch-Dest');
        }
        $this->get(dirname($second).'/y.bin')->assertNotFound();
        $this->get('examples/runs/unknown/output')->assertNotFound();
    }

    public function test_a_run_can_be_called_off(): void
    {
        Exrun::fake();
        Queue::fake();
        $id = $this->postJson('examples/run', self::RUN)->assertStatus(202)->json('id');
        $this->assertIsString($id);
        app(ResultStore::class)->markQueued($id);
        $this->delete("examples/runs/{$id}")->assertNoContent();
        $this->getJson("examples/runs/{$id}")->assertStatus(202);

        Queue::assertPushed(RunExample::class, fn (RunExample $job): bool => app()->call($job->handle(...)) === null);

        $this->getJson("examples/runs/{$id}")->assertOk()->assertJsonPath('result.verdict', 'cancelled');
        Exrun::assertNothingRan();
        $this->delete("examples/runs/{$id}")->assertNoContent();
        $this->deleteJson('examples/runs/unknown')->assertNotFound();
    }

    public function test_a_run_that_has_ended_can_be_followed(): void
    {
        Exrun::fake(['php' => 'done']);
        $id = $this->postJson('examples/runs', self::RUN)->assertOk()->json('id');
        $this->assertIsString($id);
        // In one piece, so that a slow reader holds no worker.
        $text = (string) $this->get("examples/runs/{$id}/events", ['Accept' => 'text/event-stream'])->assertOk()->assertHeader('Content-Type', 'text/event-stream; charset=UTF-8')->assertHeaderMissing('X-Accel-Buffering')->getContent();
        $this->assertStringContainsString("event: stdout\ndata: {\"text\":\"done\"}\n\nevent: result\ndata: {", $text);
        $this->postJson("examples/runs/{$id}/stdin")->assertStatus(409);
        config()->set('exrun.http.interactive', true);
        $this->postJson("examples/runs/{$id}/stdin")->assertStatus(409);
        app(ResultStore::class)->markQueued('queued');
        $send = fn (string $query, string $type = 'application/octet-stream', string $bytes = 'x'): TestResponse => $this->call('POST', "examples/runs/queued/stdin{$query}", server: ['CONTENT_TYPE' => $type, 'HTTP_ACCEPT' => 'application/json'], content: $bytes);
        $send('', 'multipart/form-data; boundary=x')->assertStatus(415);
        foreach (['?at[]=1', '?at=-1', '?at=1e3', '?close[]=1', '?close=true'] as $query) {
            $send($query)->assertStatus(400);
        }
        $send('', bytes: str_repeat('x', 65537))->assertStatus(413);
        $send('')->assertStatus(503);
        $_SERVER['LARAVEL_OCTANE'] = 1;
        $this->getJson('examples/runs/queued/events')->assertStatus(202);
        unset($_SERVER['LARAVEL_OCTANE']);
        $this->get('examples/runs/unknown/events', ['Accept' => 'application/problem+json'])->assertNotFound()->assertHeader('Content-Type', 'application/problem+json');
    }

    public function test_a_token_comes_without_a_page(): void
    {
        $answer = $this->get('examples/token')->assertOk()->assertHeader('Cache-Control', 'no-store, private');

        $this->assertSame(session()->token(), $answer->json('csrf'));

        foreach (range(1, 29) as $n) {
            $this->get('examples/token')->assertOk();
        }
        $this->get('examples/token')->assertStatus(429);
    }

    public function test_a_store_that_fails_keeps_no_slot(): void
    {
        $slots = new Slots(new Repository(new ArrayStore), 1, 60);
        $this->app->instance(Slots::class, $slots);
        $path = sys_get_temp_dir().'/exrun-'.bin2hex(random_bytes(6));
        $listener = stream_socket_server("unix://{$path}");
        $this->assertIsResource($listener);
        config()->set(['exrun.socket' => $path, 'exrun.transport' => 'socket']);
        $results = $this->createStub(ResultStore::class);
        $results->method('markRunning')->willThrowException(new RuntimeException('no store'));
        $this->app->instance(ResultStore::class, $results);
        $this->postJson('examples/runs', self::RUN)->assertStatus(500);
        $this->assertNotNull($slots->take('another'));
        unlink($path);
    }

    public function test_slots_are_bounded_and_one_a_visitor(): void
    {
        $slots = new Slots(new Repository(new ArrayStore), 2, 60);
        $a = $slots->take('a');
        $this->assertNotNull($a);
        $this->assertNull($slots->take('a'), 'one a visitor');
        $b = $slots->take('b');
        $this->assertNotNull($b);
        $this->assertNull($slots->take('c'), 'two of all');
        Slots::giveBack($a);
        Slots::giveBack($a);
        $this->assertNotNull($slots->take('c'), 'who was refused can have one later');
        $this->assertNull($slots->take('a'));
        $this->assertNull((new Slots(new Repository(new ArrayStore), 0, 60))->take('a'));
    }

    /** @return array<string, array{array<string, mixed>, string}> */
    public static function members(): array
    {
        return [
            'a limit' => [['limits' => ['wall_ms' => 1]], '/limits'],
            'a variable' => [['env' => ['A' => 'b']], '/env'],
            'an ID' => [['id' => 'mine'], '/id'],
            'a label' => [['labels' => ['client' => 'x']], '/labels'],
            'an example that is none' => [['labels' => ['example' => '<b>']], '/labels'],
            'another file' => [['artifacts' => ['*.png', 'secret.txt']], '/artifacts/1'],
            'all files' => [['artifacts' => ['*']], '/artifacts/0'],
            'another pattern' => [['artifacts' => ['[a-z]*.png']], '/artifacts/0'],
            'too many files' => [['artifacts' => array_fill(0, 9, '*.png')], '/artifacts'],
            'open input' => [['stdin_open' => true], '/stdin_open'],
            'no name' => [["\u{e4}" => 1], '/request'],
            'a file without a name' => [['files' => [['content' => '']]], '/files/0/path'],
        ];
    }

    /** @param array<string, mixed> $members */
    #[DataProvider('members')]
    public function test_what_is_the_sites_is_refused_with_its_place(array $members, string $pointer): void
    {
        Exrun::fake();
        $answer = $this->postJson('examples/runs', [...self::RUN, ...$members], ['Accept' => 'text/event-stream, application/problem+json'])
            ->assertStatus(422)->assertHeader('Content-Type', 'application/problem+json')->assertJson(['status' => 422, 'type' => 'about:blank', 'pointer' => $pointer]);

        $this->assertNotSame('', $answer->json('detail'));
        Exrun::assertNothingRan();
    }

    public function test_the_shape_of_the_contract_is_taken(): void
    {
        Exrun::fake();
        $this->postJson('examples/runs', [...self::RUN, 'v' => 1, 'artifacts' => ['*.png', 'plot.svg'], 'labels' => ['example' => 'a/b'], 'stdin' => 'x', 'args' => ['y']])->assertOk();
        $run = Exrun::recorded()[0][0];

        $this->assertSame([['*.png', 'plot.svg'], 'a/b', 'x', ['y']], [$run->artifacts, $run->label('example'), $run->stdin, $run->args]);
    }

    public function test_problems_are_told_in_one_form(): void
    {
        config()->set('exrun.http.max.body', 10);
        $problem = ['Accept' => 'application/problem+json'];
        $this->postJson('examples/runs', self::RUN, $problem)->assertStatus(413)->assertHeader('Content-Type', 'application/problem+json')->assertJson(['title' => 'Content Too Large']);
        $this->postJson('examples/runs', self::RUN)->assertStatus(413)->assertHeader('Content-Type', 'application/json');
        $this->getJson('examples/runs/none', $problem)->assertStatus(404)->assertJson(['detail' => 'There is no such run, or its result has expired.']);
        config()->set('exrun.http.max.body', '1M');
        Exrun::fake(fn () => throw ServiceUnavailable::busy('full', 9, false, 429));
        $this->postJson('examples/runs', self::RUN, $problem)->assertStatus(429)->assertHeader('Retry-After', '9')->assertJson(['status' => 429]);
    }

    public function test_the_service_is_told_for_whom_a_run_is(): void
    {
        Exrun::fake();
        $label = fn (): ?string => Exrun::recorded()[count(Exrun::recorded()) - 1][0]->label('client');
        $post = function (string $ip, ?int $user = null): void {
            $user === null ? auth()->forgetUser() : $this->actingAs(new GenericUser(['id' => $user]));
            $this->withServerVariables(['REMOTE_ADDR' => $ip])->postJson('examples/runs', self::RUN)->assertOk();
        };
        $post('192.0.2.1');
        $first = $label();
        $this->assertMatchesRegularExpression('/\A[\w-]{22}\z/', (string) $first);
        $this->assertSame("{$first}\n", $this->artisanPrints('192.0.2.1'));
        $post('192.0.2.2');
        $this->assertNotSame($first, $label());
        $post('2001:db8::1');
        $this->assertSame("{$label()}\n", $this->artisanPrints('2001:db8::2'), 'a /64 is one visitor');
        $post('192.0.2.1', 7);
        $this->assertSame("{$label()}\n", $this->artisanPrints('7'));
        $this->assertNotSame($first, $label());
        config()->set('app.key', 'another');
        $this->assertNotSame("{$first}\n", $this->artisanPrints('192.0.2.1'));
    }

    private function artisanPrints(string $who): string
    {
        Artisan::call('exrun:client', ['who' => $who]);

        return Artisan::output();
    }
}
