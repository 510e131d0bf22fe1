// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Program } from '../../play/src/program.js';
import { labelOf } from '../../play/src/profiles.js';
import { isSample, sampleOf } from '../../play/src/samples.js';
import { lineOf, wordsOf } from '../../play/src/words.js';

test('arguments are words, as in a shell', () => {
    const rows = [
        ['', []], ['  ', []], ['a b', ['a', 'b']], [' a\t b ', ['a', 'b']], ['"a b" c', ['a b', 'c']], ["'a \"b\"'", ['a "b"']], ['a"b c"d', ['ab cd']], ['""', ['']],
        ['a\\ b', ['a b']], ['"\\""', ['"']], ["'\\'", ['\\']], ['"open', null], ["'", null], ['\\', ['\\']],
    ];
    for (const [line, words] of rows) assert.deepEqual(wordsOf(line), words, line);
});

test('a list of arguments comes back from its line', () => {
    for (const words of [[], ['a'], ['a b', ''], ['"', "'", '\\'], ['--x=1', '$HOME', 'ü'], ['a\nb']]) assert.deepEqual(wordsOf(lineOf(words)), words);
});

test('a language is named with its version', () => {
    const rows = [
        ['PHP', '8.2.36', 'PHP 8.2.36'], ['Python 3', 'Python 3.11.2', 'Python 3.11.2'], ['Lua 5.4', 'Lua 5.4.4  Copyright (C) 1994-2022', 'Lua 5.4.4'], ['Go', 'go version go1.19.8 linux/amd64', 'Go 1.19.8'],
        ['C (gcc)', '12.2.0', 'C (gcc) 12.2.0'], ['Ruby', undefined, 'Ruby'], ['X', 'unknown', 'X'],
    ];
    for (const [title, version, label] of rows) assert.equal(labelOf({ title, version }), label);
});

test('a program becomes a request', () => {
    const program = Program.from('php', { code: '<?php', files: [{ path: 'a.txt', content: 'x' }], args: ['1', 'b c'], stdin: 'in' });
    const { request, place } = program.compose({}, true);
    assert.deepEqual(JSON.parse(JSON.stringify(request)), { profile: 'php', source: '<?php', files: [{ path: 'a.txt', content: 'x' }], args: ['1', 'b c'], stdin: 'in' });
    assert.deepEqual(place, { parts: [{ before: 0, lines: 1 }], files: ['a.txt'] });
});

test('stdin stays open only without input, and only if the visitor can be asked', () => {
    const open = (stdin, canAnswer) => Program.from('php', { code: '', stdin }).compose({}, canAnswer).request.stdin_open;
    assert.deepEqual([open('', true), open('', false), open('x', true)], [true, undefined, undefined]);
});

test('arguments with an open quote are refused with a sentence', () => {
    const program = Object.assign(new Program(), { args: '"a' });
    assert.throws(() => program.compose({ openQuote: 'a sentence' }, true), { message: 'a sentence' });
});

test('a link carries all of a program, and nothing else comes from one', () => {
    const content = { code: 'x', files: [{ path: 'a', content: 'b' }], stdin: 's', args: ['a b'] };
    assert.deepEqual(Program.from('php', content).toContent(), content);
    assert.deepEqual(Program.from('php', { code: 'x' }).toContent(), { code: 'x' });
    const odd = Program.from('php', { code: 'x', files: [{ path: 1 }], stdin: 7, args: [{}], more: 1 });
    assert.deepEqual(odd.toContent(), { code: 'x' });
});

test('a new file has a name that no other has', () => {
    const program = new Program();
    assert.deepEqual([program.addFile(), program.addFile()], [1, 2]);
    assert.deepEqual(program.files.map((file) => file.path), ['file1.txt', 'file2.txt']);
});

test('each profile of this repository has a first program', async () => {
    const { readdirSync } = await import('node:fs');
    const names = readdirSync(new URL('../../../profiles/', import.meta.url)).filter((name) => /^\w+\.json$/.test(name)).map((name) => name.replace('.json', ''));
    assert.ok(names.length > 10);
    for (const name of names) assert.ok(sampleOf(name) && isSample(sampleOf(name)), name);
    assert.equal(sampleOf('php83'), sampleOf('php'));
    assert.equal(sampleOf('cobol'), ''); // begins with "c", which is another language
});

test('a link takes no program away that the visitor would miss', () => {
    const mine = Program.from('php', { code: 'mine' });
    const linked = Program.fromLink('bash', { code: 'linked' }, mine.own);
    assert.equal(linked.before, mine);
    assert.equal(linked.own, mine, 'a link after a link that was only read');
    linked.setTextAt(0, 'linked, and changed');
    assert.equal(linked.own, linked);
    const sample = Program.from('php', { code: sampleOf('php') });
    assert.equal(sample.own, null);
    sample.stdin = 'x';
    assert.equal(sample.own, sample);
});

test('the tab keeps where a program came from, and the one behind it', () => {
    const linked = Program.fromLink('bash', { code: 'linked', args: ['a'] }, Program.from('php', { code: 'mine' }));
    assert.deepEqual(Program.fromKept(JSON.parse(JSON.stringify(linked.toKept()))), linked);
});
