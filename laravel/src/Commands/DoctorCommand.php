<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Dotenv\Dotenv;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Exrun\Laravel\Support\Answer;
use Exrun\Laravel\Support\Doctor;
use Exrun\Laravel\Support\Finding;
use Illuminate\Console\Command;
use Illuminate\Process\Factory;

class DoctorCommand extends Command
{
    protected $signature = 'sandbox:doctor
        {--user= : Check as this user; root does so as the owner of storage/framework/cache}
        {--json : For machines}';

    protected $description = 'Look whether this application can run examples here, and say what to do where it cannot';

    public function handle(Doctor $doctor, Factory $processes): int
    {
        try {
            [$user, $why] = $this->user();
            $answers = $user === null ? $doctor->look() : $this->lookAs($user, $processes);
        } catch (Finding $e) {
            return $this->cannot($e->getMessage());
        }

        $user ??= $this->me();
        $isHealthy = ! in_array(false, array_column($answers, 'fine'), true);

        if ($this->option('json')) {
            $this->line($this->json(['v' => 1, 'healthy' => $isHealthy, 'user' => $user, 'answers' => $answers]));

            return $isHealthy ? self::SUCCESS : self::FAILURE;
        }

        $this->components->info("Checked as the user {$user}{$why}.");

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

    /**
     * Returns the user to check as; null: the calling user.
     *
     * @return array{?string, string} the user, and the reason for the choice
     */
    private function user(): array
    {
        $wanted = $this->option('user');
        $isRoot = posix_geteuid() === 0;

        if (is_string($wanted)) {
            $entry = ctype_digit($wanted) ? posix_getpwuid((int) $wanted) : posix_getpwnam($wanted);

            if ($entry === false) {
                throw new Finding(match (true) {
                    $wanted === '' => '--user= needs the name of a user.',
                    ctype_digit($wanted) => "No user has the ID {$wanted} on this machine.",
                    default => "There is no user \"{$wanted}\" on this machine.",
                });
            }

            $wanted = $entry['name'];

            return match (true) {
                $wanted === $this->me() => [null, ''],
                ! $isRoot => throw new Finding("Only root can check as \"{$wanted}\". Call it through sudo, or leave --user out."),
                default => [$wanted, ''],
            };
        }

        // A site's files belong to its web server's user, and root may do things that this user may not.
        $folder = $this->laravel->storagePath('framework/cache');
        $id = $isRoot && is_dir($folder) ? (int) fileowner($folder) : null;
        $owner = $id === null ? false : posix_getpwuid($id);

        return match (true) {
            $id === null => [null, ''],
            $owner === false => [null, ", because storage/framework/cache belongs to the user ID {$id}, ".
                'which has no name here (--user=NAME chooses another)'],
            $owner['name'] === $this->me() => [null, ', who owns storage/framework/cache'],
            default => [$owner['name'], ', who owns storage/framework/cache (--user=NAME chooses another)'],
        };
    }

    private function me(): string
    {
        $entry = posix_getpwuid(posix_geteuid());

        return $entry === false ? (string) posix_geteuid() : $entry['name'];
    }

    private function cannot(string $sentence): int
    {
        if ($this->option('json')) {
            $this->line($this->json(['v' => 1, 'healthy' => false, 'error' => $sentence]));
        } else {
            $this->components->error($sentence);
        }

        return self::FAILURE;
    }

    /** @param array<string, mixed> $said */
    private function json(array $said): string
    {
        return json_encode($said, JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES);
    }

    /**
     * Returns the variables that this process has read from .env, and that the other user must be able to read.
     *
     * @return array<string, false>
     */
    private function forgotten(): array
    {
        $text = (string) @file_get_contents($this->laravel->environmentFilePath());

        return array_fill_keys(array_keys(Dotenv::parse($text)), false);
    }

    /**
     * Runs the checks again in a process of that user, without root's environment.
     *
     * @return list<array{question: string, fine: bool, found: string}>
     */
    private function lookAs(string $user, Factory $processes): array
    {
        $entry = posix_getpwnam($user);
        $group = $entry === false ? $user : (string) $entry['gid'];
        $process = $processes->newPendingProcess()->path($this->laravel->basePath())->timeout(300);
        $done = $process->env($this->forgotten())->run([
            'setpriv', "--reuid={$user}", "--regid={$group}", '--init-groups', '--',
            PHP_BINARY, $this->laravel->basePath('artisan'), 'sandbox:doctor', '--json',
        ]);

        try {
            $answers = Answer::fromJson($done->output())->objects('answers');
        } catch (UnexpectedAnswer) {
            throw new Finding("The user \"{$user}\" can't start this application: ".trim(mb_scrub($done->errorOutput().$done->output())));
        }

        return array_map(fn (Answer $answer): array => [
            'question' => $answer->string('question'), 'fine' => $answer->boolean('fine'), 'found' => $answer->string('found'),
        ], $answers);
    }
}
