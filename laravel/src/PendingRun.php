<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel;

use Closure;
use DateInterval;
use Exrun\Laravel\Data\Limits;
use Exrun\Laravel\Data\RunEvent;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\TimeoutsDoNotNest;
use Exrun\Laravel\Jobs\RunExample;
use Illuminate\Support\Traits\Conditionable;
use Illuminate\Support\Traits\Macroable;
use Illuminate\Support\Traits\Tappable;

/**
 * A run that is being described: `Exrun::php($code)->stdin('…')->limits(wall: 5)->run()`.
 */
class PendingRun
{
    use Conditionable, Macroable, Tappable;

    private ?string $id = null;

    private string $stdin = '';

    /** @var array<array-key, string> */
    private array $files = [];

    /** @var list<string> */
    private array $args = [];

    /** @var array<array-key, string> */
    private array $env = [];

    private Limits $limits;

    /** @var list<string> */
    private array $artifacts = [];

    /** @var array<string, string> */
    private array $labels = [];

    private bool $stdinOpen = false;

    private ?string $connection = null;

    private ?string $queue = null;

    public function __construct(private readonly Exrun $exrun, private readonly string $profile, private readonly string $source)
    {
        $this->limits = new Limits;
    }

    /** Names the run. If it is not called, the run gets an id that cannot be guessed. */
    public function id(string $id): static
    {
        $this->id = $id;

        return $this;
    }

    /** The program's input; bytes of any kind. */
    public function stdin(string $bytes): static
    {
        $this->stdin = $bytes;

        return $this;
    }

    /**
     * Lets input come while the program runs, after the input of `stdin()`: RunEvent::send(). Needs the service.
     */
    public function interactive(): static
    {
        $this->stdinOpen = true;

        return $this;
    }

    /**
     * Files beside the program: path => bytes of any kind.
     *
     * @param  array<array-key, string>  $files
     */
    public function files(array $files): static
    {
        $this->files = array_replace($this->files, $files); // a spread would renumber a file named 7

        return $this;
    }

    public function args(string ...$args): static
    {
        $this->args = array_values([...$this->args, ...$args]);

        return $this;
    }

    /** @param array<array-key, string> $env */
    public function env(array $env): static
    {
        $this->env = array_replace($this->env, $env);

        return $this;
    }

    /** If a limit is left out, `config/exrun.php` sets it, or else the profile. */
    public function limits(
        int|float|string|DateInterval|null $wall = null,
        int|float|string|DateInterval|null $cpu = null,
        int|string|null $memory = null,
        ?int $processes = null,
        int|string|null $output = null,
        int|string|null $disk = null,
        ?int $files = null,
    ): static {
        $this->limits = Limits::of($wall, $cpu, $memory, $processes, $output, $disk, $files)->or($this->limits);

        return $this;
    }

    /** Files to bring back if the program leaves them: `artifacts('plot.png', 'out/*.csv')`. */
    public function artifacts(string ...$patterns): static
    {
        $this->artifacts = array_values([...$this->artifacts, ...$patterns]);

        return $this;
    }

    /** Your own words, which come back with the result and the events: `label(example: 'collections/map')`. */
    public function label(string ...$labels): static
    {
        foreach ($labels as $name => $value) {
            $this->labels[(string) $name] = $value;
        }

        return $this;
    }

    /** The request as it would be sent. */
    public function toRun(): Run
    {
        return new Run(
            $this->id ??= Run::newId(),
            $this->profile,
            $this->source,
            $this->stdin,
            $this->files,
            $this->args,
            $this->env,
            $this->limits->or($this->exrun->defaultLimits()),
            $this->artifacts,
            $this->labels,
            $this->stdinOpen,
        );
    }

    /** The queue connection for `dispatch()`. */
    public function onConnection(string $connection): static
    {
        $this->connection = $connection;

        return $this;
    }

    /** The queue for `dispatch()`. */
    public function onQueue(string $queue): static
    {
        $this->queue = $queue;

        return $this;
    }

    /**
     * Gives it to a queue, and returns its id: `Exrun::state($id)` and `Exrun::result($id)` return its state and
     * result.
     *
     * @throws InvalidRun if the request itself is wrong
     * @throws TimeoutsDoNotNest if the queue would run it twice
     */
    public function dispatch(): string
    {
        $job = new RunExample($this->toRun());

        if ($this->connection !== null) {
            $job->onConnection($this->connection);
        }

        if ($this->queue !== null) {
            $job->onQueue($this->queue);
        }

        dispatch($job);

        return $job->run->id;
    }

    /**
     * Runs it now, and calls `$on` with each event as it happens, the last of which has the result. Without the service
     * the events come together at the end.
     *
     * @param  Closure(RunEvent): mixed  $on
     *
     * @throws ExrunException if it could not be run; never because of the program
     */
    public function stream(Closure $on): Result
    {
        return $this->exrun->stream($this->toRun(), $on);
    }

    /**
     * Runs it now, and waits for the end.
     *
     * @throws ExrunException if it could not be run; never because of the program
     */
    public function run(): Result
    {
        return $this->exrun->run($this->toRun());
    }
}
