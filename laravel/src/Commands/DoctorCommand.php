<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

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
            $this->components->error($e->getMessage());

            return self::FAILURE;
        }

        $user ??= $this->me();
        $isHealthy = ! in_array(false, array_column($answers, 'fine'), true);

        if ($this->option('json')) {
            $this->line(json_encode(['v' => 1, 'healthy' => $isHealthy, 'user' => $user, 'answers' => $answers], JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES));

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
     * Whom to check as; null: the user who asks.
     *
     * @return array{?string, string} the user, and why it is that one
     */
    private function user(): array
    {
        $wanted = $this->option('user');
        $isRoot = posix_geteuid() === 0;

        if (is_string($wanted)) {
            return match (true) {
                posix_getpwnam($wanted) === false => throw new Finding("There is no user \"{$wanted}\" on this machine."),
                $wanted === $this->me() => [null, ''],
                ! $isRoot => throw new Finding("Only root can check as \"{$wanted}\". Call it through sudo, or leave --user out."),
                default => [$wanted, ''],
            };
        }

        // A site's files are those of its web server's user, and root may do what that user may not.
        $folder = $this->laravel->storagePath('framework/cache');
        $owner = $isRoot && is_dir($folder) ? posix_getpwuid((int) fileowner($folder)) : false;

        return match (true) {
            $owner === false => [null, ''],
            $owner['name'] === $this->me() => [null, ', who owns storage/framework/cache'],
            default => [$owner['name'], ', who owns storage/framework/cache (--user=NAME chooses another)'],
        };
    }

    private function me(): string
    {
        $entry = posix_getpwuid(posix_geteuid());

        return $entry === false ? (string) posix_geteuid() : $entry['name'];
    }

    /**
     * Asks again in a process of that user, which has nothing of root's.
     *
     * @return list<array{question: string, fine: bool, found: string}>
     */
    private function lookAs(string $user, Factory $processes): array
    {
        $entry = posix_getpwnam($user);
        $group = $entry === false ? $user : (string) $entry['gid'];
        $done = $processes->newPendingProcess()->path($this->laravel->basePath())->timeout(300)->run([
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
