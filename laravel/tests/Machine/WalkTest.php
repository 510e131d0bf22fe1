<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Tests\Support\Machine;
use GuzzleHttp\Client;
use PHPUnit\Framework\Attributes\Depends;
use PHPUnit\Framework\TestCase;
use Symfony\Component\Process\InputStream;
use Symfony\Component\Process\Process;

/**
 * docs/laravel.md, walked as it is on a separate machine: an overlay, in which packages are built and installed. Its
 * blocks are typed into one terminal in their order, its files are written, and keys of .env are changed or added as it
 * says. If EXRUN_WALK_ROOT is set, it names the root of another system, such as debootstrap creates, to walk on a clean
 * one.
 */
final class WalkTest extends TestCase
{
    /** Blocks that are not walked here => the reason, and the test that tries them instead. */
    private const NOT_WALKED = [
        'With systemd, as root' => 'systemd is not running here; tests/guest/test_systemd.py starts the service of these units',
        'examples.conf' => 'Supervisor is not running here; LatencyTest starts the worker of this unit',
        'examples@.service' => 'systemd is not running here; LatencyTest starts the worker of this unit, systemd-analyze reads it',
    ];

    private static Machine $machine;

    private static Process $place;

    private static Process $terminal;

    private static InputStream $keyboard;

    private static InputStream $placeIsOpen;

    /** @var array<string, list<array{language: string, before: string, text: string}>> step => its blocks */
    private static array $steps = [];

    /** @var list<string> */
    private static array $walked = [];

    private static int $typed = 0;

