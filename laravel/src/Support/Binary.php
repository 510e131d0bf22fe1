<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

use Exrun\Laravel\Exceptions\BinaryNotFound;
use Exrun\Laravel\Exceptions\ExrunFailed;
use Exrun\Laravel\Exceptions\UnexpectedAnswer;
use Illuminate\Contracts\Process\ProcessResult;
use Illuminate\Process\Exceptions\ProcessTimedOutException;
use Illuminate\Process\Factory;
use Symfony\Component\Process\Exception\ProcessSignaledException;
use Symfony\Component\Process\ExecutableFinder;

/**
 * The exrun program: its path, and the way to call it.
 */
final readonly class Binary
{
    public function __construct(private Factory $process, private string $name, private bool $throughSudo, private string $base) {}

    /** @throws BinaryNotFound */
    public function path(): string
    {
        // sudo compares full paths, and does not use our PATH. A relative path begins at the application, because a web
        // server, a worker and a shell are in different folders.
        $path = match (true) {
            str_starts_with($this->name, '/') => $this->name,
            str_contains($this->name, '/') => realpath("{$this->base}/{$this->name}"),
            default => (new ExecutableFinder)->find($this->name),
        };

        return is_string($path) && is_file($path) ? $path : throw BinaryNotFound::named($this->name, $this->base);
    }

    public function usesSudo(): bool
    {
        return $this->throughSudo;
    }

    public function describe(): string
    {
        return ($this->throughSudo ? 'sudo ' : '').$this->path();
    }

    public function version(): string
    {
        $said = $this->call(['--version'], 10, asRoot: false)->output();

        return preg_match('/\Aexrun \d[^\n]*/', $said, $version) === 1 ? $version[0] : throw UnexpectedAnswer::anotherProgram($this->path());
    }

    /**
     * @param  list<string>  $arguments
     * @param  bool  $asRoot  true if this call creates cells or looks at them
     * @param  (callable(string, string): void)|null  $output  gets the output as it comes
     *
     * @throws ExrunFailed if it was ended from outside or did not end in time
     */
    public function call(array $arguments, float $timeout, string $input = '', bool $asRoot = true, ?callable $output = null): ProcessResult
    {
        $command = [...($asRoot && $this->throughSudo ? ['sudo', '-n'] : []), $this->path(), ...$arguments];

        try {
            return $this->process->newPendingProcess()->command($command)->path('/')->input($input)->timeout((int) ceil($timeout))->run(output: $output);
        } catch (ProcessTimedOutException) {
            throw ExrunFailed::timedOut($timeout);
        } catch (ProcessSignaledException $e) {
            throw ExrunFailed::signaled($e->getMessage());
        }
    }

    /** Returns the calling user, for sentences about permissions. */
    public static function user(): string
    {
        $entry = function_exists('posix_geteuid') ? posix_getpwuid(posix_geteuid()) : false;

        return $entry === false ? get_current_user() : $entry['name'];
    }
}
