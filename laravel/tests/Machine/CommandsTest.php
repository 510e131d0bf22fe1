<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Examples\Example;
use Exrun\Laravel\Examples\Recorded;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\Support\Script;
use Exrun\Laravel\Tests\TestCase;
use Exrun\Laravel\Verdict;
use Illuminate\Console\Scheduling\Schedule;
use Illuminate\Support\Facades\Artisan;
use Illuminate\Support\Facades\File;
use Symfony\Component\Process\Process;

/**
 * The maintenance routine's commands, on the real program.
 */
final class CommandsTest extends TestCase
{
    use Script;

    protected function setUp(): void
    {
        parent::setUp();
        config()->set('exrun.limits.wall', 14); // other suites run at the same time
    }

    public function test_clean_and_status_see_what_a_killed_run_left(): void
    {
        config()->set(['queue.default' => 'sync']);
        $exrun = new Process([self::binary(), 'run', '--json', '-']);
        $exrun->setInput(Exrun::bash('sleep 30')->limits(wall: 30)->toRun()->toJson());
        $exrun->start();
        Machine::until(fn (): bool => Machine::running('sleep 30') !== [], 'it does not run');
        $exrun->signal(SIGKILL);
        Machine::until(fn (): bool => ! $exrun->isRunning(), 'it is not dead');

        $this->assertSame(0, $this->artisanSays('sandbox:status', [], $status));
        $this->assertMatchesRegularExpression('/Version \.+ exrun \d.*Jobs waiting \.+ 0 +\n.*Left by killed runs[ .]+ 1 cgroups, .*1 slots \(php artisan sandbox:clean\)/s', $status);

        $this->assertSame(0, $this->artisanSays('sandbox:clean', ['--dry-run' => true], $said));
        $this->assertStringStartsWith('would remove 1 cgroup', $said);
        $this->artisanSays('sandbox:clean', ['--older-than' => '1h'], $said);
        $this->assertStringStartsWith('removed 0 cgroups', $said);
        $this->artisanSays('sandbox:clean', ['--json' => true], $said);
        $this->assertStringContainsString('"slots":{"items":1', $said);

        $this->artisanSays('sandbox:status', ['--json' => true], $said);
        $this->assertJson($said);
        $this->assertStringContainsString('"left":{}', $said);
    }

    public function test_clean_has_the_flags_of_exrun_clean(): void
    {
        $help = (new Process([self::binary(), 'clean', '--help']))->mustRun()->getOutput();
        preg_match_all('/^ +--([a-z-]+)/m', $help, $flags);
        $ours = array_keys(Artisan::all()['sandbox:clean']->getDefinition()->getOptions());

        $this->assertSame([], array_diff($flags[1], [...$ours, 'help']));
    }

    public function test_a_flag_that_exrun_refuses_is_told_with_its_status(): void
    {
        $this->assertSame(64, $this->artisanSays('sandbox:clean', ['--older-than' => 'soon'], $said));
        $this->assertStringContainsString('--older-than', $said);
    }

    public function test_a_warning_of_sudo_is_not_a_refusal(): void
    {
        $warning = 'sudo: unable to resolve host web-1: Name or service not known';
        $this->withBinary($this->script("echo '{$warning}' >&2; exec ".escapeshellarg(self::binary()).' "$@"'));
        $this->assertSame(0, $this->artisanSays('sandbox:clean', [], $said), $said);
        $this->assertStringContainsString('removed 0 cgroups', $said);
        $this->assertStringContainsString($warning, $said);
    }

    public function test_clean_can_be_scheduled(): void
    {
        $schedule = app(Schedule::class);
        $schedule->command('sandbox:clean --older-than=1h')->hourly()->onOneServer();

        $this->assertStringContainsString('sandbox:clean --older-than=1h', (string) $schedule->events()[0]->command);
    }

    public function test_the_doctor_says_what_to_do_about_each(): void
    {
        config()->set(['queue.default' => 'redis', 'queue.connections.redis.retry_after' => 30, 'cache.default' => 'array', 'database.redis.default.port' => Machine::freePort()]);
        $this->withBinary('no-such-exrun');
        $this->assertSame(1, $this->artisanSays('sandbox:doctor', [], $said));

        foreach (['The program "no-such-exrun" was not found in PATH. Install exrun, or set EXRUN_BINARY', 'Set retry_after of "redis" in config/queue.php to more than 60',
            'ArrayStore forgets with its process. Set CACHE_STORE', 'The queue connection "redis" can\'t be reached', 'Examples cannot be run here yet.'] as $sentence) {
            $this->assertStringContainsString($sentence, (string) preg_replace('/\s+/', ' ', $said));
        }

        config()->set('cache.default', 'database');
        $this->artisanSays('sandbox:doctor', ['--json' => true], $said);
        $this->assertStringContainsString('SQLite fails a writer that meets another one', $said);

        config()->set('cache.default', 'null');
        $this->artisanSays('sandbox:doctor', ['--json' => true], $said);
        $this->assertStringContainsString('"healthy":false', $said);
        $this->assertStringContainsString('NullStore forgets', $said);
    }

