<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Support\Binary;
use Illuminate\Console\Command;

class AuditCommand extends Command
{
    use CallsExrun;

    protected $signature = 'sandbox:audit
        {--profile= : Audit one language}
        {--only= : Only the attacks whose name matches}
        {--server= : Let the service at this address run them}
        {--tap : In the Test Anything Protocol}
        {--junit : As XML of JUnit}
        {--json : For machines}';

    protected $description = 'Set hostile programs on this installation, and tell whether each wall holds';

    public function handle(Binary $binary): int
    {
        $profile = $this->option('profile');

        return $this->handOn($binary, ['audit', ...$this->given('json', 'tap', 'junit'), ...(is_string($profile) ? ['-p', $profile] : []), ...$this->given('only', 'server')], timeout: 3600);
    }
}
