<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Tests\Support\Machine;
use Exrun\Laravel\Tests\TestCase;
use Symfony\Component\Process\Process;

/**
 * The user of a web server, who is not root and has one line in sudoers.
 */
final class WebUserTest extends TestCase
{
    private Machine $machine;

    protected function setUp(): void
    {
        parent::setUp();
        $this->machine = new Machine('/usr/bin/exrun');
        $this->machine->must($this->machine->start(['chown', '-R', 'www-data:www-data', $this->machine->folder]));
    }

    protected function tearDown(): void
    {
        $this->machine->end();
        parent::tearDown();
    }

    public function test_the_line_lets_runs_through_with_bytes_of_any_kind(): void
    {
        $bytes = implode('', array_map(chr(...), range(0, 255)));
        $encoded = base64_encode($bytes);
        $said = $this->asWebUser("\$r = Exrun::php('<?php echo stream_get_contents(STDIN), file_get_contents(\"a\"), posix_getuid() === 0 ? \"root\" : \"\";')
            ->stdin(base64_decode('{$encoded}'))->files(['a' => base64_decode('{$encoded}')])->limits(wall: 15)->run(); echo posix_getpwuid(posix_geteuid())['name'], ' ', base64_encode(\$r->stdout);");

        $this->assertSame('www-data '.base64_encode($bytes.$bytes), $said);
    }

    public function test_a_megabyte_each_way(): void
    {
        $said = $this->asWebUser("\$r = Exrun::php('<?php echo md5(stream_get_contents(STDIN)), str_repeat(\"x\", 1000000);')->stdin(str_repeat('ab', 500000))->limits(wall: 15, output: '1M')->run();
            echo substr(\$r->stdout, 0, 32), strlen(\$r->stdout);");

        $this->assertSame(md5(str_repeat('ab', 500000)).'1000032', $said);
    }

    public function test_the_line_lets_nothing_else_through(): void
    {
        foreach (['run --json --best-effort -', 'run --json', 'clean', 'run --json - --profiles /tmp', 'doctor'] as $arguments) {
            $done = $this->start(['sudo', '-n', '/usr/bin/exrun', ...explode(' ', $arguments)]);
            $done->wait();
            $this->assertSame(1, $done->getExitCode(), $arguments);
            $this->assertStringContainsString('a password is required', $done->getErrorOutput());
        }
    }

    public function test_without_sudo_the_sentence_has_the_line(): void
    {
        $said = $this->asWebUser("try { Exrun::php('')->limits(wall: 1)->run(); } catch (Exrun\Laravel\Exceptions\NotPermitted \$e) { echo \$e->getMessage(); }", ['EXRUN_SUDO' => 'false']);

        $this->assertStringStartsWith('exrun may not make cells as the user "www-data":', $said);
        $this->assertStringContainsString('set EXRUN_SUDO=true', $said);
        $this->assertStringEndsWith('/etc/sudoers.d/exrun: www-data ALL=(root) NOPASSWD: /usr/bin/exrun run --json -', $said);
    }

    public function test_without_the_line_the_sentence_has_it(): void
    {
        $said = $this->asWebUser("try { Exrun::php('')->limits(wall: 1)->run(); } catch (Exrun\Laravel\Exceptions\NotPermitted \$e) { echo \$e->getMessage(); }", sudoers: '# nothing');

        $this->assertSame('sudo does not let the user "www-data" run exrun (a password is required). Put this line into /etc/sudoers.d/exrun: '.
            'www-data ALL=(root) NOPASSWD: /usr/bin/exrun run --json -', $said);
    }

    public function test_a_run_ends_with_the_process_timeout_although_it_is_roots(): void
    {
        $said = $this->asWebUser("\$start = microtime(true); try { app(Exrun\Laravel\Support\Binary::class)->call(['run', '--json', '-'], 1, Exrun::bash('sleep 60')->limits(wall: 60)->toRun()->toJson()); }
            catch (Exrun\Laravel\Exceptions\ExrunFailed \$e) { echo \$e->getMessage(), microtime(true) - \$start < 30 ? ' soon' : ' late'; }");

        $this->assertStringContainsString('did not end within the process time-out of 1 s', $said);
        $this->assertStringEndsWith(' soon', $said);
        Machine::until(fn (): bool => Machine::running('run --json -') === [], 'its exrun goes on', 20);
    }

    public function test_a_run_ends_with_a_php_that_is_killed(): void
    {
        $php = $this->start([PHP_BINARY, '-r', self::BOOT."Exrun::bash('sleep 30')->limits(wall: 30)->run();"]);
        Machine::until(fn (): bool => Machine::running('run --json -') !== [] && Machine::running('sleep 30') !== [], "it does not run: {$php->getErrorOutput()}");
        $php->signal(SIGKILL);
        $killed = microtime(true);
        Machine::until(fn (): bool => Machine::running('/usr/bin/exrun run --json -') === [], 'its exrun goes on');
        $this->assertLessThan(10.0, microtime(true) - $killed);
    }

    public function test_the_doctor_needs_no_more_than_the_line(): void
    {
        $doctor = $this->start([PHP_BINARY, 'artisan', 'sandbox:doctor', '--json'], ['EXRUN_HTTP' => 'true', 'EXRUN_HTTP_PROFILES' => 'php,bash', 'CACHE_STORE' => 'file']);
        $doctor->wait();
        $said = json_decode($doctor->getOutput(), true);
        $answers = is_array($said) && is_array($said['answers'] ?? null) ? array_column($said['answers'], 'found', 'question') : [];

        $this->assertSame('www-data', is_array($said) ? $said['user'] : '', $doctor->getErrorOutput());
        $this->assertSame('php, bash', $answers['The languages exist'] ?? '');
        $this->assertIsString($answers['This user may run examples']);
        $this->assertStringStartsWith('as www-data, ', $answers['This user may run examples']);
    }

    public function test_the_doctor_says_who_may_use_the_socket(): void
    {
        $path = "{$this->machine->folder}/socket";
        $listener = stream_socket_server("unix://{$path}");
        $this->assertIsResource($listener);
        chmod($path, 0660);
        $doctor = $this->start([PHP_BINARY, 'artisan', 'sandbox:doctor', '--json'], ['EXRUN_SOCKET' => $path, 'CACHE_STORE' => 'file']);
        $doctor->wait();
        $said = "The user www-data may not use the service's socket {$path}. Add that user to its group (usermod -aG exrun www-data)";
        $this->assertStringContainsString($said, str_replace('\\/', '/', $doctor->getOutput()), $doctor->getErrorOutput());
    }

    private const BOOT = 'require "vendor/autoload.php"; $app = require "bootstrap/app.php"; $app->make(Illuminate\Contracts\Console\Kernel::class)->bootstrap(); ';

    /** @param array<string, string> $env */
    private function asWebUser(string $code, array $env = [], ?string $sudoers = null): string
    {
        return $this->machine->must($this->start([PHP_BINARY, '-r', self::BOOT.$code], $env, $sudoers));
    }

    /**
     * @param  list<string>  $command
     * @param  array<string, string>  $env
     */
    private function start(array $command, array $env = [], ?string $sudoers = null): Process
    {
        // The group of this test's cells, and their cache, are not part of the test; everything else of the line is.
        $sudoers ??= "Defaults env_keep += \"EXRUN_CGROUP EXRUN_CACHE\"\n".NotPermitted::sudoersLine('www-data', '/usr/bin/exrun');

        return $this->machine->start(
            [__DIR__.'/../Support/as-www-data.sh', dirname(__DIR__, 2), self::binary(), getenv('EXRUN_PROFILES') ?: dirname(__DIR__, 3).'/profiles', $sudoers, ...$command],
            ['EXRUN_SUDO' => 'true', ...$env],
        );
    }
}
