<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Support\Doctor;
use Illuminate\Console\Command;

class DoctorCommand extends Command
{
    protected $signature = 'sandbox:doctor
        {--json : For machines}';

    protected $description = 'Look whether this application can run examples here, and say what to do where it cannot';

    public function handle(Doctor $doctor): int
    {
        $answers = $doctor->look();
        $isHealthy = ! in_array(false, array_column($answers, 'fine'), true);

        if ($this->option('json')) {
            $this->line(json_encode(['v' => 1, 'healthy' => $isHealthy, 'answers' => $answers], JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES));

            return $isHealthy ? self::SUCCESS : self::FAILURE;
        }

        foreach ($answers as $answer) {
            $this->components->twoColumnDetail($answer['question'], $answer['fine'] ? "{$answer['found']} <fg=green;options=bold>YES</>" : '<fg=red;options=bold>NO</>');

            if (! $answer['fine']) {
                $this->components->bulletList([$answer['found']]);
            }
        }

        if ($isHealthy) {
            $this->components->info('Examples can be run here. `exrun doctor`, as root, tells of the machine in detail.');
        } else {
            $this->components->error('Examples cannot be run here yet.');
        }

        return $isHealthy ? self::SUCCESS : self::FAILURE;
    }
}
