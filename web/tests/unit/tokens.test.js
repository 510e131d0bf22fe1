// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { grammarOf } from '../../src/more/languages.js';
import { tokensOf } from '../../src/more/tokens.js';

const ROOT = new URL('../../../', import.meta.url);
const LANGUAGES = ['bash', 'c', 'cpp', 'go', 'java', 'javascript', 'lua', 'perl', 'php', 'python', 'ruby', 'rust', 'sql'];
const kinds = (code, language) => tokensOf(code, language).filter(([kind]) => kind && !['punctuation', 'operator'].includes(kind)).map(([kind, text]) => `${kind} ${text}`);

test('every language of exrun has colours', () => {
    const profiles = readdirSync(new URL('profiles/', ROOT)).filter((name) => name.endsWith('.json') && !name.includes('.schema')).map((name) => name.replace('.json', ''));
    assert.ok(profiles.length >= 13);
    for (const name of profiles) assert.ok(grammarOf(name), name);
});

test('a language without a grammar is text', () => {
    assert.deepEqual(tokensOf('a "b"', 'klingon'), [['', 'a "b"']]);
    assert.deepEqual(tokensOf('a', 'constructor'), [['', 'a']]);
});

test('the pattern of a language has one group for each kind', () => {
    for (const name of LANGUAGES) {
        const { pattern, kinds: names } = grammarOf(name);
        assert.equal(new RegExp(`${pattern.source}|`).exec('').length - 1, names.length, name);
    }
});

test('no character is lost or added', () => {
    for (const file of ['web/src/more/tokens.js', 'tests/conftest.py', 'runner/main.c', 'laravel/routes/exrun.php', 'web/test']) {
        const code = readFileSync(new URL(file, ROOT), 'utf8');
        for (const language of ['javascript', 'python', 'c', 'php', 'bash', 'sql', 'ruby', 'rust', 'perl', 'lua']) assert.equal(tokensOf(code, language).map(([, text]) => text).join(''), code, `${file} as ${language}`);
    }
});

test('PHP', () => {
    assert.deepEqual(kinds('<?php\n// hi\nforeach ($a as $b) { echo strtoupper("x $b"), 1_0.5, TRUE; } #[A] new Cart;', 'php'),
        ['delimiter <?php', 'comment // hi', 'keyword foreach', 'variable $a', 'keyword as', 'variable $b', 'keyword echo', 'function strtoupper', 'string "x $b"', 'number 1_0.5', 'boolean TRUE', 'keyword new', 'class-name Cart']);
});

test('Python', () => {
    assert.deepEqual(kinds("@cache\ndef f(x): # note\n    return f'{x}' + \"\"\"a\n'b\"\"\" or None", 'python'),
        ['decorator @cache', 'keyword def', 'function f', 'comment # note', 'keyword return', "string f'{x}'", 'string """a\n\'b"""', 'keyword or', 'boolean None']);
});

test('C', () => {
    assert.deepEqual(kinds('#include <stdio.h>\nint main(void) { /* a\nb */ return \'\\n\' + 0x1F; }', 'c'),
        ['property #include <stdio.h>', 'keyword int', 'function main', 'keyword void', 'comment /* a\nb */', 'keyword return', "string '\\n'", 'number 0x1F']);
});

test('SQL, whatever its case', () => {
    assert.deepEqual(kinds("Select count(*) FROM t -- all\nwhere a = 'it''s'", 'sql'), ['keyword Select', 'function count', 'keyword FROM', 'comment -- all', 'keyword where', "string 'it''s'"]);
});

test('a string or a comment that a reader is writing goes to the end', () => {
    assert.deepEqual(kinds('/* a\nb', 'c'), ['comment /* a\nb']);
    assert.deepEqual(kinds('$a = "b\nc', 'php'), ['variable $a', 'string "b\nc']);
});

const PARTS = ['"', "'", '/*', '<<<', '/', '\\', 'a', '[', '$', '#', '-- ', '`', '"""', ' ', '\n', '\t', '${', '"${', '#[', '#![', '=/[', '=~ ', '=/\\', '(?'];

/** Returns the milliseconds of CPU time that a pattern takes for @part, again and again. */
function timeOf(language, part, length) {
    const { pattern } = grammarOf(language), code = part.repeat(length / part.length), began = process.cpuUsage().user;
    for (const match of code.matchAll(pattern)) assert.ok(match[0]);
    return (process.cpuUsage().user - began) / 1000;
}

for (const language of LANGUAGES) {
    test(`colours take a time in proportion to the length of the code: ${language}`, () => {
        for (const part of PARTS) {
            const ratios = [];
            // Other programs of the machine disturb a measurement.
            do ratios.push(timeOf(language, part, 40_000) / Math.max(timeOf(language, part, 10_000), 5)); while (ratios.at(-1) >= 8 && ratios.length < 4);
            assert.ok(ratios.at(-1) < 8, `${JSON.stringify(part)}: ${ratios}`);
        }
    });
}

test('code that is long, or has too many tokens, stays without colours', () => {
    assert.equal(tokensOf('int a;\n'.repeat(3000), 'c').length, 1);
    assert.equal(tokensOf('{;'.repeat(9000), 'c').length, 1);
    assert.ok(tokensOf('int a;\n'.repeat(1000), 'c').length > 1000);
});
