// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf, Seen, seen, startsLike } from '../../src/more/recorded.js';

test('white space at the end of lines and of the whole does not count', () => {
    assert.equal(differenceOf('a  \nb\n\n', 'a\nb'), null);
    assert.deepEqual(differenceOf(' a', 'a'), { line: 1, recorded: 'a' });
});

test('the first difference is named', () => {
    assert.deepEqual(differenceOf('a\nb\nc', 'a\nx\ny'), { line: 2, recorded: 'x' });
    assert.deepEqual(differenceOf('a', 'a\nb'), { line: 2, recorded: 'b' });
    assert.deepEqual(differenceOf('a\nb', 'a'), { line: 2, recorded: undefined });
});

test('output can become the recorded one as long as it starts like it', () => {
    for (const output of ['', 'a', 'ab', 'ab\n', 'ab  \nc', 'ab\ncd\n']) assert.equal(startsLike(output, 'ab\ncd\n'), true, output);
    for (const output of ['b', 'ab\nx', 'ab\ncd\ne', 'a\n']) assert.equal(startsLike(output, 'ab\ncd\n'), false, output);
});

test('a text is seen without its colours, and without what it writes over', () => {
    const rows = [['\x1b[31mred\x1b[0m\n', 'red\n'], [' 10%\r100%\ndone', '100%\ndone'], ['ab\bc', 'ac'], ['a\r\nb', 'a\nb'], ['gone\r\x1b[Knew', 'new'], ['x\x1b[3', 'x'], ['', '']];
    for (const [text, wanted] of rows) {
        assert.equal(seen(text), wanted, JSON.stringify(text));
        const one = new Seen(); // it comes in pieces
        for (const character of text) one.write(character);
        assert.equal(one.text, wanted, JSON.stringify(text));
    }
});
