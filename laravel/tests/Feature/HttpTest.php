<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Closure;
use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\ExrunServiceProvider;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Http\Requests\RunRequest;
use Exrun\Laravel\Jobs\RunExample;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Auth\Access\Response;
use Illuminate\Auth\GenericUser;
use Illuminate\Cache\Events\KeyWritten;
use Illuminate\Cache\RateLimiting\Limit;
use Illuminate\Contracts\Cache\Lock;
use Illuminate\Contracts\Cache\LockProvider;
use Illuminate\Foundation\Http\Middleware\ConvertEmptyStringsToNull;
use Illuminate\Foundation\Http\Middleware\TrimStrings;
use Illuminate\Http\Request;
use Illuminate\Queue\DatabaseQueue;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Event;
use Illuminate\Support\Facades\File;
use Illuminate\Support\Facades\Gate;
use Illuminate\Support\Facades\Queue;
use Illuminate\Support\Facades\RateLimiter;
use Illuminate\Support\Facades\Route;
use Illuminate\Support\Sleep;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * The optional route. CSRF is tested by Machine/BrowserTest, because Laravel leaves it out in unit tests.
 */
final class HttpTest extends TestCase
{
    protected array $env = ['EXRUN_HTTP' => 'true'];

    protected function setUp(): void
    {
        parent::setUp();
        Exrun::fake(['*' => 'done']);
    }

    public function test_languages_may_stand_apart(): void
    {
        $this->env['EXRUN_HTTP_PROFILES'] = 'php, python';
        $this->refreshApplication();
        Exrun::fake(['*' => 'done']);
        $this->postJson('examples/run', ['profile' => 'python', 'source' => 'print(1)'])->assertStatus(202);
    }

    public function test_from_the_button_to_the_result(): void
    {
        $answer = $this->postJson('examples/run', ['profile' => 'php', 'source' => '<?php echo 1;', 'stdin' => 'in', 'args' => ['a', ''], 'example' => 'collections/map',
            'files' => [['path' => '7', 'content' => 'seven'], ['path' => 'lib/a.php', 'content' => '']]]);

        $url = $answer->json('url');
        $this->assertIsString($url);
        $id = $answer->json('id');
        $this->assertIsString($id);
        $answer->assertStatus(202)->assertJson(['state' => 'queued', 'url' => "/examples/runs/{$id}"])->assertHeader('Location', $url);
        Exrun::assertRan(fn (Run $run): bool => $run->stdin === 'in' && $run->args === ['a', ''] && $run->label('example') === 'collections/map'
            && $run->files === ['7' => 'seven', 'lib/a.php' => ''] && $run->limits->wallMs === 5000);

        $this->getJson($url)->assertOk()->assertJson(['state' => 'finished', 'result' => ['verdict' => 'ok', 'stdout' => 'done', 'labels' => ['example' => 'collections/map']]])
            ->assertHeader('Cache-Control', 'no-store, private');
    }

    public function test_polling_reports_the_state(): void
    {
        config()->set('queue.default', 'none');
        config()->set('queue.connections.none', ['driver' => 'null']);
        $run = Exrun::php('')->toRun();
        app(ResultStore::class)->markQueued($run->id);
        $this->getJson("examples/runs/{$run->id}")->assertStatus(202)->assertExactJson(['id' => $run->id, 'state' => 'queued']);
        app(ResultStore::class)->markRunning($run->id);
        $this->getJson("examples/runs/{$run->id}")->assertStatus(202)->assertJson(['state' => 'running']);
        app(ResultStore::class)->keep($run->id, Result::error($run, 'sorry'));
        $this->getJson("examples/runs/{$run->id}")->assertOk()->assertJson(['result' => ['verdict' => 'error', 'message' => 'sorry']]);
        $this->getJson('examples/runs/unknown')->assertNotFound()->assertExactJson(['message' => 'There is no such run, or its result has expired.']);
        $this->getJson('examples/runs/..%2f')->assertNotFound();
    }

