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
        'wall' => 5,
        'cpu' => 2,
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

];