    public function test_the_doctor_does_not_believe_another_program(): void
    {
        $this->withBinary('/bin/cat');
        $this->assertSame(1, $this->artisanSays('sandbox:doctor', [], $said));
        $this->assertStringContainsString('The program at "/bin/cat" is not exrun', $said);
    }

    public function test_an_exrun_without_audit_says_so(): void
    {
        $this->withBinary($this->script('[ "$1" = audit ] || exec '.escapeshellarg(self::binary()).' "$@"; echo "exrun: there is no command \"audit\"; list all commands (exrun help)" >&2; exit 64'));
        $this->assertSame(69, $this->artisanSays('sandbox:audit', [], $said));
        $this->assertMatchesRegularExpression('/^This exrun \(exrun \d[\d.]*\) has no "audit"\. Install a newer one; the package works without it\.\n$/', $said);
    }

    public function test_audit_hands_on_its_flags_its_output_and_its_status(): void
    {
        $this->withBinary($this->script('echo "<info>$*</info>"; echo "one wall <comment>fell</comment>" >&2; exit 3'));
        $this->assertSame(3, $this->artisanSays('sandbox:audit', ['--tap' => true, '--profile' => 'php', '--only' => 'escape/*', '--server' => 'unix:/run/exrun/admin.sock'], $said));
        $this->assertSame("<info>audit --tap -p php --only escape/* --server unix:/run/exrun/admin.sock</info>\none wall <comment>fell</comment>\n", $said);
    }

    public function test_audit_has_the_flags_of_exrun_audit(): void
    {
        $help = (new Process([self::binary(), 'audit', '--help']))->mustRun()->getOutput();
        preg_match_all('/^ +(?:-\w, )?--([a-z-]+)/m', $help, $flags);
        $ours = array_keys(Artisan::all()['sandbox:audit']->getDefinition()->getOptions());

        // Other probes and profiles are for people who work on exrun.
        $this->assertSame(['profiles', 'probes'], array_values(array_diff($flags[1], [...$ours, 'help'])));
    }

    public function test_this_machine_can_be_audited(): void
    {
        $this->assertSame(0, $this->artisanSays('sandbox:audit', ['--only' => 'information/host-name.*', '--json' => true], $said), $said);
        $this->assertStringContainsString('"holds":true', $said);
        $this->assertStringContainsString('"breached":0', $said);
        $this->assertSame(0, $this->artisanSays('sandbox:audit', ['--only' => 'information/host-name.*', '--junit' => true], $said), $said);
        $this->assertStringContainsString('<testcase', $said);
    }

    public function test_about_has_a_section(): void
    {
        $this->assertSame(0, $this->artisanSays('about', ['--only' => 'exrun'], $said));
        $this->assertMatchesRegularExpression('/Exrun.*Program \.+ \S*exrun.*Version \.+ exrun \d/s', $said);
        $this->withBinary('no-such-exrun');
        $this->assertSame(0, $this->artisanSays('about', ['--only' => 'exrun'], $said));
        $this->assertStringContainsString('NOT FOUND', $said);
    }

    public function test_the_demos_examples_end_as_recorded(): void
    {
        config()->set('exrun.limits.cpu', 0.4); // its endless loop has the CPU limit's end, also on a busy machine

        $this->assertSame(0, $this->artisanSays('examples:verify', [], $said), $said);
        $this->assertStringContainsString('11 verified.', $said);
        $this->artisanSays('examples:verify', ['pattern' => 'collections/*'], $said);
        $this->assertStringContainsString('1 verified.', $said);
    }

