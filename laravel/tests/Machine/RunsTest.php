<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Exceptions\BinaryNotFound;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\RunFailed;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\PendingRun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Tests\Support\Script;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Support\Facades\Storage;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * Runs through the real program, in real cells.
 */
final class RunsTest extends TestCase
{
    use Script;

    protected function setUp(): void
    {
        parent::setUp();
        config()->set('exrun.limits.wall', 14); // other suites run at the same time
    }

    public function test_a_run_from_end_to_end(): void
    {
        $result = Exrun::php('<?php echo strtoupper(fgets(STDIN)), require "lib/seven.php", " ", $argv[1], " ", getenv("COLOUR");')
            ->stdin("hello\n")
            ->files(['lib/seven.php' => '<?php return 7;'])
            ->args('one')
            ->env(['COLOUR' => 'blue'])
            ->limits(wall: 14, memory: '64M')
            ->label(example: 'collections/map')
            ->id('an-id')
            ->run();

        $this->assertSame("HELLO\n7 one blue", $result->stdout, $result->stderr);
        $this->assertSame(Verdict::Ok, $result->verdict);
        $this->assertTrue($result->successful());
        $this->assertSame(0, $result->exitCode);
        $this->assertSame(['example' => 'collections/map'], $result->labels);
        $this->assertSame('an-id', $result->id);
        $this->assertSame(14_000, $result->limits->wallMs);
        $this->assertSame(67_108_864, $result->limits->memoryBytes);
        $this->assertSame(262_144, $result->limits->outputBytes, 'as config/exrun.php says');
        $this->assertGreaterThan(1000, $result->usage->cpuUs);
        $this->assertGreaterThan(1_000_000, $result->usage->memoryPeakBytes);
        $this->assertSame([], $result->unenforced);
    }

    public function test_bytes_of_any_kind_survive_the_way(): void
    {
        $bytes = implode('', array_map(chr(...), range(0, 255)));
        $result = Exrun::php("<?php echo '{$this->quoted($bytes)}', stream_get_contents(STDIN), file_get_contents('in.bin'); file_put_contents('out.bin', strrev(file_get_contents('in.bin')));")
            ->stdin($bytes)->files(['in.bin' => $bytes, '7' => 'a name that PHP takes for a number'])->artifacts('*.bin', '7')->run();

        $this->assertSame($bytes.$bytes.$bytes, $result->stdout);
        $this->assertSame(strrev($bytes), $result->artifact('out.bin')?->contents);
        $this->assertSame('a name that PHP takes for a number', $result->artifact('7')?->contents);
        $this->assertNull($result->artifact('missing'));
        $this->assertEquals($result, Result::fromJson($result->toJson()), 'and through JSON once more');
    }

    public function test_artifacts_can_be_stored(): void
    {
        $disk = Storage::fake('local');
        $result = Exrun::bash('echo a,b >out.csv')->artifacts('*.csv', 'absent.png')->run();

        $this->assertTrue($result->artifact('out.csv')?->storeAs('results/1.csv', 'local'));
        $this->assertSame("a,b\n", $disk->get('results/1.csv'));
        $this->assertSame(['absent.png'], array_keys($result->artifactsMissed));
    }

    /** @return array<string, array{string, string, Verdict}> */
    public static function ends(): array
    {
        return [
            'ok' => ['php', '<?php', Verdict::Ok],
            'failed' => ['python', 'raise SystemExit(3)', Verdict::Failed],
            'crashed' => ['c', 'int main(void) { return *(volatile int *)0; }', Verdict::Crashed],
            'timeout' => ['bash', 'exec sleep 60', Verdict::Timeout],
            'cpu_timeout' => ['php', '<?php while (true);', Verdict::CpuTimeout],
            'out_of_memory' => ['python', 'x = b"x" * (1 << 30)', Verdict::OutOfMemory],
            'output_limit' => ['bash', 'exec yes', Verdict::OutputLimit],
            'denied' => ['c', "#include <sys/ptrace.h>\nint main(void) { return (int)ptrace(PTRACE_TRACEME, 0, 0, 0); }", Verdict::Denied],
            'compile_failed' => ['c', 'int main(void) { return 0 }', Verdict::CompileFailed],
        ];
    }

    #[DataProvider('ends')]
    public function test_each_end_has_its_verdict(string $profile, string $source, Verdict $verdict): void
    {
        $result = Exrun::profile($profile, $source)->limits(wall: $verdict === Verdict::Timeout ? 1 : 14, cpu: 0.4)->run();

        $this->assertContains($result->verdict, $verdict === Verdict::OutOfMemory ? [$verdict, Verdict::Failed] : [$verdict], $result->toJson());
        $this->assertNotSame('', $result->message);
        $this->assertEquals($result, Result::fromJson($result->toJson()));
        $this->assertSame($verdict === Verdict::Denied ? 'ptrace' : null, $result->denied?->syscall);
        $this->assertSame($profile === 'c', $result->compile !== null);

        if ($verdict === Verdict::CompileFailed) {
            $this->assertStringContainsString('main.c:1', $result->errorOutput());
        }

        if ($verdict !== Verdict::Ok) {
            $this->expectException(RunFailed::class);
            $this->expectExceptionMessage($result->message);
        }

        $result->throw();
    }