    public function test_a_program_arrives_as_it_was_typed(): void
    {
        foreach ([" \n  print(1)\n\n", '', "\t", "\r\na\0b"] as $source) {
            $this->postJson('examples/run', ['profile' => 'python', 'source' => $source, 'stdin' => " in \n"])->assertStatus(202);
            Exrun::assertRan(fn (Run $run): bool => $run->source === $source && $run->stdin === " in \n");
        }

        // Other routes of the application are still trimmed.
        Route::post('other', fn (Request $request): array => $request->all());
        $this->postJson('other', ['source' => ' a '])->assertExactJson(['source' => 'a']);
    }

    public function test_a_program_arrives_as_it_was_typed_if_there_is_no_prefix(): void
    {
        foreach (['', '/'] as $prefix) {
            TrimStrings::flushState();
            ConvertEmptyStringsToNull::flushState();
            config()->set('exrun.http.prefix', $prefix);
            (new ExrunServiceProvider($this->app))->boot();

            foreach ([" a \n", ''] as $source) {
                $this->postJson('run', ['profile' => 'php', 'source' => $source])->assertStatus(202);
                Exrun::assertRan(fn (Run $run): bool => $run->source === $source);
            }
            Exrun::fake(['*' => 'done']);
        }
    }

    public function test_bytes_come_back_as_base64(): void
    {
        Exrun::fake(['*' => "\xff\0"]);
        $id = $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->json('id');
        assert(is_string($id));

        $this->getJson("examples/runs/{$id}")->assertJson(['result' => ['encoding' => 'base64', 'stdout' => base64_encode("\xff\0")]]);
    }

    /** @return array<string, array{string, array<string, mixed>, string}> */
    public static function mistakes(): array
    {
        return [
            'no profile' => ['profile', ['profile' => null], 'The profile field is required.'],
            'a profile that the site does not offer' => ['profile', ['profile' => 'bash'], 'This language cannot be run here.'],
            'no source' => ['source', ['source' => null], 'The source field must be a string.'],
            'a list as source' => ['source', ['source' => ['a']], 'The source field must be a string.'],
            'a long source' => ['source', ['source' => str_repeat('ä', 32769)], 'The source may have 65536 bytes at most.'],
            'a long stdin' => ['stdin', ['stdin' => str_repeat('a', 65537)], 'The stdin may have 65536 bytes at most.'],
            'many arguments' => ['args', ['args' => array_fill(0, 17, 'a')], 'The args field must not have more than 16 items.'],
            'named arguments' => ['args', ['args' => ['a' => 'b']], 'The args field must be a list.'],
            'a number as argument' => ['args.0', ['args' => [1]], 'The args.0 field must be a string.'],
            'NUL in an argument' => ['args', ['args' => ["a\0b"]], 'a?b\\" is not UTF-8 text'],
            'many files' => ['files', ['files' => array_fill(0, 9, ['path' => 'a', 'content' => ''])], 'The files field must not have more than 8 items.'],
            'large files' => ['files', ['files' => [['path' => 'a', 'content' => str_repeat('a', 200_000)], ['path' => 'b', 'content' => str_repeat('a', 100_000)]]], '262144 bytes together'],
            'one path twice' => ['files.0.path', ['files' => array_fill(0, 2, ['path' => 'a', 'content' => ''])], 'Two files have the same path.'],
            'a file without a path' => ['files.0.path', ['files' => [['content' => '']]], 'field is required.'],
            'a path that leads out' => ['files.0.path', ['files' => [['path' => '../x', 'content' => '']]], 'The path \\"../x\\" has a part'],
            'an absolute path' => ['files.0.path', ['files' => [['path' => '/etc/x', 'content' => '']]], 'The path \\"/etc/x\\" is absolute'],
            'an empty part' => ['files.0.path', ['files' => [['path' => 'a//b', 'content' => '']]], 'has an empty part.'],
            'a dot' => ['files.0.path', ['files' => [['path' => 'a/./b', 'content' => '']]], 'has a part \\".\\".'],
            'a control character' => ['files.0.path', ['files' => [['path' => "a\nb", 'content' => '']]], 'The path \\"a?b\\" holds a control character.'],
            'the file of the program itself' => ['files.0.path', ['files' => [['path' => 'main.php', 'content' => '']]], 'The path \\"main.php\\" is the file that the program itself becomes.'],
            'a file below a file' => ['files.1.path', ['files' => [['path' => 'a', 'content' => ''], ['path' => 'a/b', 'content' => '']]], 'The path \\"a/b\\" is below a path that is a file.'],
            'an odd example' => ['example', ['example' => '<script>'], 'format is invalid.'],
        ];
    }

