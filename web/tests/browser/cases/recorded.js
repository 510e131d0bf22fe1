// SPDX-License-Identifier: MIT
// W4: recorded output is always shown, and a run confirms it, or shows what differs.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE, expected, RECORDED } from '../pages.js';
import { run, setCode, shown } from '../reader.js';
import { visitArticle, visitSnippet } from '../world.js';

const setRecorded = (reader, text) => reader.evaluate((it) => { document.querySelector('[slot=expected] samp').textContent = it; }, text);

test('W4: recorded, then as recorded', async () => {
    const reader = await visitArticle();
    const before = await shown(reader, 'map');
    assert.deepEqual([before.note, before.recorded], ['recorded', RECORDED]);
    const after = await run(reader, 'map');
    assert.deepEqual([after.note, after.recorded, after.out], ['as recorded', RECORDED, '']);
    assert.match(after.meta, /^\d+ ms · \d\.\d MB$/);
});

test('W4: white space at the end of a line does not count', async () => {
    const reader = await visitArticle();
    await setRecorded(reader, 'tea    3.42  \ncake   4.82\nmilk   1.18\n\n');
    assert.equal((await run(reader, 'map')).note, 'as recorded');
});

test('W4: what differs is shown', async () => {
    const reader = await visitArticle();
    for (const [text, foot] of [['tea    3.42\ncake   4.81\nmilk   1.18', 'Line 2 was: cake   4.81'], ['tea    3.42', 'Line 2 was not recorded.'], [`${RECORDED}sugar  0.99`, 'Line 4 was: sugar  0.99']]) {
        await setRecorded(reader, text);
        const { note, recorded, out, foot: said } = await run(reader, 'map');
        assert.deepEqual([note, recorded, out, said], ['differs from the recorded output', '', RECORDED, foot]);
    }
});

test('W4: other code is not compared, and Reset brings the recorded output back', async () => {
    const reader = await visitArticle();
    const { note, recorded, out } = await run(reader, 'map', '<?php echo 1;');
    assert.deepEqual([note, recorded, out], ['', '', '1']);
    await reader.click('#map #edit');
    const reset = await shown(reader, 'map');
    assert.deepEqual([reset.note, reset.recorded, reset.out, reset.edit], ['recorded', RECORDED, '', 'Edit']);
});

test('W4: while a reader types, the recorded output stays', async () => {
    const reader = await visitArticle();
    await setCode(reader, 'map', '<?php echo 1;');
    assert.equal((await shown(reader, 'map')).recorded, RECORDED);
});

test('W4: an error shows the program’s own output', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo "a\n"; undef();', expected('a\nb'));
    const { recorded, out, say } = await run(reader, 'one');
    assert.equal(recorded, '');
    assert.match(out, /^a\n[\s\S]*Fatal error/);
    assert.match(say, /undef/);
});

test('W4: compare="no" is for programs with time or chance', async () => {
    const reader = await visitSnippet('profile="php" compare="no"', '<?php echo 1;', expected('2'));
    const { note, recorded, out } = await run(reader, 'one');
    assert.deepEqual([note, recorded, out], ['', '', '1']);
});

test('W4: if there is no result, the recorded output is still true', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/gone/runs"', CODE.map, expected(RECORDED));
    const { note, recorded, say } = await run(reader, 'one');
    assert.deepEqual([note, recorded], ['recorded', RECORDED]);
    assert.match(say, /can’t be reached/);
});
