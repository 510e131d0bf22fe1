<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Illuminate\Contracts\Config\Repository;
use Illuminate\Routing\Route;
use Illuminate\Routing\Router;

/**
 * The doctor's question about what stands between the route and the page: PHP-FPM, nginx and sessions. Their files are
 * read where Debian has them; those that can't be read are not judged.
 */
final readonly class WebServer
{
    private const POOLS = '/etc/php/*/fpm/pool.d/*.conf';

    private const SITES = ['/etc/nginx/nginx.conf', '/etc/nginx/conf.d/*.conf', '/etc/nginx/sites-enabled/*'];

    /** How long nginx waits for PHP if nothing else is set. */
    private const NGINX_SECONDS = 60.0;

    private const UNITS = ['' => 1.0, 'ms' => 0.001, 's' => 1.0, 'm' => 60.0, 'h' => 3600.0, 'd' => 86400.0];

    /** @param string $root before the paths of the files; for tests */
    public function __construct(private Settings $settings, private Repository $config, private Router $router, private string $root = '') {}

    /**
     * Returns the bounds that hold, in a few words.
     *
     * @throws Finding if streams would stop the site, or would be stopped
     */
    public function found(): string
    {
        if (! $this->settings->boolean('http.enabled')) {
            return 'not asked: the route is off (EXRUN_HTTP)';
        }

        $workers = $this->settings->integer('http.workers');
        $this->mustLockNoSession();
        $this->mustWait();
        $pools = $this->pools();

        foreach ($pools as $name => $pool) {
            $this->mustHaveRoom($name, $pool, $workers);
            $this->mustNotEndRuns($name, $pool);
        }

        $most = array_filter(array_column($pools, 'pm.max_children'), is_numeric(...));

        return $most === [] ? "at most {$workers} requests wait (no pool of PHP-FPM is known here)" : "at most {$workers} of ".min(array_map(intval(...), $most)).' PHP processes wait';
    }

    /** @param array<array-key, mixed> $pool */
    private function mustHaveRoom(string $name, array $pool, int $workers): void
    {
        $most = $pool['pm.max_children'] ?? null;

        if (is_numeric($most) && $workers >= (int) $most) {
            throw new Finding("EXRUN_HTTP_WORKERS is {$workers}, and PHP-FPM's pool \"{$name}\" has {$most} processes, so runs can hold all of them, and no page answers. Lower it, or raise pm.max_children.");
        }
    }

    /** @param array<array-key, mixed> $pool */
    private function mustNotEndRuns(string $name, array $pool): void
    {
        $given = $pool['request_terminate_timeout'] ?? null;
        $seconds = is_scalar($given) ? $this->seconds((string) $given) : 0.0;
        $longest = $this->settings->timeouts()->process;

        if ($seconds > 0 && $seconds <= $longest) {
            throw new Finding("PHP-FPM's pool \"{$name}\" ends a request after {$seconds} s, and a run can take {$longest} s (EXRUN_PROCESS_TIMEOUT). Set request_terminate_timeout to 0, or to more.");
        }
    }

    /** A stream writes each second, but an answer in one piece comes at its end. */
    private function mustWait(): void
    {
        $longest = $this->settings->timeouts()->process;

        foreach ($this->waits() as $path => $seconds) {
            if ($seconds <= $longest) {
                throw new Finding("nginx waits {$seconds} s for PHP ({$path}), and a run can take {$longest} s (EXRUN_PROCESS_TIMEOUT). Set fastcgi_read_timeout to more.");
            }
        }
    }

    /**
     * Returns how long nginx waits for PHP, by the path of the file that says so. Returns nothing if it passes nothing to
     * PHP, or if its words are not known.
     *
     * @return array<string, float>
     */
    private function waits(): array
    {
        $files = array_map(fn (string $text): string => (string) preg_replace('/#.*/', '', $text), $this->files(self::SITES));
        $waits = [];

        foreach ($files as $path => $text) {
            preg_match_all('/\bfastcgi_read_timeout\s+([^;]+);/', $text, $found);
            $known = array_filter(array_map($this->seconds(...), $found[1]));
            $waits += $known === [] ? [] : [$path => min($known)];
        }

        if (preg_grep('/fastcgi_read_timeout/', $files)) {
            return $waits;
        }

        $passing = array_keys(array_filter($files, fn (string $text): bool => str_contains($text, 'fastcgi_pass')));

        return $passing === [] ? [] : [$passing[0] => self::NGINX_SECONDS];
    }

    private function mustLockNoSession(): void
    {
        $locks = array_filter($this->router->getRoutes()->getRoutes(), fn (Route $route): bool => str_starts_with((string) $route->getName(), 'exrun.') && $route->locksFor() !== null);

        if ($locks !== [] || $this->config->get('session.block') === true) {
            throw new Finding('A run holds its visitor\'s session until it ends, so that visitor\'s other pages wait. Remove ->block() from the routes of exrun, or "block" from config/session.php.');
        }
    }

    /** @return array<string, array<array-key, mixed>> name => settings */
    private function pools(): array
    {
        $pools = [];

        foreach ($this->files([self::POOLS]) as $text) {
            foreach (@parse_ini_string($text, true, INI_SCANNER_RAW) ?: [] as $name => $settings) {
                if (is_array($settings) && $name !== 'global') {
                    $pools[(string) $name] = $settings;
                }
            }
        }

        return $pools;
    }

    /**
     * @param  list<string>  $patterns
     * @return array<string, string> path => text
     */
    private function files(array $patterns): array
    {
        $files = [];

        foreach (array_merge(...array_map(fn (string $pattern): array => glob($this->root.$pattern) ?: [], $patterns)) as $path) {
            $text = is_readable($path) ? @file_get_contents($path) : false;
            $files += $text === false ? [] : [$path => $text];
        }

        return $files;
    }

    /** Reads a time of nginx or PHP-FPM, such as "1m 30s". Returns 0 if it is another. */
    private function seconds(string $time): float
    {
        $parts = preg_match_all('/(\d+)(ms|[smhd]?)/', $time = trim($time, " \t\"'"), $found, PREG_SET_ORDER);
        $isTime = $parts > 0 && preg_match('/\A(\d+(ms|[smhd]?)\s*)+\z/', $time) === 1;

        return $isTime ? array_sum(array_map(fn (array $part): float => (float) $part[1] * self::UNITS[$part[2]], $found)) : 0.0;
    }
}
