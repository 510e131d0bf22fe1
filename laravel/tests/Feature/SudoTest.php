<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Tests\Feature;

use Exrun\Laravel\Exceptions\InvalidRun;
use Exrun\Laravel\Exceptions\NotPermitted;
use Exrun\Laravel\Facades\Exrun;
use Exrun\Laravel\Tests\TestCase;
use Illuminate\Support\Facades\Process;

/**
 * sudo writes to the same standard error as exrun.
 */
final class SudoTest extends TestCase
{
    private const WARNING = "sudo: unable to resolve host web-1: Name or service not known\n";

    protected function setUp(): void
    {
        parent::setUp();
        config()->set(['exrun.sudo' => true, 'exrun.binary' => '/bin/true']);
    }

    public function test_a_warning_of_sudo_does_not_hide_what_exrun_says(): void
    {
        $problem = '{"v":1,"problem":{"title":"The request is not valid","detail":"is 0","pointer":"/limits/wall_ms"}}';
        Process::fake(['*' => Process::result($problem."\n", self::WARNING.'exrun: /limits/wall_ms: is 0', 65)]);

        $this->expectException(InvalidRun::class);
        Exrun::php('<?php')->run();
    }

    public function test_a_refusal_of_sudo_is_told_as_that(): void
    {
        Process::fake(['*' => Process::result('', self::WARNING.'sudo: a password is required', 1)]);

        $this->expectException(NotPermitted::class);
        Exrun::php('<?php')->run();
    }
}
