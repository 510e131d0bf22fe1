<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

/**
 * The guide's program, run directly: once for each line that is read, with its milliseconds printed. LatencyTest
 * compares clicks with it.
 */

use Exrun\Laravel\Facades\Exrun;
use Illuminate\Contracts\Console\Kernel;
use Illuminate\Foundation\Application;

require __DIR__.'/../../demo/vendor/autoload.php';

$app = require __DIR__.'/../../demo/bootstrap/app.php';
assert($app instanceof Application);
$app->make(Kernel::class)->bootstrap();

while (fgets(STDIN) !== false) {
    $start = hrtime(true);
    Exrun::php('<?php echo 6 * 7;')->run()->throw();
    printf("%.3f\n", (hrtime(true) - $start) / 1e6);
}
