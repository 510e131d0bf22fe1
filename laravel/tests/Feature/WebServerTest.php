<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Support\WebServer;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Filesystem\Filesystem;
use Illuminate\Support\Facades\Route;
use PHPUnit\Framework\Attributes\DataProvider;

/**
 * The answers of the doctor about PHP-FPM, nginx and sessions, by files of this test.
 */
final class WebServerTest extends TestCase
{
    private string $root;

    protected array $env = ['EXRUN_HTTP' => 'true'];

    protected function setUp(): void
    {
        parent::setUp();
        $this->root = sys_get_temp_dir().'/exrun-web-'.bin2hex(random_bytes(6));
    }

    protected function tearDown(): void
    {
        (new Filesystem)->deleteDirectory($this->root);
        parent::tearDown();
    }

    /** @return array<string, array{array<string, string>, string}> files => the answer */
    public static function files(): array
    {
        $pool = fn (string $more): array => ['etc/php/8.2/fpm/pool.d/www.conf' => "; a comment\n[www]\nuser = www-data\npm = dynamic\n{$more}\n"];
        $nginx = fn (string $more): array => ['etc/nginx/sites-enabled/site' => "server {\n    location ~ \\.php\$ { fastcgi_pass unix:/run/php.sock; {$more} }\n}\n"];

        return [
            'none' => [[], 'at most 2 requests wait (no pool of PHP-FPM is known here)'],
            "Debian's" => [[...$pool("pm.max_children = 5\nrequest_terminate_timeout = 0"), ...$nginx('')], 'at most 2 of 5 PHP processes wait'],
            'few processes' => [$pool('pm.max_children = 2'), "EXRUN_HTTP_WORKERS is 2, and PHP-FPM's pool \"www\" has 2 processes, so runs can hold all of them, and no page answers. Lower it, or raise pm.max_children."],
            'a short request' => [$pool("pm.max_children = 5\nrequest_terminate_timeout = 30s"), 'ends a request after 30 s, and a run can take 45 s (EXRUN_PROCESS_TIMEOUT). Set request_terminate_timeout to 0, or to more.'],
            'a long request' => [$pool("pm.max_children = 9\nrequest_terminate_timeout = 2m"), 'at most 2 of 9 PHP processes wait'],
            'an impatient nginx' => [$nginx('fastcgi_read_timeout 20;'), 'nginx waits 20 s for PHP (ROOT/etc/nginx/sites-enabled/site), and a run can take 45 s (EXRUN_PROCESS_TIMEOUT). Set fastcgi_read_timeout to more.'],
            'one that is patient for all sites' => [['etc/nginx/nginx.conf' => "http {\n    fastcgi_read_timeout 1m 30s;\n}\n", ...$nginx('')], 'at most 2 requests wait'],
            'a long word' => [$nginx('fastcgi_read_timeout "120000ms";'), 'at most 2 requests wait'],
            'a variable' => [$nginx('fastcgi_read_timeout $x;'), 'at most 2 requests wait'],
            'a patient one' => [$nginx("fastcgi_read_timeout 2m; # fastcgi_read_timeout 20;\n"), 'at most 2 requests wait'],
        ];
    }

    /** @param array<string, string> $files */
    #[DataProvider('files')]
    public function test_the_files_of_this_machine(array $files, string $answer): void
    {
        foreach ($files as $path => $text) {
            @mkdir(dirname("{$this->root}/{$path}"), 0700, true);
            file_put_contents("{$this->root}/{$path}", $text);
        }

        $this->assertStringContainsString($answer, str_replace($this->root, 'ROOT', $this->found()));
    }

    public function test_a_session_that_a_run_would_lock(): void
    {
        Route::getRoutes()->getByName('exrun.runs')?->block(10);
        $this->assertStringContainsString("A run holds its visitor's session until it ends", $this->found());
        Route::getRoutes()->getByName('exrun.runs')?->withoutBlocking();
        $this->assertStringContainsString('at most 2 requests', $this->found());
        config()->set('session.block', true);
        $this->assertStringContainsString('"block" from config/session.php', $this->found());
        config()->set('exrun.http.enabled', false);
        $this->assertSame('not asked: the route is off (EXRUN_HTTP)', $this->found());
    }

    private function found(): string
    {
        try {
            return app()->make(WebServer::class, ['root' => $this->root])->found();
        } catch (Finding $e) {
            return $e->getMessage();
        }
    }
}
