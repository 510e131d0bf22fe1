// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf, startsLike } from '../../src/more/recorded.js';

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
