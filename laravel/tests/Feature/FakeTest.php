<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Closure;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\BinaryNotFound;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\ServiceUnavailable;
use Exrun\Laravel\Exceptions\StrayRun;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use OutOfBoundsException;
use PHPUnit\Framework\AssertionFailedError;
use RuntimeException;

/**
 * The fakes that an application's own tests use. exrun is not called here: if a run reached it, it would fail.
 */
final class FakeTest extends TestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        config()->set('exrun.binary', '/no/such/exrun');
    }

    public function test_without_answers_every_run_ends_well(): void
    {
        Exrun::fake();
        $result = Exrun::rust('fn main() {}')->label(example: 'a')->id('x')->limits(wall: 3)->run();

        $this->assertTrue($result->successful());
        $this->assertSame(['x', 'rust', '', 0, ['example' => 'a'], 3000], [$result->id, $result->profile, $result->stdout, $result->exitCode, $result->labels, $result->limits->wallMs]);
    }

    public function test_answers_are_chosen_by_profile_and_pattern(): void
    {
        Exrun::fake([
            'php' => '42',
            'py*' => Verdict::Timeout,
            'ruby' => Result::fake(stdout: 'a', stderr: 'b', verdict: Verdict::Failed, exitCode: 3),
            '*' => fn (Run $run): string => "{$run->profile} has ".strlen($run->source),
        ]);

        $this->assertSame('42', Exrun::php('')->run()->stdout);
        $this->assertSame([Verdict::Timeout, null], [Exrun::python('')->run()->verdict, Exrun::python('')->run()->exitCode]);
        $this->assertSame(3, Exrun::ruby('')->run()->exitCode);
        $this->assertSame('lua has 3', Exrun::lua('abc')->run()->stdout);
    }

    public function test_a_closure_answers_all_and_may_leave_a_run_to_the_next(): void
    {
        Exrun::fake(['php' => fn (Run $run): ?string => $run->label('example') === 'a' ? 'mine' : null, '*' => 'other']);

        $this->assertSame('mine', Exrun::php('')->label(example: 'a')->run()->stdout);
        $this->assertSame('other', Exrun::php('')->label(example: 'b')->run()->stdout);
    }

    public function test_sequences_answer_in_order(): void
    {
        Exrun::fake(['php' => Exrun::sequence(['one'])->push(Verdict::OutOfMemory), 'lua' => Exrun::sequence()->whenEmpty('more')]);

        $this->assertSame('one', Exrun::php('')->run()->stdout);
        $this->assertSame(Verdict::OutOfMemory, Exrun::php('')->run()->verdict);
        $this->assertSame('more', Exrun::lua('')->run()->stdout);
        $this->expectException(OutOfBoundsException::class);
        Exrun::php('')->run();
    }

    public function test_exceptions_are_thrown(): void
    {
        Exrun::fake(['*' => ExrunFailed::withStatus(75, 'full')]);
        $this->expectException(ExrunFailed::class);
        Exrun::php('')->run();
    }

    public function test_assertions_see_each_run(): void
    {
        Exrun::fake();
        Exrun::assertNothingRan();
        Exrun::php('<?php echo 1;')->stdin('in')->run();
        Exrun::php('<?php echo 2;')->run();

        Exrun::assertRan('php')->assertRan('p*')->assertNotRan('lua')->assertDidntRun(fn (Run $run) => $run->stdin === 'out')->assertRanTimes('php', 2);
        Exrun::assertRan(fn (Run $run, Result $result) => str_contains($run->source, 'echo 1') && $run->stdin === 'in' && $result->successful());
        Exrun::assertRanTimes(fn (Run $run) => $run->stdin === 'in');
        $this->assertCount(2, Exrun::recorded());
        $this->assertSame('<?php echo 2;', Exrun::recorded()[1][0]->source);
    }

    public function test_a_failed_assertion_says_what_was_run(): void
    {
        Exrun::fake();
        Exrun::php('<?php echo 1;')->run();

        foreach ([
            "An expected program was not run. These were:\n  php: <?php echo 1;" => fn () => Exrun::assertRan('lua'),
            'An expected program ran 1 times instead of 2 times.' => fn () => Exrun::assertRanTimes('php', 2),
            'An unexpected program was run.' => fn () => Exrun::assertNotRan('php'),
            'Programs were run unexpectedly.' => fn () => Exrun::assertNothingRan(),
        ] as $sentence => $assertion) {
            try {
                $assertion();
            } catch (AssertionFailedError $e) {
                $this->assertStringStartsWith($sentence, $e->getMessage());

                continue;
            }
            $this->fail($sentence);
        }
    }

    public function test_stray_runs_can_be_prevented(): void
    {
        Exrun::fake(['php' => '1']);
        Exrun::preventStrayRuns();
        Exrun::php('')->run();
        $this->expectException(StrayRun::class);
        $this->expectExceptionMessage("A test wanted to run a lua program without a matching fake. Add 'lua' or '*' to Exrun::fake([...]).");
        Exrun::lua('')->run();
    }

    public function test_stray_runs_are_real_otherwise(): void
    {
        Exrun::fake(['php' => '1']);
        $this->expectException(BinaryNotFound::class);
        Exrun::lua('')->run();
    }

    public function test_queued_runs_are_faked_as_well(): void
    {
        Exrun::fake(['php' => 'from the queue']);
        $id = Exrun::php('')->dispatch();

        $this->assertSame('from the queue', Exrun::result($id)?->stdout);
        Exrun::assertRan('php');
    }

    public function test_asking_without_a_fake_says_so(): void
    {
        $this->expectException(RuntimeException::class);
        $this->expectExceptionMessage('Call Exrun::fake() before');
        Exrun::assertNothingRan();
    }

    public function test_events_are_played_and_what_is_sent_is_remembered(): void
    {
        Exrun::fake(['php' => Exrun::events()->stdout('name? ')->reading()->stdin("Ada\n")->stdout('hello Ada')->stderr('!')]);
        $types = [];
        $result = Exrun::php('')->interactive()->id('x')->stream(function (RunEvent $event) use (&$types): void {
            $types[] = $event->type;

            if ($event->isReading()) {
                $event->send("Ada\n");
            }
        });

        $this->assertSame(['started', 'stdout', 'reading', 'stdout', 'stderr', 'result'], $types);
        $this->assertSame(['name? hello Ada', '!', 'x'], [$result->stdout, $result->stderr, $result->id]);
        Exrun::assertStreamed('php')->assertStdinSent('php', "Ada\n")->assertRan('php');
        $this->assertSame('name? hello Ada', Exrun::php('')->run()->stdout, 'without events');
        $this->assertFails(fn () => Exrun::assertStreamed('lua'));
        $this->assertFails(fn () => Exrun::assertStdinSent('php', 'Bob'));
    }

    public function test_input_that_was_expected_and_did_not_come(): void
    {
        Exrun::fake(['*' => Exrun::events()->reading()->stdin('x')]);

        $this->assertFails(fn () => Exrun::php('')->interactive()->stream(fn (): null => null));
    }

    public function test_a_plain_answer_is_told_as_events(): void
    {
        Exrun::fake(['*' => Exrun::sequence()->push(Result::fake('a', 'b'))->push(Exrun::events()->stdout('c')->result(Verdict::Timeout))]);
        $told = [];
        $on = function (RunEvent $event) use (&$told): void {
            $told[] = trim("{$event->type} {$event->text} {$event->result?->verdict->value}");
        };
        Exrun::php('')->stream($on);
        Exrun::php('')->stream($on);

        $this->assertSame(['started', 'stdout a', 'stderr b', 'result  ok', 'started', 'stdout c', 'result  timeout'], $told);
    }

    public function test_an_exception_comes_before_the_first_event(): void
    {
        Exrun::fake(fn () => throw ServiceUnavailable::busy('full', 3, false));
        $this->expectException(ServiceUnavailable::class);
        Exrun::php('')->stream(fn () => $this->fail('an event'));
    }

    private function assertFails(Closure $assertion): void
    {
        try {
            $assertion();
        } catch (AssertionFailedError) {
            return;
        }

        $this->fail('It should have failed.');
    }
}
