<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

/**
 * artisan of the demo, with a listener that writes down the events that arrive in this process: one JSON object a line,
 * into $EXRUN_TEST_EVENTS.
 */

use Exrun\Laravel\Events\ExampleFinished;
use Exrun\Laravel\Events\ExampleStarted;
use Illuminate\Foundation\Application;
use Illuminate\Support\Facades\Event;
use Symfony\Component\Console\Input\ArgvInput;

require __DIR__.'/../../demo/vendor/autoload.php';

$app = require __DIR__.'/../../demo/bootstrap/app.php';
assert($app instanceof Application);
$app->booted(function (): void {
    config()->set('broadcasting.connections.redis', ['driver' => 'redis', 'connection' => 'default']); // Laravel's own defaults do not name it
    config()->set('queue.connections.redis.block_for', ($seconds = getenv('EXRUN_TEST_BLOCK_FOR')) === false ? null : (int) $seconds); // the guide's line in config/queue.php
    Event::listen([ExampleStarted::class, ExampleFinished::class], function (ExampleStarted|ExampleFinished $event): void {
        $seen = ['event' => class_basename($event), 'id' => $event->id, 'worker' => getmypid(), 'result' => $event instanceof ExampleFinished ? $event->result : null];
        file_put_contents((string) getenv('EXRUN_TEST_EVENTS'), json_encode($seen, JSON_THROW_ON_ERROR)."\n", FILE_APPEND);
    });
});

exit($app->handleCommand(new ArgvInput));
