// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, withoutEscapes } from '../../src/more/ansi.js';

const styles = (text) => parse(text).operations.map((operation) => [operation.text, { ...operation.style }]);

test('plain text is one operation', () => {
    assert.deepEqual(styles('a\nb\t'), [['a\nb\t', {}]]);
});

test('colours of 16, 256 and all', () => {
    assert.deepEqual(styles('\x1b[31ma\x1b[0mb'), [['a', { fore: 1 }], ['b', {}]]);
    assert.deepEqual(styles('\x1b[97;42ma'), [['a', { fore: 15, back: 2 }]]);
    assert.deepEqual(styles('\x1b[38;5;208ma'), [['a', { fore: 'rgb(255,135,0)' }]]);
    assert.deepEqual(styles('\x1b[38;5;9ma\x1b[48;5;244mb'), [['a', { fore: 9 }], ['b', { fore: 9, back: 'rgb(128,128,128)' }]]);
    assert.deepEqual(styles('\x1b[38;2;1;2;3;1ma'), [['a', { fore: 'rgb(1,2,3)', bold: true }]]);
    assert.deepEqual(styles('\x1b[38;5;999ma'), [['a', { fore: undefined }]]);
});

test('bright colours are others than the plain ones', () => {
    assert.deepEqual(styles('\x1b[31ma\x1b[91mb'), [['a', { fore: 1 }], ['b', { fore: 9 }]]);
    assert.deepEqual(styles('\x1b[40ma\x1b[100mb\x1b[107mc'), [['a', { back: 0 }], ['b', { back: 8 }], ['c', { back: 15 }]]);
    assert.deepEqual(styles('\x1b[38;5;8ma\x1b[48;5;15mb'), [['a', { fore: 8 }], ['b', { fore: 8, back: 15 }]]);
});

test('a colour with colons, with and without a colour space', () => {
    assert.deepEqual(styles('\x1b[38:2::255:0:0ma'), [['a', { fore: 'rgb(255,0,0)' }]]);
    assert.deepEqual(styles('\x1b[48:2:1:2:3;1ma'), [['a', { back: 'rgb(1,2,3)', bold: true }]]);
    assert.deepEqual(styles('\x1b[38:5:208;3ma'), [['a', { fore: 'rgb(255,135,0)', italic: true }]]);
    assert.deepEqual(styles('\x1b[4:3ma\x1b[4:0mb\x1b[58:2::9:1:4mc'), [['a', { underline: true }], ['b', { underline: false }], ['c', { underline: false }]]);
    assert.deepEqual(styles('\x1b[58;5;1ma'), [['a', {}]], 'the colour of a line below');
});

test('attributes are set and ended', () => {
    assert.deepEqual(styles('\x1b[1;3;4ma\x1b[22;23;24mb'), [['a', { bold: true, italic: true, underline: true }], ['b', { bold: false, dim: false, italic: false, underline: false }]]);
});

test('a sequence that is cut goes on with the next text', () => {
    const first = parse('a\x1b[3');
    assert.deepEqual(first.operations, [{ text: 'a', style: {} }]);
    assert.deepEqual(parse('1mb', first.state).operations, [{ text: 'b', style: { fore: 1 } }]);
});

test('a sequence without an end does not hold back text for ever', () => {
    assert.equal(parse(`\x1b[${'1;'.repeat(200)}`).state.rest, '');
});

test('moves within a line', () => {
    assert.deepEqual(parse('a\rb\x08\x1b[2D\x1b[5G\x1b[K').operations.filter((operation) => operation.text === undefined),
        [{ move: 'start' }, { move: 'back', by: 1 }, { move: 'back', by: 2 }, { move: 'column', by: 4 }, { erase: 0 }]);
    assert.equal(withoutEscapes('a\r\nb\r\r\nc'), 'a\nb\nc');
});

test('titles, fonts and unknown sequences are left out, other control characters are shown', () => {
    assert.equal(withoutEscapes('\x1b]0;title\x07a\x1b]8;;http://x\x1b\\b\x1b(Bc\x1b[2J\x1b[?25ld\x01\x7f'), 'abcd\u2401\u2421');
});