    public static function setUpBeforeClass(): void
    {
        self::$machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
        $document = (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md');

        foreach (explode("\n## ", "\n## Start\n".explode("\n", $document, 2)[1]) as $section) {
            if (preg_match_all('/([^\n]*)\n```(\w+)\n(.*?)^```$/ms', $section, $blocks) > 0) {
                $block = fn (string $before, string $language, string $text): array => compact('before', 'language', 'text');
                self::$steps[(string) strtok($section, "\n")] = array_map($block, ...array_slice($blocks, 1));
            }
        }

        self::$placeIsOpen = new InputStream;
        self::$place = self::$machine->start([dirname(__DIR__).'/Support/own-machine.sh', dirname(__DIR__, 3), getenv('EXRUN_WALK_ROOT') ?: '/'], input: self::$placeIsOpen);
        Machine::until(fn (): bool => str_contains(self::$place->getOutput(), 'ready'), 'no machine of its own', 30);
        self::$keyboard = new InputStream;
        self::$terminal = self::there(['bash'], '/srv', self::$keyboard);
        // If a command fails, that doesn't end a terminal, but it is reported here.
        self::$keyboard->write("umask 022; export EXRUN_REPOSITORY=/srv/origin\n");
        self::$keyboard->write("trap 'echo \"--failed: \$BASH_COMMAND\"' ERR\n");
    }

    public static function tearDownAfterClass(): void
    {
        self::$keyboard->close();
        self::$placeIsOpen->close();
        self::$machine->end();
    }

    public function test_there_are_ten_steps(): void
    {
        $this->assertSame(range(1, 10), array_values(array_map(intval(...), array_filter(array_keys(self::$steps), fn (string $step): bool => (int) $step > 0))));
    }

    public function test_a_fresh_application(): void
    {
        $this->walk('Start');
        $this->assertFileInPlace('/srv/playground/vendor/autoload.php');
        $this->assertStringContainsString('APP_KEY=base64:', $this->file('/srv/playground/.env'));
    }

    #[Depends('test_a_fresh_application')]
    public function test_1_exrun(): void
    {
        $this->assertStringContainsString('Every limit of every profile can be held here.', $this->walk('1. exrun on the machine'));
        $this->assertFileInPlace('/usr/share/doc/exrun/laravel.md');

        // The files that the guide names exist.
        $guide = $this->file('/usr/share/doc/exrun/laravel.md');
        $this->assertSame(0, preg_match('~\]\((?!https?://|#)~', $guide), 'no link to a file beside the guide');
        preg_match_all('~`(/(?:usr/share|srv)/exrun/[^`\s]+)`~', $guide, $named);
        $this->assertGreaterThan(3, count($named[1]));

        foreach (array_unique($named[1]) as $path) {
            self::$machine->must(self::there(['test', '-e', $path], '/'));
        }
    }

    #[Depends('test_1_exrun')]
    public function test_2_the_package(): void
    {
        $this->walk('2. The package');
        $this->assertStringContainsString('exrun/laravel', $this->type('php artisan package:discover'));
        $this->type('php artisan vendor:publish --tag=exrun-config; cmp config/exrun.php /usr/share/exrun/laravel/config/exrun.php; rm config/exrun.php');
    }

    #[Depends('test_2_the_package')]
    public function test_3_the_service(): void
    {
        $this->walk('3. The service');
        $this->assertStringContainsString('exrun', $this->type('id -nG www-data'));
        $asWebUser = 'HOME=/tmp setpriv --reuid=www-data --regid=www-data --init-groups';
        $this->assertSame('42 www-data', trim($this->type("{$asWebUser} php artisan tinker --execute='\$r = Exrun::php(\"<?php echo 42;\")->run(); echo \$r->stdout, \" \", posix_getpwuid(posix_geteuid())[\"name\"];'")));
        $this->type('chown -R www-data:www-data storage bootstrap/cache database'); // if root wrote files above
    }

    #[Depends('test_3_the_service')]
    public function test_4_the_doctor(): void
    {
        $said = (string) preg_replace('/\s+/', ' ', $this->walk('4. The doctor', mayFail: true));
        $this->assertSame(1, preg_match_all('/\bNO\b/', $said), $said);
        $this->assertStringContainsString('No worker has looked at the queue "default" of "database"', $said);
    }

    #[Depends('test_3_the_service')]
    public function test_5_a_first_run(): void
    {
        $this->assertSame('42', trim($this->walk('5. A first run')));
    }

    #[Depends('test_3_the_service')]
    public function test_6_to_9_a_run_button(): void
    {
        $this->walk('6. The route');
        $this->walk('7. Who may run');
        $server = $this->walkUntilServing('8. The page');
        $said = $this->walk('9. The worker');
        $this->assertStringContainsString('Examples can be run here.', $said);

        $visitor = new Client(['base_uri' => $server, 'cookies' => true, 'http_errors' => false, 'timeout' => 60]);
        $page = (string) $visitor->get('/try')->getBody();
        $this->assertStringContainsString('<pre><code class="language-php">&lt;?php echo 6 * 7;</code></pre>', $page);
        $script = preg_match('/<script src="([^"]+)"/', $page, $found) === 1 ? $found[1] : $this->fail($page);
        $this->assertSame([200, 'text/javascript; charset=utf-8'], [($answer = $visitor->get($script))->getStatusCode(), $answer->getHeaderLine('Content-Type')]);

        $this->walk('A page with your own script');
        // PHP looks at a changed file after two seconds.
        Machine::until(fn (): bool => $visitor->get('/own')->getStatusCode() === 200, 'the page is not there', 30);
        $page = (string) $visitor->get('/own')->getBody();
        $token = preg_match('/name="csrf-token" content="([^"]+)"/', $page, $found) === 1 ? $found[1] : $this->fail($page);
        $headers = ['Accept' => 'application/json', 'X-CSRF-TOKEN' => $token];
        $this->assertSame(200, $visitor->get('/run.js')->getStatusCode());

        $direct = $visitor->post('/examples/runs', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => '<?php echo 6 * 7;']]);
        $this->assertSame(200, $direct->getStatusCode(), (string) $direct->getBody());
        $this->assertStringContainsString('"stdout":"42"', (string) $direct->getBody());

