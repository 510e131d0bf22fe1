<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

return [

    /*
    |--------------------------------------------------------------------------
    | The exrun program
    |--------------------------------------------------------------------------
    |
    | Its name, looked for in PATH, or its full path. To create cells, exrun needs root, or a user namespace and a
    | delegated cgroup. If the user of a web server or worker has neither, it calls exrun through sudo: set
    | EXRUN_SUDO=true and give that user one line in /etc/sudoers.d/exrun, with exactly these arguments:
    |
    |   www-data ALL=(root) NOPASSWD: /usr/bin/exrun run --json -
    |
    | `php artisan sandbox:doctor` checks whether it works, and prints the line for your user and path.
    |
    */

    'binary' => env('EXRUN_BINARY', 'exrun'),

    'sudo' => env('EXRUN_SUDO', false),

    /*
    |--------------------------------------------------------------------------
    | The service
    |--------------------------------------------------------------------------
    |
    | `exrun serve` runs a program several times as fast as the exrun program does, and needs no sudo. If it is there,
    | runs go to it: add the user of the web server and of the workers to the group "exrun". `socket` is its Unix socket
    | or HOST:PORT, for which `token` is a token of `exrun serve token`; null is /run/exrun/exrun.sock. If the service
    | should be there and is not, a web request gets an exception, and a worker or a command calls the program.
    | `transport` can be "socket" or "binary", if only one of them may be used.
    |
    */

    'transport' => env('EXRUN_TRANSPORT', 'auto'),

    'socket' => env('EXRUN_SOCKET'),

    'token' => env('EXRUN_TOKEN'),

    /*
    |--------------------------------------------------------------------------
    | Limits
    |--------------------------------------------------------------------------
    |
    | The limits of a run that sets no others. Times are seconds, or texts such as '500ms'; sizes are bytes, or texts
    | such as '64M'. If a limit is null, the profile of the language sets it. `wall` should be set, because the
    | time-outs below are compared with it.
    |
    */

    'limits' => [
        'wall' => env('EXRUN_WALL', 5),
        'cpu' => env('EXRUN_CPU', 2),
        'memory' => null,
        'processes' => null,
        'output' => env('EXRUN_OUTPUT', '256K'),
        'disk' => null,
        'files' => null,
    ],

    /*
    |--------------------------------------------------------------------------
    | Time-outs, in seconds
    |--------------------------------------------------------------------------
    |
    | They nest: wall (+ compile) < process < job < the queue connection's retry_after. A run, or a dispatch, that
    | breaks this is refused with a sentence. `compile` is the longest time that a compile stage of your languages may
    | take. PHP, Python, JavaScript and the like don't have one.
    |
    */

    'timeouts' => [
        'compile' => env('EXRUN_COMPILE_TIMEOUT', 30),
        'process' => env('EXRUN_PROCESS_TIMEOUT', 45),
        'job' => env('EXRUN_JOB_TIMEOUT', 60),
    ],

    /*
    |--------------------------------------------------------------------------
    | Queue
    |--------------------------------------------------------------------------
    |
    | The queue into which `->dispatch()` puts the runs; null is the application's default. If they have their own
    | queue, examples don't wait behind mails. There are at least two tries, because a worker can be killed in the
    | middle; `backoff` is the seconds before the second, the third …
    |
    */

    'queue' => [
        'connection' => env('EXRUN_QUEUE_CONNECTION'),
        'queue' => env('EXRUN_QUEUE'),
        'tries' => 3,
        'backoff' => [1, 5],
    ],

    /*
    |--------------------------------------------------------------------------
    | Results of queued runs
    |--------------------------------------------------------------------------
    |
    | The cache store that keeps them, and for how many seconds. Web server and workers must share it, and it must have
    | locks. The store "exrun" comes with the package: another Redis database if your cache is in Redis, or else files
    | in storage/framework/cache/exrun. `cache:clear` doesn't touch it. Workers on other machines need a store that they
    | share with the web server: redis, database or memcached. Null is the application's default store. The workers
    | remove the files of expired results once an hour.
    |
    */

    'results' => [
        'store' => env('EXRUN_RESULTS_STORE', 'exrun'),
        'redis_database' => env('EXRUN_REDIS_DB', '2'),
        'keep' => 24 * 60 * 60,
    ],

    /*
    |--------------------------------------------------------------------------
    | Broadcasting
    |--------------------------------------------------------------------------
    |
    | Sends ExampleStarted and ExampleFinished to the channel "exrun.{id}" as they happen, so that pages don't have to
    | poll. Private channels need an authorization in routes/channels.php. If a result makes a larger message than
    | `max_bytes`, it is sent without its output.
    |
    */

    'broadcast' => [
        'enabled' => env('EXRUN_BROADCAST', false),
        'private' => false,
        'max_bytes' => 9000,
    ],

    /*
    |--------------------------------------------------------------------------
    | HTTP
    |--------------------------------------------------------------------------
    |
    | POST {prefix}/run puts a visitor's program into the queue, GET {prefix}/runs/{id} returns its state. Disabled by
    | default. The `web` group brings CSRF protection; add 'auth' if only members may run. Define a gate `runExample` to
    | decide for each request. Behind a proxy, trust it (TrustProxies), or all visitors share one address.
    |
    | A visitor is a user, or else a session. The address of a session has separate numbers, because a class can share
    | it. An IPv6 address counts by its /64. `max_waiting` is how many jobs may be in the queue before the next
    | visitor is asked to come back. With the service, POST {prefix}/runs answers with the result, or with output as
    | it comes (Accept: text/event-stream), and needs no queue. Such a request holds a PHP worker, so only `workers`
    | of them do at a time, one a visitor; the others go to the queue. `artifacts` are the files that a visitor may
    | ask for. `path` can be "service" or "queue" for one way only. If `interactive` is true, a program can ask for input
    | while it runs, which holds a worker for as long. Jobs that are not runs count, too, if they are in the same queue,
    | so give the runs their own (EXRUN_QUEUE).
    |
    */

    'http' => [
        'enabled' => env('EXRUN_HTTP', false),
        'prefix' => 'examples',
        'middleware' => ['web'],
        'profiles' => array_values(array_filter(
            array_map(trim(...), explode(',', (string) env('EXRUN_HTTP_PROFILES', 'php,javascript,python'))),
            fn (string $name): bool => $name !== '',
        )),
        'runs_per_minute' => env('EXRUN_HTTP_RUNS_PER_MINUTE', 20),
        'runs_at_a_time' => env('EXRUN_HTTP_RUNS_AT_A_TIME', 2),
        'polls_per_minute' => env('EXRUN_HTTP_POLLS_PER_MINUTE', 600),
        'address' => [
            'runs_per_minute' => env('EXRUN_HTTP_ADDRESS_RUNS_PER_MINUTE', 200),
            'runs_at_a_time' => env('EXRUN_HTTP_ADDRESS_RUNS_AT_A_TIME', 10),
            'polls_per_minute' => env('EXRUN_HTTP_ADDRESS_POLLS_PER_MINUTE', 6000),
        ],
        'artifacts' => ['*.png', '*.svg'],
        'max_waiting' => env('EXRUN_HTTP_MAX_WAITING', 20),
        'path' => env('EXRUN_HTTP_PATH', 'auto'),
        'workers' => env('EXRUN_HTTP_WORKERS', 2),
        'interactive' => env('EXRUN_HTTP_INTERACTIVE', false),
        'max' => [
            'body' => '1M',
            'source' => '64K',
            'stdin' => '64K',
            'args' => 16,
            'files' => 8,
            'files_bytes' => '256K',
            'artifacts' => '2M',
        ],
    ],

    /*
    |--------------------------------------------------------------------------
    | The page
    |--------------------------------------------------------------------------
    |
    | The package serves the files of <exrun-snippet> itself, under /exrun/. If a CDN is to do so, publish them
    | (`php artisan vendor:publish --tag=exrun-page`), and set `url` to the folder's address on the CDN.
    |
    */

    'page' => [
        'url' => env('EXRUN_PAGE_URL'),
    ],

    /*
    |--------------------------------------------------------------------------
    | Examples
    |--------------------------------------------------------------------------
    |
    | The folder of the site's examples, for `php artisan examples:verify`: collections/map.php is run and must print
    | collections/map.php.out. How it is put together (hidden code, files, arguments) is in collections/map.php.json.
    | If the examples are not files, bind Exrun\Laravel\Contracts\ExampleRepository.
    |
    */

    'examples' => [
        'path' => resource_path('examples'),
    ],

];
