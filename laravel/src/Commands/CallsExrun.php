<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Support\Binary;
use Symfony\Component\Console\Output\ConsoleOutputInterface;

/**
 * Shared by the commands that call a command of exrun.
 */
trait CallsExrun
{
    /** exrun's own status for a command, or a use of it, that it does not know (sysexits.h: EX_USAGE). */
    private const WRONG_USAGE = 64;

    private const NO_ANSWER = 69;

    /**
     * Prints exrun's output, and returns its exit status.
     *
     * @param  list<string>  $arguments
     */
    private function handOn(Binary $binary, array $arguments, float $timeout = 300): int
    {
        $errors = '';
        $hasAnswered = false;

        try {
            $done = $binary->call($arguments, $timeout, output: function (string $kind, string $text) use (&$errors, &$hasAnswered): void {
                if ($kind === 'err') {
                    $errors .= $text;
                } else {
                    $hasAnswered = true;
                    $this->output->write($text, false, $this->raw());
                }
            });
        } catch (ExrunException $e) {
            return $this->cannot($e->getMessage());
        }

        return match (true) {
            $done->exitCode() === self::WRONG_USAGE && str_contains($errors, 'there is no command') => $this->cannot(
                "This exrun ({$binary->version()}) has no \"{$arguments[0]}\". Install a newer one; the package works without it.",
            ),
            // sudo also warns, for instance of a host name that it can't resolve, and calls exrun all the same.
            $done->exitCode() === 1 && ! $hasAnswered && str_contains($errors, 'sudo:') => $this->cannot('sudo does not let the user "'.$binary->user()."\" run this. Run it as root, or add a line for it to sudoers: {$binary->user()} ".
                "ALL=(root) NOPASSWD: {$binary->path()} ".implode(' ', $arguments)),
            default => $this->told($errors, $done->exitCode() ?? self::NO_ANSWER),
        };
    }

    private function told(string $errors, int $status): int
    {
        if (trim($errors) !== '') {
            $this->complain(trim(mb_scrub($errors)));
        }

        return $status;
    }

    private function cannot(string $sentence): int
    {
        $this->complain($sentence);

        return self::NO_ANSWER;
    }

    /** To standard error, so that a machine that reads --json gets nothing else. */
    private function complain(string $sentence): void
    {
        $output = $this->output->getOutput();
        $errors = $output instanceof ConsoleOutputInterface ? $output->getErrorOutput() : $output;
        $errors->writeln($sentence, $this->raw());
    }

    /** exrun's output is not Symfony's markup. */
    private function raw(): int
    {
        return \Symfony\Component\Console\Output\OutputInterface::OUTPUT_RAW;
    }

    /**
     * Returns the options of this command that were given and that exrun has, too.
     *
     * @return list<string>
     */
    private function given(string ...$names): array
    {
        $arguments = [];

        foreach ($names as $name) {
            $value = $this->option($name);

            if ($value === true) {
                $arguments[] = "--{$name}";
            } elseif (is_string($value)) {
                array_push($arguments, "--{$name}", $value);
            }
        }

        return $arguments;
    }
}
