// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { indent, newLine, outdent, unitOf } from '../../src/more/keys.js';

/** Applies a key to code with a selection between two bars, or a caret at one. */
function press(key, marked) {
    const from = marked.indexOf('|');
    const to = marked.indexOf('|', from + 1) < 0 ? from : marked.indexOf('|', from + 1) - 1;
    const code = marked.replaceAll('|', '');
    const change = key(code, from, to);
    const after = code.slice(0, change.from) + change.text + code.slice(change.to);
    const selected = `${after.slice(0, change.start)}|${after.slice(change.start)}`;
    return change.start === change.end ? selected : `${selected.slice(0, change.end + 1)}|${selected.slice(change.end + 1)}`;
}

test('the unit is what the code uses', () => {
    assert.equal(unitOf('a\n\tb'), '\t');
    assert.equal(unitOf('a\n  b\n    c'), '  ');
    assert.equal(unitOf('a\n    b'), '    ');
    assert.equal(unitOf('a'), '    ');
});

test('Tab inserts a unit at the caret', () => {
    assert.equal(press(indent, 'a|b'), 'a    |b');
});

test('Tab indents each selected line, but not empty ones', () => {
    assert.equal(press(indent, 'x\n|a\n\nb|c'), 'x\n|    a\n\n    bc|');
});

test('Shift+Tab takes one unit, or what there is of it', () => {
    assert.equal(press(outdent, '        a|'), '    a|');
    assert.equal(press(outdent, '  |a'), '|a');
    assert.equal(press(outdent, '|\ta\n\t\tb|'), '|a\n\tb|');
    assert.equal(press(outdent, 'a|b'), 'a|b');
});

test('Enter keeps the depth, and adds a unit behind an opening', () => {
    assert.equal(press(newLine, '    a|'), '    a\n    |');
    assert.equal(press(newLine, 'if (a) {|'), 'if (a) {\n    |');
    assert.equal(press(newLine, 'def f():|'), 'def f():\n    |');
    assert.equal(press(newLine, 'a|b|c'), 'a\n|c');
});
