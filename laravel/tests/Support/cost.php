<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

/**
 * The cost of one run from PHP: an empty Bash program, a hundred times. EXRUN_BINARY and EXRUN_SUDO say how it is
 * called; as-www-data.sh calls it as a web server's user. The figures of docs/laravel.md come from here.
 */

use Exrun\Laravel\Facades\Exrun;
use Illuminate\Contracts\Console\Kernel;
use Illuminate\Foundation\Application;

require __DIR__.'/../../demo/vendor/autoload.php';

$app = require __DIR__.'/../../demo/bootstrap/app.php';
assert($app instanceof Application);
$app->make(Kernel::class)->bootstrap();
$milliseconds = [];

for ($n = 0; $n < 100; $n++) {
    $start = hrtime(true);
    Exrun::bash('exit 0')->run()->throw();
    $milliseconds[] = (hrtime(true) - $start) / 1e6;
}
sort($milliseconds);
printf("%s%s: %.1f ms in the median, %.1f ms in the fastest tenth\n", get_current_user(), config('exrun.sudo') ? ' through sudo' : '', $milliseconds[50], $milliseconds[10]);
