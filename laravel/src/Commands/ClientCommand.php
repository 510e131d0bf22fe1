<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Support\Client;
use Illuminate\Console\Command;

class ClientCommand extends Command
{
    protected $signature = 'exrun:client
        {who : The ID of a user, or an address}';

    protected $description = "Print the name that a visitor has in the service's log (labels.client)";

    public function handle(Client $client): int
    {
        $this->line($client->label($this->argument('who')));

        return self::SUCCESS;
    }
}