    /** @param array<string, mixed> $members */
    #[DataProvider('mistakes')]
    public function test_mistakes_are_told_in_laravels_shape(string $field, array $members, string $sentence): void
    {
        $answer = $this->postJson('examples/run', [...['profile' => 'php', 'source' => '<?php'], ...$members]);

        $answer->assertStatus(422)->assertJsonStructure(['message', 'errors' => [$field]]);
        $this->assertStringContainsString($sentence, (string) json_encode(((array) $answer->json('errors'))[$field] ?? null, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE));
        Exrun::assertNothingRan();

        $this->post('examples/run', [...['profile' => 'php', 'source' => '<?php'], ...$members])->assertRedirect()->assertSessionHasErrors($field);
    }

    /** @return array<string, array{Closure(): array<string, mixed>}> */
    public static function longLists(): array
    {
        return [
            'arguments' => [fn (): array => ['args' => array_fill(0, 20_000, 1)]],
            'arguments that are lists' => [fn (): array => ['args' => array_fill(0, 200, array_fill(0, 100, 1))]],
            'files without members' => [fn (): array => ['files' => array_fill(0, 10_000, [])]],
            'files' => [fn (): array => ['files' => array_fill(0, 5_000, ['path' => '../a', 'content' => ''])]],
            'members of a file that are lists' => [fn (): array => [
                'files' => [array_fill_keys(['path', 'content'], array_fill(0, 10_000, 'a'))],
            ]],
            'files with names' => [fn (): array => ['files' => array_fill_keys(range(1, 5_000), [])]],
            'a text that is a list' => [fn (): array => [
                'source' => array_fill(0, 20_000, 'a'), 'example' => [[[['a']]]],
            ]],
            'members that no run has' => [fn (): array => ['source' => null, 'other' => array_fill(0, 20_000, ['a'])]],
        ];
    }

    /** @param Closure(): array<string, mixed> $members */
    #[DataProvider('longLists')]
    public function test_a_list_is_cut_before_each_of_its_entries_is_looked_at(Closure $members): void
    {
        $data = ['profile' => 'php', 'source' => '', ...$members()];
        $answer = $this->postJson('examples/run', $data)->assertStatus(422);

        $this->assertLessThan(8_000, strlen((string) $answer->getContent()));
        $this->assertLessThan(40, count((array) $answer->json('errors')));
        $seen = count(RunRequest::create('/', 'POST', $data)->validationData(), COUNT_RECURSIVE);
        $this->assertLessThan(60, $seen, 'Laravel looks at each of them');
        Exrun::assertNothingRan();
    }

    public function test_a_form_with_names_that_are_not_utf_8_is_refused(): void
    {
        $json = ['Accept' => 'application/json'];
        $run = ['profile' => 'php', 'source' => ''];

        foreach (['files' => ["\xff" => ['content' => '']], 'args' => ["\xff" => [1]]] as $name => $list) {
            $this->post('examples/run', [...$run, $name => $list], $json)
                ->assertStatus(422)->assertJsonValidationErrors([$name]);
        }
        $this->post('examples/run', [...$run, 'files' => [["\xff" => '', 'path' => "\xff"]]], $json)->assertStatus(422);
        $this->post('examples/run', [...$run, "\xff" => 1], $json)->assertStatus(202);
    }

