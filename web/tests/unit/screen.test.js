// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, withoutEscapes } from '../../src/more/ansi.js';
import { Screen } from '../../src/more/screen.js';
import { differenceOf } from '../../src/more/recorded.js';

/** Returns what a page shows after these writes, as Terminal draws it. */
function shown(...writes) {
    const screen = new Screen();
    let whole = '', open = '', state;
    for (const text of writes) {
        const parsed = parse(text, state);
        ({ state } = parsed);
        screen.write(parsed.operations, '');
        const taken = screen.take();
        if (taken.isRedrawn) open = '';
        const textOf = (pieces) => pieces.map((piece) => piece.text).join('');
        if (taken.done.length > 0) {
            whole += open + textOf(taken.done);
            open = '';
        }
        open += textOf(taken.open);
    }
    return whole + open;
}

const ROWS = [
    ['10%\r20%\r100%\ndone\n', '100%\ndone\n'], ['abc\rX', 'Xbc'], ['abc\rX\x1b[K\n', 'X\n'], ['abd\x08c\n', 'abc\n'], ['a\r\nb\r\r\nc', 'a\nb\nc'],
    ['12345\x1b[3D_\x1b[1G*\n', '*2_45\n'], ['ab\x1b[5Gc', 'ab  c'], ['abcdef\x1b[3D\x1b[1Kx', '   xef'], ['abc\x1b[2K\nd', '\nd'], ['abc\x1b[2Kd', '   d'], ['a\n\bb\n\b', 'a\nb\n'],
    ['abc\r\x1b[1KX\x1b[1K|\x08\x08', ' |c'], ['x\ry\n\rz', 'y\nz'],
];

test('a program writes over its line, in one piece or character by character', () => {
    for (const [text, wanted] of ROWS) {
        assert.equal(shown(text), wanted, JSON.stringify(text));
        assert.equal(shown(...text), wanted, `${JSON.stringify(text)} in pieces`);
        for (let at = 1; at < text.length; at++) assert.equal(shown(text.slice(0, at), text.slice(at)), wanted, `${JSON.stringify(text)} cut at ${at}`);
    }
});

test('only what is new of a line is handed over, unless it is written over', () => {
    const screen = new Screen(), write = (text) => {
        screen.write(parse(text).operations, '');
        const { done, open, isRedrawn } = screen.take();
        return [done.map((piece) => piece.text), open.map((piece) => piece.text), isRedrawn];
    };
    assert.deepEqual(write('a'), [[], ['a'], false]);
    assert.deepEqual(write('b'), [[], ['b'], false]);
    assert.deepEqual(write('\bc'), [[], ['ac'], true]);
    assert.deepEqual(write('d'), [[], ['acd'], true]);
    assert.deepEqual(write('\ne'), [['acd\n'], ['e'], true]);
    assert.deepEqual(write('f\ng'), [['f\n'], ['g'], false]);
});

test('neighbours that look the same are one piece', () => {
    const screen = new Screen();
    screen.write(parse('\x1b[31ma\x1b[m'.repeat(1000)).operations, '');
    assert.equal(screen.take().open.length, 1);
});

test('a line has not many thousand pieces', () => {
    for (const start of ['', 'x\r']) {
        const screen = new Screen();
        screen.write(parse(start + '\x1b[31ma\x1b[mb'.repeat(9000)).operations, '');
        const { open } = screen.take();
        assert.ok(open.length > 1000 && open.length < 3000, `${open.length}`);
        assert.equal(open.map((piece) => piece.text).join(''), 'ab'.repeat(9000));
    }
});

test('a long line can be written over', () => {
    assert.equal(shown(`${'a'.repeat(130_000)}\rb`).length, 130_000);
    assert.equal(shown(`${'a'.repeat(130_000)}\x1b[K`, 'b').length, 130_001);
});

const UNITS = { returns: '\r', backs: 'a\n\b', rows: 'row\n\r', colours: '\x1b[31ma\x1b[m', 'two colours': '\x1b[31ma\x1b[mb', 'erased starts': 'a\x1b[1K', 'erased lines': 'a\x1b[2K', 'moves and erases': 'abc\x08\x1b[1K\x1b[K', escapes: '\x1b', titles: '\x1b]0', numbers: '\x1b[1', spaces: ' ' };

for (const [name, unit] of Object.entries(UNITS)) {
    test(`output takes a time in proportion to its length: ${name}`, () => {
        const timeOf = (length) => {
            const text = `${unit.repeat(length / unit.length)}x`, steps = text.match(/[\s\S]{1,65536}/g), began = performance.now();
            shown(...steps);
            withoutEscapes(text);
            differenceOf(text, '');
            return performance.now() - began;
        };
        const ratios = [];
        // Other programs of the machine disturb a measurement.
        do ratios.push(timeOf(262_144) / Math.max(timeOf(65_536), 5)); while (ratios.at(-1) >= 8 && ratios.length < 4);
        assert.ok(ratios.at(-1) < 8, `${ratios}`);
    });
}

test('black is another colour than none', () => {
    for (const text of ['a\x1b[30mb', 'a\x1b[40mb\n', 'a\rc\x1b[30mb']) {
        const screen = new Screen();
        screen.write(parse(text).operations, '');
        const { done, open } = screen.take();
        assert.deepEqual([...done, ...open].map((piece) => piece.pen.style.fore ?? piece.pen.style.back).slice(0, 2), [undefined, 0], JSON.stringify(text));
    }
});
