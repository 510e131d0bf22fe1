<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Commands;

use Closure;
use Exrun\Laravel\Contracts\ExampleRepository;
use Exrun\Laravel\Examples\Catalogue;
use Exrun\Laravel\Examples\Example;
use Exrun\Laravel\Exceptions\ExrunException;
use Exrun\Laravel\Exrun;
use Exrun\Laravel\Result;
use Exrun\Laravel\Support\Finding;
use Exrun\Laravel\Verdict;
use Illuminate\Console\Command;
use Illuminate\Support\Str;

class VerifyExamplesCommand extends Command
{
    protected $signature = 'examples:verify
        {pattern? : Only the examples whose name matches, such as collections/*}
        {--update : Record how they end now, where that is not what was recorded}';

    protected $description = 'Run every example of the site, and compare its end with the recorded one';

    public function handle(ExampleRepository $examples, Exrun $exrun, Catalogue $catalogue): int
    {
        $pattern = $this->argument('pattern');
        $counts = ['verified' => 0, 'updated' => 0, 'drifted' => 0];

        try {
            foreach ($examples->all() as $example) {
                if (! is_string($pattern) || Str::is($pattern, $example->name)) {
                    $counts[$this->verify($examples, $example, fn (): Result => $this->result($exrun, $catalogue, $example))]++;
                }
            }
        } catch (Finding $e) {
            $this->components->error($e->getMessage());

            return self::FAILURE;
        }

        if (array_sum($counts) === 0) {
            $this->components->error(is_string($pattern) ? "No example matches \"{$pattern}\"." : 'There are no examples. They are looked for in examples.path of config/exrun.php.');

            return self::FAILURE;
        }

        $sentence = collect($counts)->filter()->map(fn (int $count, string $what): string => "{$count} {$what}")->implode(', ').'.';

        if ($counts['drifted'] > 0) {
            $this->components->error("{$sentence} Correct them, or record their new ends by --update.");

            return self::FAILURE;
        }

        $this->components->info(ucfirst($sentence));

        return self::SUCCESS;
    }

    /** The text, the files and the arguments are those that a page sends. */
    private function result(Exrun $exrun, Catalogue $catalogue, Example $example): Result
    {
        return $exrun->profile($example->profile, $catalogue->sourceOf($example))
            ->stdin($example->stdin)
            ->files($catalogue->filesOf($example))
            ->args(...$example->setup->args)
            ->label(example: $example->name)
            ->run();
    }

    /**
     * @param  Closure(): Result  $run
     * @return 'verified'|'updated'|'drifted'
     */
    private function verify(ExampleRepository $examples, Example $example, Closure $run): string
    {
        try {
            $result = $run();
        } catch (ExrunException $e) {
            $this->told($example, '<fg=red;options=bold>NOT RUN</>', [$e->getMessage()]);

            return 'drifted';
        }

        if ($example->endsAsRecorded($result)) {
            $this->told($example, '<fg=green;options=bold>OK</>');

            return 'verified';
        }

        if ($this->option('update')) {
            $examples->record($example, $result);
            $this->told($example, '<fg=yellow;options=bold>RECORDED</>');

            return 'updated';
        }

        $this->told($example, '<fg=red;options=bold>DRIFTED</>', $this->difference($example, $result));

        return 'drifted';
    }

    /** @return list<string> */
    private function difference(Example $example, Result $result): array
    {
        if ($example->recorded === null) {
            return ['Nothing is recorded for it yet. Look at how it ends, then record it by --update.'];
        }

        $lines = [];

        $then = $this->end($example->recorded->verdict, $example->recorded->exitCode);
        $now = $this->end($result->verdict, $then === Verdict::Failed->value ? null : $result->exitCode);

        if ($now !== $then) {
            $lines[] = "It ended with {$now} ({$result->message}), not with {$then}.";
        }

        [$old, $new] = [explode("\n", $this->shown($example->recorded->stdout)), explode("\n", $this->shown($result->stdout))];

        foreach (range(0, max(count($old), count($new)) - 1) as $at) {
            if (($old[$at] ?? null) !== ($new[$at] ?? null)) {
                $number = $at + 1;
                $lines[] = isset($old[$at]) ? "line {$number}, recorded: {$old[$at]}" : "line {$number} was not there";
                $lines[] = isset($new[$at]) ? "line {$number}, now: {$new[$at]}" : "line {$number} is missing";

                break;
            }
        }

        return $lines;
    }

    /** Returns the end as the file of a verdict has it. */
    private function end(Verdict $verdict, ?int $exitCode): string
    {
        return trim($verdict->value.' '.($verdict === Verdict::Failed ? $exitCode : ''));
    }

    /** A program's output comes from a stranger, so this replaces bytes that would control the terminal. */
    private function shown(string $output): string
    {
        return (string) preg_replace('/[^\P{C}\n\t]/u', '?', mb_scrub($output));
    }

    /** @param list<string> $details */
    private function told(Example $example, string $word, array $details = []): void
    {
        $this->components->twoColumnDetail("{$example->name} <fg=gray>{$example->profile}</>", $word);

        foreach ($details as $detail) {
            $this->output->writeln("      {$detail}", \Symfony\Component\Console\Output\OutputInterface::OUTPUT_RAW);
        }
    }
}