    public function test_what_exrun_itself_refuses_is_told_to_the_visitor(): void
    {
        Exrun::fake(['*' => new InvalidRun('must not be absolute', '/files/0/path')]);
        $id = $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->json('id');
        assert(is_string($id));

        $this->getJson("examples/runs/{$id}")->assertJson(['result' => ['verdict' => Verdict::Error->value, 'message' => 'The program could not be run. The path of file 1 must not be absolute.']]);
    }

    public function test_a_body_larger_than_any_run_is_refused_before_it_is_read(): void
    {
        $this->postJson('examples/run', ['profile' => 'php', 'source' => str_repeat('a', 1_100_000)])->assertStatus(413)->assertJson(['message' => 'A request may have 1048576 bytes at most.']);
    }

    public function test_the_throttle_says_when(): void
    {
        config()->set('exrun.http.runs_per_minute', 2);
        $this->asSession('a');
        $run = ['profile' => 'php', 'source' => ''];
        $this->postJson('examples/run', $run)->assertStatus(202)->assertHeader('X-RateLimit-Remaining', '1');
        $this->postJson('examples/run', $run)->assertStatus(202);
        $answer = $this->postJson('examples/run', $run)->assertStatus(429);

        $seconds = $answer->headers->get('Retry-After');
        $this->assertGreaterThan(0, (int) $seconds);
        $answer->assertExactJson(['message' => "Those were many runs in a short time. You can run the next one in {$seconds} seconds."]);

        // By user if there is one, or else by session, so a class behind one address doesn't share one throttle.
        $this->postJson('examples/run', $run, ['X-Forwarded-For' => '192.0.2.1'])->assertStatus(429);
        $this->asSession('b')->postJson('examples/run', $run)->assertStatus(202);
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(429);
        $this->actingAs(new GenericUser(['id' => 1]))->postJson('examples/run', $run)->assertStatus(202);
        $this->travel(61)->seconds();
        $this->postJson('examples/run', $run)->assertStatus(202);
    }

    public function test_an_address_has_a_throttle_of_its_own(): void
    {
        config()->set('exrun.http.address.runs_per_minute', 3);
        $run = ['profile' => 'php', 'source' => ''];

        foreach (['a', 'b', 'c'] as $session) {
            $this->asSession($session)->postJson('examples/run', $run)->assertStatus(202);
        }
        $this->asSession('d')->postJson('examples/run', $run)->assertStatus(429);
        $this->withServerVariables(['REMOTE_ADDR' => '192.0.2.1'])->postJson('examples/run', $run)->assertStatus(202);
    }

    public function test_a_visitor_has_two_runs_at_a_time(): void
    {
        $this->queued();
        $run = ['profile' => 'php', 'source' => ''];
        $ids = array_map(fn (): mixed => $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202)->json('id'), [1, 2]);
        $this->postJson('examples/run', $run)->assertStatus(429)->assertHeader('Retry-After', '2')
            ->assertExactJson(['message' => 'Your last program is still running. You can run the next one when it has ended.']);
        $this->asSession('b')->postJson('examples/run', $run)->assertStatus(202);
        $this->actingAs(new GenericUser(['id' => 1]))->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
        $this->app->make('auth')->forgetGuards();

