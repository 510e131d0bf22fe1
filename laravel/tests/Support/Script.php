<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Support;

use Exrun\Laravel\Exrun;

/**
 * Programs that are found instead of exrun: another version, another program, or one that fails in a way that the real
 * one can't be made to.
 */
trait Script
{
    private function withBinary(string $path): void
    {
        config()->set('exrun.binary', $path);
        \Exrun\Laravel\Facades\Exrun::clearResolvedInstances();
        $this->app->forgetInstance(Exrun::class);
    }

    private function script(string $body): string
    {
        $path = tempnam(sys_get_temp_dir(), 'exrun-script-');
        assert(is_string($path));
        file_put_contents($path, "#!/bin/sh\n{$body}\n");
        chmod($path, 0755);
        $this->beforeApplicationDestroyed(fn () => unlink($path));

        return $path;
    }
}
