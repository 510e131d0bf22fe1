<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Examples;

use Exrun\Laravel\Result;
use Exrun\Laravel\Verdict;

/**
 * One example of the site, with the end that was recorded for it.
 */
final readonly class Example
{
    public Setup $setup;

    /** @param Recorded|null $recorded null if it has not been recorded yet */
    public function __construct(
        public string $name,
        public string $profile,
        public string $source,
        public string $stdin = '',
        public ?Recorded $recorded = null,
        ?Setup $setup = null,
    ) {
        $this->setup = $setup ?? Setup::none();
    }

    public function endsAsRecorded(Result $result): bool
    {
        return $this->recorded !== null && $result->verdict === $this->recorded->verdict
            && (! $this->setup->compares || self::trimmed($result->stdout) === self::trimmed($this->recorded->stdout))
            && ($result->verdict !== Verdict::Failed || $this->recorded->exitCode === null || $result->exitCode === $this->recorded->exitCode);
    }

    /** White space at the end of a line, and empty lines at the end, are no difference: nobody sees them. */
    private static function trimmed(string $output): string
    {
        return rtrim((string) preg_replace('/[^\S\n]+$/m', '', $output));
    }
}
