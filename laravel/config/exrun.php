<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

return [

    /*
    |--------------------------------------------------------------------------
    | The exrun program
    |--------------------------------------------------------------------------
    |
    | Its name, looked for in PATH, or its full path. Making cells takes root. A web server or worker that runs as another user calls exrun through
    | sudo: set EXRUN_SUDO=true and give that user one line in /etc/sudoers.d/exrun, with exactly these arguments:
    |
    |   www-data ALL=(root) NOPASSWD: /usr/bin/exrun run --json -
    |
    | `php artisan sandbox:doctor` looks whether it works, and prints the line for your user and path.
    |
    */

    'binary' => env('EXRUN_BINARY', 'exrun'),

    'sudo' => env('EXRUN_SUDO', false),

    /*
    |--------------------------------------------------------------------------
    | Limits
    |--------------------------------------------------------------------------
    |
    | What a run gets that does not ask for anything else. Times are seconds, or texts such as '500ms'; sizes are bytes, or texts such as '64M'.
    | Null leaves a limit to the profile of the language. `wall` should be set: the time-outs below are compared with it.
    |
    */

    'limits' => [
        'wall' => env('EXRUN_WALL', 5),
        'cpu' => env('EXRUN_CPU', 2),
        'memory' => null,
        'processes' => null,
        'output' => '256K',
        'disk' => null,
        'files' => null,
    ],

    /*
    |--------------------------------------------------------------------------
    | Time-outs, in seconds
    |--------------------------------------------------------------------------
    |
    | They nest: wall (+ compile) < process < job < the queue connection's retry_after. A run, or a dispatch, that breaks this is refused with a
    | sentence. `compile` is what the slowest compile step of your languages may take; PHP, Python, JavaScript and the like have none.
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
    | Where `->dispatch()` puts the runs; null is the application's default. A queue of their own keeps examples from standing behind mails. There are
    | at least two tries, since a worker may be killed in the middle; `backoff` is the seconds before the second, the third …
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
    | The cache store that keeps them, and for how many seconds. Web server and workers must share it, and it must have locks. The store "exrun" is one
    | of the package: another Redis database if your cache is in Redis, or else files in storage/framework/cache/exrun. `cache:clear` doesn't touch it.
    | Workers on other machines need a store that they share with the web server: redis, database or memcached. Null is the application's default store.
    | The workers remove the files of results that expired, once an hour.
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
    | Sends ExampleStarted and ExampleFinished to the channel "exrun.{id}" as they happen, so that pages need not poll. Private channels need an
    | authorization in routes/channels.php. A result that makes a larger message than `max_bytes` is sent without its output.
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
    | POST {prefix}/run gives a visitor's program to the queue, GET {prefix}/runs/{id} tells how it goes. Off until you switch it on. The `web` group
    | brings CSRF protection; add 'auth' where only members may run. Define a gate `runExample` to decide for each request. Behind a proxy, trust it
    | (TrustProxies), or all visitors share one address.
    |
    | A visitor is a user, or else a session; a session's address, which a class may share, has numbers of its own.
    | An IPv6 address counts by its /64. `max_waiting` is how many jobs may be in the queue before the next visitor is
    | asked to come back. Jobs that are not runs count, too, if they are in the same queue: give the runs their own
    | (EXRUN_QUEUE).
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
        'max_waiting' => env('EXRUN_HTTP_MAX_WAITING', 20),
        'max' => [
            'body' => '1M',
            'source' => '64K',
            'stdin' => '64K',
            'args' => 16,
            'files' => 8,
            'files_bytes' => '256K',
        ],
    ],

    /*
    |--------------------------------------------------------------------------
    | Examples
    |--------------------------------------------------------------------------
    |
    | The folder of the site's examples, for `php artisan examples:verify`: collections/map.php is run and must print collections/map.php.out.
    | Where they are not files, bind Exrun\Laravel\Contracts\ExampleRepository.
    |
    */

    'examples' => [
        'path' => resource_path('examples'),
    ],

];
