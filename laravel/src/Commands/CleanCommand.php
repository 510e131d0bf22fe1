<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Support\Binary;
use Illuminate\Console\Command;

class CleanCommand extends Command
{
    use CallsExrun;

    protected $signature = 'sandbox:clean
        {--dry-run : Only tell what would be removed}
        {--older-than= : Leave alone what is younger: 500ms, 5s, 2m, 1h, 1d}
        {--cache : Forget what was compiled, too}
        {--json : For machines}';

    protected $description = 'Remove what runs left whose exrun was killed; running examples are not touched';

    public function handle(Binary $binary): int
    {
        return $this->handOn($binary, ['clean', ...$this->given('dry-run', 'older-than', 'cache', 'json')]);
    }
}