    public function test_every_fixed_name_is_a_profile(): void
    {
        $hello = [
            'bash' => 'echo 42', 'c' => "#include <stdio.h>\nint main(void) { puts(\"42\"); }", 'javascript' => 'console.log(42)', 'lua' => 'print(42)', 'perl' => 'print 42',
            'php' => '<?php echo 42;', 'python' => 'print(42)', 'ruby' => 'puts 42', 'sql' => 'select 42;',
        ];

        foreach ($hello as $name => $source) {
            $result = Exrun::profile($name, $source)->run();
            $this->assertSame($name, $result->profile);
            $this->assertSame('42', trim($result->stdout), $result->toJson());
        }

        // If their compilers are slow, only the names are checked.
        foreach ([...array_keys($hello), 'cpp', 'go', 'java', 'rust'] as $name) {
            $this->assertSame($name, $this->pending($name)->toRun()->profile);
        }
    }

    public function test_a_refusal_names_the_member_at_fault(): void
    {
        foreach ([
            '/limits/wall_ms' => fn () => Exrun::bash('')->limits(wall: 61),
            '/files/0/path' => fn () => Exrun::bash('')->files(['../a' => '']),
            '/profile' => fn () => Exrun::profile('phyton', ''),
            '/env/LD_PRELOAD' => fn () => Exrun::bash('')->env(['LD_PRELOAD' => 'x']),
        ] as $pointer => $run) {
            config()->set('exrun.timeouts.process', 90);
            try {
                $run()->run();
                $this->fail($pointer);
            } catch (InvalidRun $e) {
                $this->assertSame($pointer, $e->pointer);
                $this->assertStringContainsString($e->detail, $e->getMessage());
                $this->assertFalse($e->isWorthRetrying());
            }
        }
    }

    public function test_a_run_that_outlives_its_process_is_refused(): void
    {
        $this->assertTrue(Exrun::php('<?php')->limits(wall: 30)->run()->successful(), 'PHP has no compile stage');
        $this->expectException(TimeoutsDoNotNest::class);
        $this->expectExceptionMessage('A run of up to 30 s and up to 30 s of compiling does not end within the process time-out of 45 s.');
        Exrun::c('')->limits(wall: 30)->run();
    }

    public function test_no_exrun_is_told_with_what_to_do(): void
    {
        foreach (['no-such-exrun' => 'The program "no-such-exrun" was not found in PATH. Install exrun, or set EXRUN_BINARY',
            '/no/such/exrun' => 'There is no program at "/no/such/exrun". Set EXRUN_BINARY'] as $name => $sentence) {
            $this->withBinary($name);
            try {
                Exrun::php('')->run();
                $this->fail($name);
            } catch (BinaryNotFound $e) {
                $this->assertStringStartsWith($sentence, $e->getMessage());
            }
        }
    }

    public function test_another_program_is_not_taken_for_exrun(): void
    {
        $this->withBinary('/bin/echo');
        $this->expectException(UnexpectedAnswer::class);
        $this->expectExceptionMessage('exrun\'s answer is not a JSON object: it printed "run --json -".');
        Exrun::php('')->run();
    }

    public function test_a_failure_of_exruns_own_says_what_it_means(): void
    {
        $this->withBinary($this->script("cat >/dev/null\necho '{\"v\":1,\"problem\":{\"title\":\"x\",\"detail\":\"all slots are taken\"}}'\nexit 75"));
        try {
            Exrun::php('')->run();
            $this->fail('It ran.');
        } catch (ExrunFailed $e) {
            $this->assertSame(75, $e->status);
            $this->assertTrue($e->isWorthRetrying());
            $this->assertStringContainsString('no room for another run at the moment. Try again in a few seconds, or run fewer workers. It said: all slots are taken.', $e->getMessage());
        }
    }

    public function test_an_end_from_outside_is_told_and_worth_another_try(): void
    {
        $this->withBinary($this->script('kill -KILL $$'));
        try {
            Exrun::php('')->run();
            $this->fail('It ran.');
        } catch (ExrunFailed $e) {
            $this->assertTrue($e->isWorthRetrying());
            $this->assertStringContainsString('signal "9"', $e->getMessage());
        }
    }

    public function test_the_process_timeout_ends_it(): void
    {
        config()->set(['exrun.timeouts.process' => 1, 'exrun.limits.wall' => 0.5]);
        $this->withBinary($this->script('exec sleep 30'));
        $start = microtime(true);
        try {
            Exrun::php('')->run();
            $this->fail('It ran.');
        } catch (ExrunFailed $e) {
            $this->assertStringContainsString('did not end within the process time-out of 1 s', $e->getMessage());
            $this->assertLessThan(20, microtime(true) - $start);
        }
    }

    private function pending(string $name): PendingRun
    {
        $pending = app(\Exrun\Laravel\Exrun::class)->{$name}('');
        assert($pending instanceof PendingRun);

        return $pending;
    }

    private function quoted(string $bytes): string
    {
        return addcslashes($bytes, "'\\");
    }
}
