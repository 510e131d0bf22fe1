<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Tests\Support\Machine;
use GuzzleHttp\Client;
use Illuminate\Filesystem\Filesystem;
use PHPUnit\Framework\Attributes\Depends;
use PHPUnit\Framework\TestCase;

/**
 * docs/laravel.md, walked: its blocks are run and its files written in an application that Composer makes, in the order in which they stand there.
 */
final class WalkTest extends TestCase
{
    private static Machine $machine;

    private static string $app;

    /** @var array<string, list<array{language: string, before: string, text: string}>> step => its blocks */
    private static array $steps = [];

    public static function setUpBeforeClass(): void
    {
        self::$machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
        self::$app = self::$machine->folder.'/playground';
        $document = (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md');

        foreach (array_slice(explode("\n## ", $document), 1) as $section) {
            preg_match_all('/([^\n]*)\n```(\w+)\n(.*?)^```$/ms', $section, $blocks);
            self::$steps[(string) strtok($section, "\n")] = array_map(fn (string $before, string $language, string $text): array => compact('before', 'language', 'text'), ...array_slice($blocks, 1));
        }

        // As the document's first block, without the skeleton's own development packages, some of which want a newer PHP.
        self::shell('composer create-project --quiet --no-install --no-scripts laravel/laravel playground "^12"', self::$machine->folder);
        $file = self::$app.'/composer.json';
        $composer = (array) json_decode((string) file_get_contents($file), true, 16, JSON_THROW_ON_ERROR);
        $composer['require-dev'] = ['mockery/mockery' => '^1.6', 'phpunit/phpunit' => '^11.5'];
        $composer['config'] = ['lock' => true] + (is_array($composer['config'] ?? null) ? $composer['config'] : []);
        unset($composer['replace'], $composer['conflict'], $composer['provide'], $composer['bin'], $composer['include-path']);
        file_put_contents($file, json_encode($composer, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_THROW_ON_ERROR));
        // What the demo has needs no second download; Composer looks at each package all the same.
        self::shell('cp -a '.escapeshellarg(\Exrun\Laravel\Tests\TestCase::demo('vendor')).' vendor && composer update --quiet --no-scripts && cp .env.example .env && touch database/database.sqlite && php artisan package:discover && php artisan key:generate');
    }

    public static function tearDownAfterClass(): void
    {
        self::$machine->end();
        (new Filesystem)->deleteDirectory(self::$app);
    }

    public function test_there_are_ten_steps(): void
    {
        $this->assertSame(range(1, 10), array_map(intval(...), array_filter(array_keys(self::$steps), fn (string $step): bool => (int) $step > 0)));
    }

    public function test_1_exrun(): void
    {
        $this->assertStringContainsString('Every limit of every profile can be held here.', $this->walk('1. exrun on the machine'));
    }

    public function test_2_the_package(): void
    {
        $this->walk('2. The package');
        $this->assertStringContainsString('exrun/laravel', self::shell('php artisan package:discover'));
        $this->assertStringContainsString('exrun-config', self::shell('php artisan vendor:publish --tag=exrun-config && git diff --no-index config/exrun.php vendor/exrun/laravel/config/exrun.php && echo exrun-config'));
    }

    /** The line itself is tried by WebUserTest. */
    public function test_3_the_permission(): void
    {
        $this->assertSame(NotPermitted::sudoersLine('www-data', '/usr/bin/exrun')."\n", self::$steps['3. The permission'][0]['text']);
        $this->assertSame("EXRUN_SUDO=true\n", self::$steps['3. The permission'][1]['text']);
    }

    #[Depends('test_2_the_package')]
    public function test_4_the_doctor(): void
    {
        $this->assertStringContainsString('Examples can be run here.', $this->walk('4. The doctor'));
    }

    #[Depends('test_2_the_package')]
    public function test_5_a_first_run(): void
    {
        $this->assertSame('42', trim($this->walk('5. A first run')));
    }

    #[Depends('test_2_the_package')]
    public function test_6_to_9_a_run_button(): void
    {
        $this->walk('6. The route');
        $this->walk('7. Who may run');
        $this->walk('8. The page');
        $worker = self::$steps['9. The worker'][0]['text'];
        $this->assertSame("php artisan queue:work --sleep=0.1\n", $worker);
        self::$machine->start(['sh', '-c', "exec {$worker}"], self::env(), self::$app);
        $port = Machine::freePort();
        self::$machine->start([PHP_BINARY, '-S', "127.0.0.1:{$port}", '-t', '.', self::$app.'/vendor/laravel/framework/src/Illuminate/Foundation/resources/server.php'], self::env(), self::$app.'/public');
        Machine::until(fn (): bool => @file_get_contents("http://127.0.0.1:{$port}/up") !== false, 'the web server does not answer');

        $visitor = new Client(['base_uri' => "http://127.0.0.1:{$port}", 'cookies' => true, 'http_errors' => false]);
        $page = (string) $visitor->get('/try')->getBody();
        $token = preg_match('/name="csrf-token" content="([^"]+)"/', $page, $found) === 1 ? $found[1] : $this->fail($page);
        $headers = ['Accept' => 'application/json', 'X-CSRF-TOKEN' => $token];

        $posted = $visitor->post('/examples/run', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => '<?php echo 6 * 7;']]);
        $this->assertSame(202, $posted->getStatusCode(), (string) $posted->getBody());
        $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);
        Machine::until(function () use (&$answer, $visitor, $posted, $headers): bool {
            $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);

            return $answer->getStatusCode() !== 202;
        }, 'no result');
        $this->assertStringContainsString('"verdict":"ok"', (string) $answer->getBody(), self::shell('grep "^\[2" storage/logs/laravel.log || true'));
        $this->assertStringContainsString('"stdout":"42"', (string) $answer->getBody());

        $denied = $visitor->post('/examples/run', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => str_repeat('a', 10_000)]]);
        $this->assertSame(403, $denied->getStatusCode());
        $this->assertStringContainsString('"message": "Guests may run up to 10,000 bytes."', (string) $denied->getBody());
        $this->assertSame(422, $visitor->post('/examples/run', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => ['a']]])->getStatusCode(), 'a gate is asked before the rules');
        $this->assertSame(422, $visitor->post('/examples/run', ['headers' => $headers, 'json' => ['profile' => 'c', 'source' => '']])->getStatusCode());
    }

    /** As it is deployed. */
    #[Depends('test_6_to_9_a_run_button')]
    public function test_with_everything_cached(): void
    {
        self::shell('php artisan optimize');
        $this->assertStringContainsString('examples/runs/{id}', self::shell('php artisan route:list --name=exrun'));
        $this->assertStringContainsString('Examples can be run here.', self::shell('php artisan sandbox:doctor'));
        $this->assertStringContainsString('ENABLED', self::shell('php artisan about --only=exrun'));
        self::shell('php artisan optimize:clear');
    }

    #[Depends('test_2_the_package')]
    public function test_10_examples_that_stay_true(): void
    {
        $this->assertStringContainsString('1 verified.', $this->walk('10. Examples that stay true'));
        $this->assertStringContainsString('sandbox:clean --older-than=1h', self::shell('php artisan schedule:list'));
    }

    #[Depends('test_6_to_9_a_run_button')]
    public function test_their_own_tests(): void
    {
        $this->assertStringContainsString('OK (1 test', $this->walk('Your own tests'));
    }

    #[Depends('test_2_the_package')]
    public function test_each_command_of_the_maintenance_routine_exists(): void
    {
        preg_match_all('/`php artisan ([a-z-]+:?[a-z-]*)/', (string) file_get_contents(dirname(__DIR__, 3).'/docs/laravel.md'), $named);
        $known = self::shell('php artisan list --raw');

        foreach (array_diff(array_unique($named[1]), ['pail']) as $command) { // laravel/pail is one of the skeleton's development packages
            $this->assertMatchesRegularExpression('/^'.preg_quote($command, '/').'\b/m', $known);
        }
        $this->assertGreaterThan(8, count($named[1]));
    }

    public function test_services_for_workers_are_well_formed(): void
    {
        [$supervisor, $systemd] = array_column(self::$steps['Workers on a server'], 'text');
        $this->assertIsArray(parse_ini_string($supervisor, true, INI_SCANNER_RAW));
        $unit = parse_ini_string($systemd, true, INI_SCANNER_RAW);
        $this->assertIsArray($unit);
        $this->assertSame(['Unit', 'Service', 'Install'], array_keys($unit));

        if (is_executable('/usr/bin/systemd-analyze')) {
            $file = self::$machine->folder.'/examples@.service';
            file_put_contents($file, str_replace('/srv/app', self::$app, $systemd));
            $this->assertSame('', self::shell("systemd-analyze verify --man=no --recursive-errors=no {$file} 2>&1 | grep -F examples@ || true"));
        }
    }

    /** Runs the commands of a section, and writes its files; returns what the last block printed. */
    private function walk(string $step): string
    {
        $said = '';
        $this->assertNotEmpty(self::$steps[$step] ?? [], $step);

        foreach (self::$steps[$step] as $block) {
            if ($block['language'] === 'bash') {
                $said = self::shell("set -e\n".str_replace('/srv/exrun', dirname(__DIR__, 3), $block['text']));

                continue;
            }
            $name = preg_match('/`([\w.\/]+)`(?: becomes)?:$/', $block['before'], $named) === 1 ? $named[1] : $this->fail("{$step}: {$block['before']}");
            $path = self::$app.'/'.$name;
            (new Filesystem)->ensureDirectoryExists(dirname($path));
            file_put_contents($path, $block['text'], str_contains($block['before'], 'Add to') ? FILE_APPEND : 0);
        }

        return $said;
    }

    private static function shell(string $script, ?string $directory = null): string
    {
        $process = self::$machine->start(['bash', '-c', $script], self::env(), $directory ?? self::$app);

        return self::$machine->must($process);
    }

    /**
     * A server's own environment: what the application knows, it has from its .env.
     *
     * @return array<string, string|false>
     */
    private static function env(): array
    {
        $cleared = array_fill_keys(array_keys(self::$machine->env), false);

        return [...$cleared, 'PATH' => dirname((string) realpath(\Exrun\Laravel\Tests\TestCase::binary())).':'.getenv('PATH'), 'COMPOSER_ALLOW_SUPERUSER' => '1'];
    }
}