        $this->assertIsString($ids[0]);
        app(ResultStore::class)->keep($ids[0], Result::error(Exrun::php('')->toRun(), 'sorry'));
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
        $this->postJson('examples/run', $run)->assertStatus(429);
        $this->travel(11)->minutes(); // if a queue was cleared, nobody is blocked for ever
        $this->postJson('examples/run', $run)->assertStatus(202);
    }

    public function test_forty_sleepers_of_one_visitor_hold_up_nobody_else(): void
    {
        $this->queued();
        config()->set('exrun.http.runs_per_minute', 100);
        $run = ['profile' => 'php', 'source' => '<?php sleep(5);'];
        $taken = array_filter(range(1, 40), fn (): bool => $this->asSession('sleeper')->postJson('examples/run', $run)->status() === 202);

        $this->assertCount(2, $taken);
        $this->asSession('next')->postJson('examples/run', $run)->assertStatus(202)->assertJson(['before' => 2]);
    }

    public function test_forty_sessions_of_one_address_hold_up_nobody_else(): void
    {
        $this->queued();
        config()->set('exrun.http.runs_per_minute', 100);
        $run = ['profile' => 'php', 'source' => '<?php sleep(5);'];
        $post = fn (int $n): int => $this->asSession("sleeper{$n}")->postJson('examples/run', $run)->status();
        $taken = array_filter(range(1, 40), fn (int $n): bool => $post($n) === 202);

        $this->assertCount(10, $taken);
        $this->withServerVariables(['REMOTE_ADDR' => '192.0.2.1'])->asSession('next')->postJson('examples/run', $run)
            ->assertStatus(202)->assertJson(['before' => 10]);
    }

    public function test_the_guide_says_how_long_the_last_one_waits(): void
    {
        $guide = (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md');
        $number = fn (string $pattern): int => preg_match($pattern, $guide, $found) === 1
            ? (int) $found[1]
            : $this->fail($pattern);
        $most = $number('/^EXRUN_HTTP_MAX_WAITING=(\d+)$/m') * config()->integer('exrun.limits.wall');

        $this->assertSame(4, $number('/^numprocs=(\d+)$/m'));
        $this->assertSame($most / 4, $number('/: (\d+) s with four workers/'));
        $this->assertSame($most, $number('/with four workers, (\d+) s with one/'));
    }

    public function test_an_ipv6_network_is_one_address(): void
    {
        $this->queued();
        $run = ['profile' => 'php', 'source' => ''];
        $from = fn (string $ip, string $session): int => $this->withServerVariables(['REMOTE_ADDR' => $ip])
            ->asSession($session)->postJson('examples/run', $run)->status();

        foreach (range(1, 10) as $n) {
            $this->assertSame(202, $from(sprintf('2001:db8::%x', $n), (string) $n));
        }
        $this->assertSame(429, $from('2001:db8:0:0:ffff::1', 'a'));
        $this->assertSame(202, $from('2001:db8:0:1::1', 'b'));

        config()->set('exrun.http.address.runs_at_a_time', 1);
        $this->assertSame(202, $from('::ffff:192.0.2.1', 'c'), 'an IPv4 address, mapped');
        $this->assertSame(429, $from('192.0.2.1', 'd'));
        $this->assertSame(202, $from('::ffff:192.0.2.2', 'e'));

        config()->set('exrun.http.address.runs_per_minute', 1);
        $this->assertSame(429, $from('2001:db8:0:1::2', 'f'), 'the throttle counts so, too');
    }

    public function test_a_visitor_whose_lock_is_held_is_asked_to_come_back(): void
    {
        Sleep::fake(syncWithCarbon: true);
        $this->queued();
        config()->set('exrun.http.runs_at_a_time', 1);
        $run = ['profile' => 'php', 'source' => ''];
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
        Artisan::call('queue:work', ['--once' => true, '--sleep' => 0]);
        $held = $this->visitorsLock('session:'.str_pad('a', 40, 'x'));
        $this->assertTrue($held->get(), 'another request looks which of the places are free');

        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(429)->assertHeader('Retry-After', '2');
        $this->asSession('b')->postJson('examples/run', $run)->assertStatus(202);
        $held->release();
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
    }

    public function test_no_lock_is_held_while_a_queue_without_workers_runs_the_program(): void
    {
        config()->set('exrun.http.runs_at_a_time', 1);
        $seen = [];
        $run = ['profile' => 'php', 'source' => ''];
        Exrun::fake(['*' => function () use (&$seen, $run): string {
            if ($seen === []) {
                $seen[] = $this->visitorsLock('session:'.str_pad('a', 40, 'x'))->get(fn (): string => 'free');
                $seen[] = $this->asSession('a')->postJson('examples/run', $run)->status();
            }

            return 'done';
        }]);
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);

        $this->assertSame(['free', 429], $seen, 'and it counts');
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
    }

    public function test_a_run_that_could_not_be_dispatched_does_not_count(): void
    {
        config()->set(['exrun.http.runs_at_a_time' => 1, 'exrun.timeouts.job' => 45]);
        $run = ['profile' => 'php', 'source' => ''];
        $this->queued();
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(500);
        config()->set('exrun.timeouts.job', 60);
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202);
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(429);
    }

    public function test_polls_without_a_session_leave_nothing_once_their_address_is_refused(): void
    {
        config()->set(['exrun.http.address.polls_per_minute' => 3, 'cache.limiter' => 'array']);
        $keys = [];
        Event::listen(function (KeyWritten $event) use (&$keys): void {
            $keys[$event->key] = true;
        });
        $kept = [];

        foreach (range(1, 6) as $n) {
            $this->asSession((string) $n)->getJson('examples/runs/none')->assertStatus($n > 3 ? 429 : 404);
            $kept[] = count($keys);
        }
        $this->assertGreaterThan($kept[1], $kept[2]);
        $this->assertSame($kept[2], $kept[5]);
    }

    public function test_an_address_has_ten_runs_at_a_time(): void
    {
        $this->queued();
        $run = ['profile' => 'php', 'source' => ''];

        foreach (range(1, 10) as $session) {
            $this->asSession((string) $session)->postJson('examples/run', $run)->assertStatus(202);
        }
        $this->asSession('other')->postJson('examples/run', $run)->assertStatus(429)
            ->assertJson(['message' => 'Other programs from your network are still running. You can run yours in a moment.']);
    }

    public function test_a_full_queue_takes_no_more(): void
    {
        $this->queued();
        config()->set('exrun.http.max_waiting', 3);
        $run = ['profile' => 'php', 'source' => ''];

        foreach (['a', 'b', 'c'] as $session) {
            $this->asSession($session)->postJson('examples/run', $run)->assertStatus(202);
        }
        $this->asSession('d')->postJson('examples/run', $run)->assertStatus(503)->assertHeader('Retry-After', '5')
            ->assertExactJson(['message' => 'Many programs are waiting to be run. Please try again in a few seconds.']);
        $this->assertSame(3, DB::table('jobs')->count());
    }

    public function test_delayed_jobs_do_not_fill_the_queue(): void
    {
        if (! in_array('pendingSize', get_class_methods(DatabaseQueue::class), true)) {
            $this->markTestSkipped('The queues of this Laravel count delayed jobs with the others.');
        }
        $this->queued();
        config()->set('exrun.http.max_waiting', 3);

        foreach (range(1, 5) as $n) {
            dispatch(function (): void {})->delay(86_400);
        }
        $run = ['profile' => 'php', 'source' => ''];
        $this->asSession('a')->postJson('examples/run', $run)->assertStatus(202)->assertJson(['before' => 0]);
        dispatch(function (): void {});
        $this->asSession('b')->postJson('examples/run', $run)->assertStatus(202)->assertJson(['before' => 1]);
        $now = now()->timestamp;
        DB::table('jobs')->where('available_at', '<=', $now)->limit(1)->update(['reserved_at' => $now]);
        $this->asSession('c')->postJson('examples/run', $run)->assertStatus(503);
    }

    public function test_the_place_in_the_queue_is_told(): void
    {
        $this->queued();
        $run = ['profile' => 'php', 'source' => ''];
        $urls = [];

        foreach (['a', 'b', 'c', 'd'] as $before => $session) {
            $answer = $this->asSession($session)->postJson('examples/run', $run)->assertStatus(202)->assertJson(['before' => $before]);
            $urls[] = $answer->json('url');
        }
        Artisan::call('queue:work', ['--once' => true, '--sleep' => 0]);
        Artisan::call('queue:work', ['--once' => true, '--sleep' => 0]);
        $this->assertIsString($urls[3]);
        $this->getJson($urls[3])->assertStatus(202)->assertJson(['state' => 'queued', 'before' => 1]);

        // If the number is not known, it is left out.
        Cache::store('exrun')->forget('exrun:'.basename($urls[3]).':place');
        $this->getJson($urls[3])->assertStatus(202)->assertJsonMissingPath('before');
    }

    public function test_clearing_the_cache_touches_no_run(): void
    {
        $this->queued();
        config()->set('cache.default', 'file');
        config()->set('cache.stores.file.path', $folder = sys_get_temp_dir().'/exrun-cache-'.bin2hex(random_bytes(4)));
        $this->app->useStoragePath($storage = "{$folder}-storage");
        Cache::forgetDriver('exrun');
        $this->app->forgetInstance(\Exrun\Laravel\Exrun::class);
        Exrun::clearResolvedInstances();
        Exrun::fake(['*' => 'done']);
        $url = $this->asSession('a')->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(202)->json('url');
        $this->assertIsString($url);
        Cache::put('mine', 'of the application');
        Artisan::call('cache:clear');
        $this->assertNull(Cache::get('mine'));

        $this->getJson($url)->assertStatus(202);
        Artisan::call('queue:work', ['--once' => true, '--sleep' => 0]);
        Artisan::call('cache:clear');
        $this->getJson($url)->assertOk()->assertJson(['result' => ['stdout' => 'done']]);
        File::deleteDirectory($folder);
        File::deleteDirectory($storage);
    }

    public function test_settings_that_were_published_earlier_get_the_new_ones(): void
    {
        config()->set('exrun', ['http' => ['enabled' => true, 'runs_per_minute' => 7]]);
        (new ExrunServiceProvider($this->app))->register();

        $this->assertSame([7, 20], [config('exrun.http.runs_per_minute'), config('exrun.http.max_waiting')]);
    }

    public function test_an_application_may_throttle_in_its_own_way(): void
    {
        RateLimiter::for('exrun', fn (): Limit => Limit::perDay(1));
        $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(202);
        $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(429);
    }

    public function test_a_gate_decides(): void
    {
        Gate::define('runExample', fn (?GenericUser $user, Request $request): Response => $request->input('profile') === 'php' ? Response::allow() : Response::deny('PHP only today.'));

        $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(202);
        $this->postJson('examples/run', ['profile' => 'python', 'source' => ''])->assertForbidden()->assertExactJson(['message' => 'PHP only today.']);
        Exrun::assertNotRan('python');
    }

    public function test_the_job_goes_where_the_configuration_says(): void
    {
        Queue::fake();
        config()->set('exrun.queue.queue', 'examples');
        $this->postJson('examples/run', ['profile' => 'php', 'source' => ''])->assertStatus(202);

        Queue::assertPushedOn('examples', RunExample::class);
    }

    private function visitorsLock(string $name): Lock
    {
        $store = Cache::store('exrun')->getStore();
        assert($store instanceof LockProvider);

        return $store->lock('exrun:visitor:'.hash('xxh128', $name).':lock', 10);
    }

    /** Runs wait in the database. */
    private function queued(): void
    {
        config()->set('queue.default', 'database');
        Artisan::call('migrate', ['--force' => true]);
    }

    /** Sends requests as a browser that has this session. */
    private function asSession(string $name): static
    {
        $this->app->make('session')->forgetDrivers();
        config()->set('session.driver', 'cookie');
        $cookie = config('session.cookie');
        assert(is_string($cookie));

        return $this->withCredentials()->withCookie($cookie, str_pad($name, 40, 'x'));
    }

    public function test_there_is_no_route_until_it_is_switched_on(): void
    {
        $this->assertFalse(config('exrun.http.enabled') === false);
        $this->assertTrue($this->app->make('router')->has('exrun.run'));
        $this->env = [];
        $this->refreshApplication();
        $this->assertFalse($this->app->make('router')->has('exrun.run'));
    }
}
