<?php

// SPDX-License-Identifier: MIT

declare(strict_types=1);

namespace Exrun\Laravel\Support;

/**
 * The languages that exrun has profiles for. Your own profiles need no entry here: they are named by
 * `Exrun::profile('mine', …)`, and are taken to have a compile stage when time-outs are compared.
 */
final class Language
{
    /** profile => endings of its files */
    private const ENDINGS = [
        'bash' => ['sh', 'bash'], 'c' => ['c'], 'cpp' => ['cpp', 'cc', 'cxx'], 'go' => ['go'], 'java' => ['java'], 'javascript' => ['js', 'mjs', 'cjs'],
        'lua' => ['lua'], 'perl' => ['pl'], 'php' => ['php'], 'python' => ['py'], 'ruby' => ['rb'], 'rust' => ['rs'], 'sql' => ['sql'],
    ];

    /** profile => the file that the source becomes */
    private const ENTRIES = [
        'bash' => 'main.sh', 'c' => 'main.c', 'cpp' => 'main.cpp', 'go' => 'main.go', 'java' => 'Main.java', 'javascript' => 'main.js',
        'lua' => 'main.lua', 'perl' => 'main.pl', 'php' => 'main.php', 'python' => 'main.py', 'ruby' => 'main.rb', 'rust' => 'main.rs',
        'sql' => 'main.sql',
    ];

    /** profile => its name for readers, if that is not the profile's with a capital letter */
    private const TITLES = ['cpp' => 'C++', 'javascript' => 'JavaScript', 'php' => 'PHP', 'sql' => 'SQL'];

    private const COMPILED = ['c', 'cpp', 'go', 'java', 'rust'];

    public static function ofFile(string $path): ?string
    {
        foreach (self::ENDINGS as $profile => $endings) {
            if (in_array(strtolower(pathinfo($path, PATHINFO_EXTENSION)), $endings, true)) {
                return $profile;
            }
        }

        return null;
    }

    /** Returns the file that the source becomes, or null for a profile of your own. */
    public static function entry(string $profile): ?string
    {
        return self::ENTRIES[$profile] ?? null;
    }

    /** Returns its name for readers. */
    public static function title(string $profile): string
    {
        return self::TITLES[$profile] ?? ucfirst($profile);
    }

    public static function mayCompile(string $profile): bool
    {
        return ! isset(self::ENDINGS[$profile]) || in_array($profile, self::COMPILED, true);
    }
}