    public function test_an_example_that_drifted_fails_and_can_be_recorded(): void
    {
        $folder = $this->examples(['hello.sh' => 'echo one; echo two', 'hello.sh.out' => "one\nthree\n", 'hello.py' => "print(input())\n", 'hello.py.in' => "in\n", 'hello.py.out' => "in\n",
            'exit.sh' => 'echo out; exit 3', 'exit.sh.out' => "out\n", 'exit.sh.verdict' => "failed 3\n", 'new.sh' => 'echo new', 'loop.sh' => 'while :; do :; done', 'notes.txt' => 'no example']);
        config()->set('exrun.limits.cpu', 0.2);

        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertMatchesRegularExpression('/hello\.sh bash \.+ DRIFTED\s+line 2, recorded: three\s+line 2, now: two\n/', $said);
        $this->assertMatchesRegularExpression('/hello\.py python \.+ OK +\n/', $said);
        $this->assertMatchesRegularExpression('/exit bash \.+ OK +\n/', $said);
        $this->assertMatchesRegularExpression('/new bash \.+ DRIFTED\s+Nothing is recorded for it yet/', $said);
        $this->assertStringContainsString('2 verified, 3 drifted. Correct them, or record their new ends by --update.', (string) preg_replace('/\s+/', ' ', $said));

        $this->assertSame(0, $this->artisanSays('examples:verify', ['--update' => true], $said));
        $this->assertSame("one\ntwo\n", file_get_contents("{$folder}/hello.sh.out"));
        $this->assertSame("cpu_timeout\n", file_get_contents("{$folder}/loop.sh.verdict"));
        $this->assertSame(0, $this->artisanSays('examples:verify', [], $said), $said);

        // Ends well although it was recorded as a failure, and the other way round.
        file_put_contents("{$folder}/exit.sh", 'echo out');
        file_put_contents("{$folder}/new.sh", 'echo new; exit 4');
        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertStringContainsString('2 drifted', $said);
        $this->artisanSays('examples:verify', ['--update' => true], $said);
        $this->assertFileDoesNotExist("{$folder}/exit.sh.verdict");
        $this->assertSame("failed 4\n", file_get_contents("{$folder}/new.sh.verdict"));
    }

    public function test_a_failure_may_be_recorded_without_its_exit_status(): void
    {
        Exrun::fake(['*' => Result::fake('out', verdict: Verdict::Failed, exitCode: 7)]);
        $folder = $this->examples(['any.sh' => 'x', 'any.sh.out' => 'out', 'any.sh.verdict' => "failed\n", 'other.sh' => 'x', 'other.sh.out' => 'out', 'other.sh.verdict' => "failed 3\n"]);
        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertMatchesRegularExpression('/any bash \.+ OK +\n/', $said);
        $this->assertMatchesRegularExpression('/other bash \.+ DRIFTED\s+It ended with failed 7 \(.*\), not with failed 3\./', $said);

        file_put_contents("{$folder}/any.sh.verdict", "fine\n");
        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertMatchesRegularExpression('/"fine" in \S*any\.sh\.verdict is no verdict\. .*cpu_timeout/', (string) preg_replace('/\s+/', ' ', $said));
    }

    public function test_an_example_may_have_any_name(): void
    {
        Exrun::fake(['*' => 'out']);
        $folder = $this->examples(['a[1]{b}*.sh' => 'x', 'a[1]{b}*.py' => 'x', 'c[d].sh' => 'x']);
        $this->assertSame(0, $this->artisanSays('examples:verify', ['--update' => true], $said));
        $this->assertSame(0, $this->artisanSays('examples:verify', [], $said), $said);
        $this->assertStringContainsString('3 verified', $said);
        $this->assertMatchesRegularExpression('/a\[1\]\{b\}\*\.sh bash.*c\[d\] bash/s', $said);
        $this->assertFileExists("{$folder}/c[d].sh.out");
    }

    public function test_an_example_that_could_not_be_run_is_not_taken_for_fine(): void
    {
        $this->examples(['hello.sh' => 'echo one', 'hello.sh.out' => "one\n"]);
        $this->withBinary('no-such-exrun');
        $this->assertSame(1, $this->artisanSays('examples:verify', ['--update' => true], $said));
        $this->assertStringContainsString('NOT RUN', $said);
        $this->assertStringContainsString('was not found in PATH', $said);
    }

    public function test_no_examples_are_a_failure(): void
    {
        $this->examples([]);
        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertStringContainsString('There are no examples.', $said);
        $this->assertSame(1, $this->artisanSays('examples:verify', ['pattern' => 'x'], $said));
        $this->assertStringContainsString('No example matches "x".', $said);
    }

    public function test_examples_may_come_from_elsewhere_and_steer_no_terminal(): void
    {
        $this->app->instance(ExampleRepository::class, new class implements ExampleRepository {
            public function all(): iterable
            {
                yield new Example('row/7', 'bash', 'printf "\033[2Ja\n"', '', new Recorded("b\n"));
            }

            public function record(Example $example, Result $result): void {}
        });
        $this->assertSame(1, $this->artisanSays('examples:verify', [], $said));
        $this->assertStringContainsString('line 1, now: ?[2Ja', $said);
    }

    /**
     * @param  array<string, mixed>  $arguments
     * @param-out string $said
     */
    private function artisanSays(string $command, array $arguments, ?string &$said): int
    {
        $status = Artisan::call($command, $arguments);
        $said = Artisan::output();

        return $status;
    }

    /** @param array<string, string> $files */
    private function examples(array $files): string
    {
        $folder = sys_get_temp_dir().'/exrun-examples-'.bin2hex(random_bytes(4));
        mkdir($folder);
        $this->beforeApplicationDestroyed(fn () => File::deleteDirectory($folder));

        foreach ($files as $name => $content) {
            file_put_contents("{$folder}/{$name}", $content);
        }
        config()->set('exrun.examples.path', $folder);

        return $folder;
    }
}