        $posted = $visitor->post('/examples/runs', ['headers' => [...$headers, 'Prefer' => 'respond-async'], 'json' => ['profile' => 'php', 'source' => '<?php echo 6 * 7;']]);
        $this->assertSame(202, $posted->getStatusCode(), (string) $posted->getBody());
        $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);
        Machine::until(function () use (&$answer, $visitor, $posted, $headers): bool {
            $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);

            return $answer->getStatusCode() !== 202;
        }, 'no result', 30);
        $this->assertStringContainsString('"stdout":"42"', (string) $answer->getBody());

        $denied = $visitor->post('/examples/runs', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => str_repeat('a', 10_000)]]);
        $this->assertSame(403, $denied->getStatusCode());
        $this->assertStringContainsString('"message": "Guests may run up to 10,000 bytes."', (string) $denied->getBody());
        $wrong = fn (mixed $profile, mixed $source): int => $visitor->post('/examples/run', ['headers' => $headers, 'json' => compact('profile', 'source')])->getStatusCode();
        $this->assertSame(422, $wrong('php', ['a']), 'a gate is asked before the rules');
        $this->assertSame(422, $wrong('c', ''));

        // As the guide says about updates.
        [$down, $up] = explode("\n", self::$steps['Beside other things'][0]['text']);
        $this->type($down);
        $this->assertSame([503, '5'], [($answer = $visitor->get('/try'))->getStatusCode(), $answer->getHeaderLine('Retry-After')]);
        $this->type($up);
        $this->assertSame(200, $visitor->get('/try')->getStatusCode());
        self::$walked[] = self::$steps['Beside other things'][0]['text'];
    }

    /** The application as it is deployed. */
    #[Depends('test_6_to_9_a_run_button')]
    public function test_with_everything_cached(): void
    {
        $this->type('php artisan optimize');
        $this->assertStringContainsString('examples/runs/{id}', $this->type('php artisan route:list --name=exrun'));
        $this->assertStringContainsString('Examples can be run here.', $this->type('php artisan sandbox:doctor --user=root'));
        $this->assertStringContainsString('ENABLED', $this->type('php artisan about --only=exrun'));
        $this->type('php artisan optimize:clear');
    }

    #[Depends('test_3_the_service')]
    public function test_10_examples_that_stay_true(): void
    {
        $this->assertStringContainsString('1 verified.', $this->walk('10. Examples that stay true'));
        $this->assertStringContainsString('sandbox:clean --older-than=1h', $this->type('php artisan schedule:list'));
    }

    #[Depends('test_6_to_9_a_run_button')]
    public function test_their_own_tests(): void
    {
        $this->assertStringContainsString('OK (1 test', $this->walk('Your own tests'));
    }

    /** The last of the ways to run examples, because it changes the settings. */
    #[Depends('test_their_own_tests')]
    public function test_without_the_service(): void
    {
        $said = $this->walk('Without the service');
        $this->assertSame(NotPermitted::sudoersLine('www-data', '/usr/bin/exrun')."\n", $this->file('/etc/sudoers.d/exrun'));
        $this->assertSame('440 root root', trim($this->type('stat -c "%a %U %G" /etc/sudoers.d/exrun')));
        $this->assertStringContainsString('/etc/sudoers.d/exrun: parsed OK', $said);
        $this->assertSame('6 www-data', trim($this->type('HOME=/tmp setpriv --reuid=www-data --regid=www-data --init-groups php artisan tinker --execute=\'echo strlen(Exrun::php("<?php echo 6;")->run()->stdout) + 5, " ", posix_getpwuid(posix_geteuid())["name"];\'')));
        $this->type("sed -i 's/^EXRUN_TRANSPORT=.*/EXRUN_TRANSPORT=auto/' .env");
        $this->type('chown -R www-data:www-data storage bootstrap/cache database'); // if root wrote files above
    }

    /** Each row of the table describes its command. */
    #[Depends('test_10_examples_that_stay_true')]
    public function test_the_maintenance_routine(): void
    {
        preg_match_all('/^\| (?:daily|weekly|monthly) \| (\w+).*\| (`.*) \|$/m', (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md'), $rows);
        $commands = array_map(fn (string $row): array => preg_match_all('/`([^`]+)`/', $row, $found) > 0 ? $found[1] : [], array_combine($rows[1], $rows[2]));
        $this->assertSame(['logs', 'queue', 'sandbox', 'updates', 'tests', 'performance', 'backup', 'audit'], array_keys($commands));

        $this->type("php artisan tinker --execute='config([\"exrun.transport\" => \"binary\", \"exrun.binary\" => \"/no/exrun\"]); dispatch_sync(new Exrun\\Laravel\\Jobs\\RunExample(Exrun::php(\"\")->toRun()));'");
        $this->assertStringContainsString('There is no program at "/no/exrun"', $this->type($commands['logs'][0]));
        $monitor = str_replace('redis:examples', 'database:examples', $commands['queue'][0]);
        $this->assertMatchesRegularExpression('/\[database\] examples .*OK/', $this->type($monitor));
        $this->type($commands['queue'][1]);
        $this->assertStringContainsString('entries deleted', $this->type($commands['queue'][2]));
        $this->assertStringContainsString('Left by killed runs', $this->type($commands['sandbox'][0]));
        $this->assertStringContainsString('removed', $this->type($commands['sandbox'][1]));

        // A change that the version doesn't show.
        $this->type('echo "// newer" >>/srv/origin/laravel/src/Exrun.php');
        $this->type('git -C /srv/origin -c user.name=test -c user.email=test@localhost commit -qam newer');
        $this->assertCount(4, $commands['updates']);
        $this->type(implode("\n", $commands['updates']));
        $this->assertStringEndsWith("// newer\n", $this->file('/usr/share/exrun/laravel/src/Exrun.php'));
        $this->assertStringEndsWith("// newer\n", $this->file('/srv/playground/vendor/exrun/laravel/src/Exrun.php'));
        $this->assertStringContainsString('1 verified.', $this->type($commands['tests'][0]));
        $this->assertMatchesRegularExpression('/^\d+(\.\d+)?$/', trim($this->type($commands['performance'][0])));
        $this->type($commands['backup'][0]);
        $mode = trim($this->type('stat -c "%a %U" /var/backups/exrun.tar.gz'));
        $this->assertSame('600 root', $mode, '.env has secrets');
        $saved = $this->type('tar -tzf /var/backups/exrun.tar.gz');
        foreach (['.env', 'config/queue.php', 'resources/examples/collections/map.php.out', 'etc/exrun/profiles/'] as $name) {
            $this->assertStringContainsString("{$name}\n", $saved);
        }
        $this->assertStringContainsString('--only', $this->type("{$commands['audit'][0]} --help"));
    }

    #[Depends('test_the_maintenance_routine')]
    public function test_workers_on_a_server(): void
    {
        $this->walk('Workers on a server');
        $said = $this->type("php artisan tinker --execute='echo config(\"queue.connections.redis.block_for\"), config(\"queue.default\"), config(\"cache.default\"), config(\"exrun.queue.queue\"), extension_loaded(\"redis\");'");
        $this->assertSame('5redisredisexamples1', trim($said));

        [$supervisor, $systemd] = array_column(array_filter(self::$steps['Workers on a server'], fn (array $block): bool => str_contains($block['text'], '[')), 'text');
        $this->assertIsArray(parse_ini_string($supervisor, true, INI_SCANNER_RAW));
        $unit = parse_ini_string($systemd, true, INI_SCANNER_RAW);
        $this->assertIsArray($unit);
        $this->assertSame(['Unit', 'Service', 'Install'], array_keys($unit));

        if (is_executable('/usr/bin/systemd-analyze')) {
            file_put_contents($file = self::$machine->folder.'/examples@.service', str_replace('/srv/app', dirname(__DIR__, 2).'/demo', $systemd));
            $read = self::$machine->start(['systemd-analyze', 'verify', '--man=no', '--recursive-errors=no', $file]);
            $read->wait();
            $this->assertStringNotContainsString('examples@', $read->getErrorOutput());
        }
    }

    /** If a block of the document is left out, this test fails. */
    #[Depends('test_workers_on_a_server')]
    public function test_every_block_was_walked(): void
    {
        $blocks = array_merge(...array_values(self::$steps));
        $left = array_filter($blocks, fn (array $block): bool => ! in_array($block['text'], self::$walked, true) && $this->reason($block['before']) === null);

        $this->assertSame([], array_column($left, 'text'));
        $this->assertCount(count(self::NOT_WALKED), array_filter($blocks, fn (array $block): bool => $this->reason($block['before']) !== null));
    }

    private function reason(string $before): ?string
    {
        foreach (self::NOT_WALKED as $name => $why) {
            if (str_contains($before, $name)) {
                return $why;
            }
        }

        return null;
    }

    /** Types the commands of a section, and writes its files. Returns the output. */
    private function walk(string $step, bool $mayFail = false): string
    {
        $said = '';
        $this->assertNotEmpty(self::$steps[$step] ?? [], $step);

        foreach (self::$steps[$step] as $block) {
            if ($this->reason($block['before']) !== null) {
                continue;
            }
            self::$walked[] = $block['text'];

            if ($block['text'] === "exrun serve\n") {
                $this->assertStringContainsString('in another terminal', $block['before']);
                $service = self::there(['bash', '-c', 'exec exrun serve'], '/');
                Machine::until(fn (): bool => str_contains($service->getErrorOutput(), 'listening on unix:/run/exrun/exrun.sock'), "the service does not start: {$service->getErrorOutput()}", 30);
            } elseif (str_starts_with($block['text'], 'php artisan queue:work')) {
                $this->assertStringStartsWith('In another terminal', $block['before']);
                $worker = self::there(['bash', '-c', "exec {$block['text']}"], '/srv/playground');
                $heartbeat = ['test', '-d', '/srv/playground/storage/framework/cache/exrun'];
                Machine::until(fn (): bool => self::there($heartbeat, '/')->wait() === 0, "the worker does not start: {$worker->getErrorOutput()}", 30);
                sleep(2); // it has looked a few times by then
            } elseif ($block['language'] === 'bash') {
                $said .= $this->type($block['text'], $mayFail);
            } else {
                $this->write($block['before'], $block['text']);
            }
        }

        return $said;
    }

    /** Like walk(), for a section whose last command serves the application. Returns its address. */
    private function walkUntilServing(string $step): string
    {
        $blocks = self::$steps[$step];
        $serve = $blocks[count($blocks) - 1]['text'];
        $this->assertSame("php artisan serve\n", $serve);
        self::$steps[$step] = array_slice($blocks, 0, -1);
        $this->walk($step);
        self::$steps[$step] = $blocks;
        self::$walked[] = $serve;
        $server = self::there(['bash', '-c', "exec {$serve}"], '/srv/playground');
        Machine::until(fn (): bool => preg_match('~Server running on \[(http://[^]]+)\]~', $server->getOutput()) === 1, 'the web server does not say its address', 30);

        return preg_match('~Server running on \[(http://[^]]+)\]~', $server->getOutput(), $address) === 1 ? $address[1] : '';
    }

    private function write(string $before, string $text): void
    {
        preg_match('/`([\w.\/]+)`(?: becomes)?[^`]*:$/', $before, $named);
        $path = '/srv/playground/'.($named[1] ?? $this->fail("no file is named: {$before}"));
        $old = $this->file($path, mustExist: ! str_contains($before, 'becomes'));

        if (str_contains($before, 'becomes')) {
            $new = $text;
        } elseif (! str_ends_with($path, '.env')) {
            $new = $old.$text;
        } else {
            $new = $old;
            // A line such as "in `.env`:" goes on from "Change".
            $adds = str_contains($before, 'Add to');
            foreach (explode("\n", trim($text)) as $line) {
                $key = (string) strtok($line, '=');
                $count = (int) preg_match_all("/^{$key}=.*$/m", $new);
                $this->assertSame($adds ? 0 : 1, $count, "{$before} {$key}: the first line of a name counts");
                $new = $adds ? "{$new}\n{$line}" : (string) preg_replace("/^{$key}=.*$/m", $line, $new);
            }
        }

        $put = self::there(['sh', '-c', 'mkdir -p "$(dirname "$1")" && cat >"$1"', 'sh', $path], '/', $input = new InputStream);
        $input->write($new);
        $input->close();
        self::$machine->must($put);
    }

    private function file(string $path, bool $mustExist = true): string
    {
        $read = self::there(['cat', $path], '/');
        $read->wait();

        return $read->isSuccessful() || ! $mustExist ? $read->getOutput() : $this->fail($read->getErrorOutput());
    }

    private function assertFileInPlace(string $path): void
    {
        self::$machine->must(self::there(['test', '-f', $path], '/'));
    }

    /** Types into the terminal, and returns the shown text. */
    private function type(string $script, bool $mayFail = false): string
    {
        $mark = '--done-'.++self::$typed;
        $put = self::there(['sh', '-c', 'cat >/tmp/typed'], '/', $input = new InputStream);
        $input->write($script."\n");
        $input->close();
        self::$machine->must($put);
        $before = strlen(self::$terminal->getOutput());
        $complained = strlen(self::$terminal->getErrorOutput());
        self::$keyboard->write(". /tmp/typed </dev/null; echo {$mark}\n");
        $shown = fn (): string => substr(self::$terminal->getOutput(), $before);
        Machine::until(fn (): bool => str_contains($shown(), "{$mark}\n"), "does not end: {$script}", 900);
        $said = explode("{$mark}\n", $shown())[0];
        $errors = substr(self::$terminal->getErrorOutput(), $complained);
        $this->assertSame($mayFail, str_contains($said, '--failed: '), "{$script}\n{$said}{$errors}");

        return $said;
    }

    /** @param list<string> $command */
    private static function there(array $command, string $directory, ?InputStream $input = null): Process
    {
        $env = ['PATH' => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'HOME' => '/root', 'DEBIAN_FRONTEND' => 'noninteractive', 'COLUMNS' => '200', 'NO_COLOR' => '1'];
        foreach (['EXRUN_CGROUP', 'EXRUN_CACHE', 'http_proxy', 'https_proxy', 'HTTPS_PROXY', 'HTTP_PROXY', 'COMPOSER_HOME', 'COMPOSER_CACHE_DIR', 'SSL_CERT_FILE'] as $kept) {
            if (is_string($value = getenv($kept))) {
                $env[$kept] = $value;
            }
        }
        $words = array_map(fn (string $name, string $value): string => "{$name}={$value}", array_keys($env), $env);

        return self::$machine->start(
            ['nsenter', '--mount=/proc/'.self::$place->getPid().'/ns/mnt', '--', 'chroot', '/mnt/root', 'env', '-i', '-C', $directory, ...$words, ...$command],
            input: $input,
        );
    }
}
