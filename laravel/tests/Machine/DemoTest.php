<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Machine;

use Exrun\Laravel\Tests\Support\Machine;
use GuzzleHttp\Client;
use Illuminate\Filesystem\Filesystem;
use PHPUnit\Framework\TestCase;
use Symfony\Component\Process\Process;

/**
 * The commands of demo/README.md, typed unchanged, in a checkout that has only exrun's own build.
 */
final class DemoTest extends TestCase
{
    private Machine $machine;

    private ?Process $terminal = null;

    protected function setUp(): void
    {
        $this->machine = new Machine(\Exrun\Laravel\Tests\TestCase::binary());
    }

    protected function tearDown(): void
    {
        if ($this->terminal?->getPid() !== null) {
            posix_kill(-$this->terminal->getPid(), SIGTERM); // if a terminal is closed, its programs end
        }
        $checkout = "{$this->machine->folder}/checkout";
        $this->machine->end();
        (new Filesystem)->deleteDirectory($checkout);
    }

    public function test_the_demo_starts_as_its_readme_says(): void
    {
        $laravel = dirname(__DIR__, 2);
        $checkout = "{$this->machine->folder}/checkout";
        $copy = 'mkdir -p "$2/laravel" "$2/build" && cp "$3" "$2/build/exrun" && cd "$1" &&
            tar -c --exclude=./demo/vendor --exclude=./demo/.env --exclude="./demo/database/*.sqlite" --exclude="./demo/storage/*/*" --exclude="./demo/bootstrap/cache/*.php" --exclude=node_modules . | tar -x -C "$2/laravel" &&
            cd "$2/laravel/demo" && mkdir -p storage/app storage/logs storage/framework/cache/data storage/framework/sessions storage/framework/views';
        $this->machine->must($this->machine->start(['sh', '-c', $copy, 'sh', $laravel, $checkout, \Exrun\Laravel\Tests\TestCase::binary()]));

        $said = preg_match('/^```sh\n(.*?)^```$/ms', (string) file_get_contents("{$laravel}/demo/README.md"), $block) === 1 ? $block[1] : $this->fail('no block');
        $this->assertStringEndsWith("php artisan serve\n", $said);
        $cleared = [...array_fill_keys(array_keys($this->machine->env), false), 'COMPOSER_ALLOW_SUPERUSER' => '1'];
        $this->terminal = $this->machine->start(['setsid', 'bash', '-c', "set -e\n{$said}"], $cleared, "{$checkout}/laravel/demo");
        $terminal = $this->terminal;
        $seen = fn (): string => preg_match('~Server running on \[(http://[^]]+)\]~', $terminal->getOutput(), $address) === 1 ? $address[1] : '';
        Machine::until(fn (): bool => $seen() !== '' || ! $terminal->isRunning(), 'it does not start', 200);
        $this->assertTrue($terminal->isRunning(), $terminal->getOutput().$terminal->getErrorOutput());

        $visitor = new Client(['base_uri' => $seen(), 'cookies' => true, 'http_errors' => false, 'timeout' => 60]);
        $page = (string) $visitor->get('/plain')->getBody();
        $headers = ['Accept' => 'application/json', 'X-CSRF-TOKEN' => preg_match('/name="csrf-token" content="([^"]+)"/', $page, $found) === 1 ? $found[1] : $this->fail($page)];
        $posted = $visitor->post('/examples/run', ['headers' => $headers, 'json' => ['profile' => 'php', 'source' => '<?php echo 6 * 7;']]);
        $this->assertSame(202, $posted->getStatusCode(), (string) $posted->getBody());
        $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);
        Machine::until(function () use (&$answer, $visitor, $posted, $headers): bool {
            $answer = $visitor->get($posted->getHeaderLine('Location'), ['headers' => $headers]);

            return $answer->getStatusCode() === 200;
        }, 'no result', 30);

        $this->assertStringContainsString('"stdout":"42"', (string) $answer->getBody());
    }
}
