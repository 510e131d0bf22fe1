<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Support;

use Exrun\Laravel\Service\Address;
use Exrun\Laravel\Service\Presence;

/**
 * The demo as a site: nginx, PHP-FPM with Debian's five children, workers, Redis, and the service.
 */
final class Site
{
    /**
     * Starts all of it. Returns the port.
     *
     * @param  array<string, string>  $env
     */
    public static function start(Machine $machine, array $env, int $workers): int
    {
        $port = Machine::freePort();
        $machine->startRedis();
        $machine->env = [...$machine->env, 'EXRUN_HTTP' => 'true', 'EXRUN_WALL' => '20', 'EXRUN_HTTP_INTERACTIVE' => 'true', 'APP_DEBUG' => 'false', 'EXRUN_PROCESS_TIMEOUT' => '60', 'EXRUN_JOB_TIMEOUT' => '80',
            'REDIS_QUEUE_RETRY_AFTER' => '120', ...$env];
        $machine->must($machine->artisan('migrate', '--force'));

        for ($n = 0; $n < $workers; $n++) {
            $machine->artisan('queue:work', '--sleep=0.05');
        }

        $machine->start([\Exrun\Laravel\Tests\TestCase::binary(), 'serve']);
        Machine::until(fn (): bool => (new Presence(new Address(Address::USUAL)))->isThere(), 'the service does not start');
        self::startWebServer($machine, $port);

        return $port;
    }

    /**
     * Lets a browser visit it. Returns what it saw.
     *
     * @return array<string, mixed>
     */
    public static function visit(Machine $machine, string $script, string ...$arguments): array
    {
        $said = $machine->must($machine->start(['node', dirname(__DIR__)."/Browser/{$script}", ...array_values($arguments)]));
        $seen = json_decode($said, true, 16, JSON_THROW_ON_ERROR);
        /** @var array<string, mixed> $seen */

        return $seen;
    }

    private static function startWebServer(Machine $machine, int $port): void
    {
        $folder = $machine->folder;
        $public = dirname(__DIR__, 2).'/demo/public';
        // output_buffering is Debian's.
        file_put_contents("{$folder}/fpm.conf", <<<CONF
            [global]
            pid = {$folder}/fpm.pid
            error_log = {$folder}/fpm.log
            daemonize = no
            [www]
            user = root
            group = root
            listen = {$folder}/fpm.sock
            pm = static
            pm.max_children = 5
            clear_env = no
            php_admin_value[output_buffering] = 4096
            CONF);
        file_put_contents("{$folder}/nginx.conf", <<<CONF
            user root; daemon off; worker_processes 1; pid {$folder}/nginx.pid; error_log {$folder}/nginx.log;
            events { worker_connections 128; }
            http {
                include /etc/nginx/mime.types; access_log off; client_body_temp_path {$folder}/b; proxy_temp_path {$folder}/p; fastcgi_temp_path {$folder}/f; uwsgi_temp_path {$folder}/u; scgi_temp_path {$folder}/s;
                server {
                    listen 127.0.0.1:{$port};
                    root {$public};
                    client_max_body_size 8m;
                    set_real_ip_from 127.0.0.1; real_ip_header X-Forwarded-For;
                    location / { try_files \$uri /index.php?\$query_string; }
                    location = /index.php { include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_FILENAME \$document_root/index.php; fastcgi_pass unix:{$folder}/fpm.sock; }
                }
            }
            CONF);
        $fpm = glob('/usr/sbin/php-fpm*') ?: ['php-fpm'];
        $machine->start([$fpm[0], '--allow-to-run-as-root', '--fpm-config', "{$folder}/fpm.conf"]);
        $machine->start(['nginx', '-p', $folder, '-c', "{$folder}/nginx.conf"]);
        Machine::until(fn (): bool => @file_get_contents("http://127.0.0.1:{$port}/up") !== false, 'the web server does not answer');
    }
}
