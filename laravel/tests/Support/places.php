<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

// places.php FOLDER MOST SECONDS PROCESSES: requests of one visitor in several processes, each of which begins and ends
// runs as fast as it can. Prints how many runs began, and the most that went on at the same time.

use Exrun\Laravel\Contracts\ResultStore;
use Exrun\Laravel\Exceptions\Crowded;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Run;
use Exrun\Laravel\Support\Visitors;
use Illuminate\Contracts\Console\Kernel;
use Illuminate\Foundation\Application;
use Illuminate\Http\Request;

$demo = getenv('EXRUN_DEMO') ?: dirname(__DIR__, 2).'/demo';
require "{$demo}/vendor/autoload.php";
[, $folder, $most, $seconds, $processes] = $argv;
file_put_contents("{$folder}/counts", '0 0 0');

/* The file has how many runs go on, the most that did, and how many began. */
$count = function (int $change) use ($folder): void {
    $file = fopen("{$folder}/counts", 'r+') ?: throw new RuntimeException('no file');
    flock($file, LOCK_EX);
    [$now, $most, $all] = array_map(intval(...), explode(' ', (string) fgets($file)));
    rewind($file);
    ftruncate($file, 0);
    fwrite($file, implode(' ', [$now + $change, max($most, $now + $change), $all + max(0, $change)]));
    fclose($file);
};

for ($n = 0; $n < (int) $processes; $n++) {
    if (pcntl_fork() !== 0) {
        continue;
    }

    $app = require "{$demo}/bootstrap/app.php";
    assert($app instanceof Application);
    $app->make(Kernel::class)->bootstrap();
    config(['cache.stores.places' => ['driver' => 'file', 'path' => "{$folder}/cache", 'lock_path' => "{$folder}/cache"], 'exrun.results.store' => 'places',
        'exrun.http.runs_at_a_time' => (int) $most, 'exrun.http.address.runs_at_a_time' => (int) $most]);
    [$visitors, $results, $request] = [$app->make(Visitors::class), $app->make(ResultStore::class), Request::create('/')];
    $result = Result::cancelled(Exrun::php('')->toRun(), '');

    for ($end = microtime(true) + (float) $seconds; microtime(true) < $end;) {
        $id = Run::newId();

        try {
            $places = $visitors->note($request, $id);
        } catch (Crowded) {
            continue;
        }

        $results->markRunning($id);
        $count(1);
        usleep(random_int(0, 3000));
        $count(-1);
        $results->keep($id, $result);
        $visitors->giveBack($places);
    }

    exit(0);
}

while (pcntl_wait($status) > 0) {
}
[, $most, $all] = explode(' ', (string) file_get_contents("{$folder}/counts"));
echo "{$all} {$most}\n";
