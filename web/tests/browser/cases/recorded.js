// SPDX-License-Identifier: MIT
// W4: recorded output is always shown, and a run confirms it, or shows what differs.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE, expected, RECORDED, snippet } from '../pages.js';
import { run, setCode, settled, shown } from '../reader.js';
import { visitArticle, visitPage, visitSnippet } from '../world.js';

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

test('W4: the output of a program that fails is compared, too', async () => {
    const fails = '<?php echo "a\n"; fwrite(STDERR, "why\n"); exit(3);';
    for (const [text, wanted] of [['a', ['as recorded', '']], ['b', ['differs from the recorded output', 'Line 1 was: b']]]) {
        const reader = await visitSnippet('profile="php"', fails, expected(text));
        const { note, foot, recorded, out, state } = await run(reader, 'one');
        assert.deepEqual([note, foot], wanted, text);
        assert.deepEqual([recorded, out, state], ['', 'a\nwhy\n', 'failed'], text);
    }
});

test('W4: a program that did not start has no output to compare', async () => {
    const reader = await visitSnippet('profile="c"', 'int main(void) { return nothing; }', expected('a'));
    const { note, foot, state } = await run(reader, 'one');
    assert.deepEqual([note, foot, state], ['', '', 'compile_failed']);
});

test('W4: the arguments of a link are not those of the recorded output', async () => {
    const reader = await visitSnippet('profile="php" args="a"', '<?php echo $argv[1];', expected('a'));
    assert.equal((await run(reader, 'one')).note, 'as recorded');
    const link = await reader.evaluate(async () => {
        const element = document.getElementById('one');
        element.setAttribute('args', 'b');
        const url = await element.share();
        element.setAttribute('args', 'a');
        return new URL(url).hash;
    });
    await reader.evaluate((hash) => { location.hash = hash; }, link);
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('sentence').textContent);
    const { note, recorded, out } = await run(reader, 'one');
    assert.deepEqual([note, recorded, out], ['', '', 'b']);
});

test('W4: with an edit in a snippet that it depends on, a program is not compared', async () => {
    const reader = await visitPage(snippet('id="a" profile="php"', '<?php $a = 1;') + snippet('id="b" profile="php"', 'of the file') + snippet('id="one" profile="php" depends-on="a" files="b.txt:#b"', '<?php echo $a, file_get_contents("b.txt");', expected('1of the file')));
    assert.equal((await run(reader, 'one')).note, 'as recorded');
    for (const [id, code, out] of [['a', '<?php $a = 2;', '2of the file'], ['b', 'another', '1another']]) {
        await setCode(reader, id, code);
        const ran = await run(reader, 'one');
        assert.deepEqual([ran.note, ran.recorded, ran.out, ran.foot], ['', '', out, '']);
        await reader.evaluate((name) => document.getElementById(name).reset(), id);
    }
    assert.equal((await run(reader, 'one')).note, 'as recorded');
});

const RED = '\x1b[31mred\x1b[0m and plain\n';
const PROGRESS = ' 10%\r 50%\r100%\ndone\n';
/** A program that writes this text. */
const writes = (text) => `<?php echo base64_decode("${Buffer.from(text).toString('base64')}");`;

test('W4: what is seen is compared: colours are not, nor what a program writes over', async () => {
    for (const [output, recorded] of [[RED, RED], [RED, 'red and plain'], ['red and plain\n', RED], [PROGRESS, '100%\ndone'], [PROGRESS, PROGRESS], ['ab\bc', 'ac']]) {
        const reader = await visitSnippet('profile="php"', writes(output), expected(recorded));
        const { note, foot } = await run(reader, 'one');
        assert.deepEqual([note, foot], ['as recorded', ''], JSON.stringify([output, recorded]));
    }
});

test('W4: a line that differs is named as it is seen', async () => {
    const reader = await visitSnippet('profile="php"', writes(RED), expected('\x1b[32mgreen\x1b[0m'));
    const { note, foot, out } = await run(reader, 'one');
    assert.deepEqual([note, foot, out], ['differs from the recorded output', 'Line 1 was: green', 'red and plain\n']);
});

test('W4: recorded output with colours is shown in colours from the first run on', async () => {
    const reader = await visitSnippet('profile="php"', writes(RED), expected(RED));
    assert.equal((await shown(reader, 'one')).recorded, RED);
    const { note, recorded, out, html } = await run(reader, 'one');
    assert.deepEqual([note, recorded, out, html], ['as recorded', '', 'red and plain\n', '<div><span class="fore1">red</span> and plain\n</div>']);
    const other = await run(reader, 'one', '<?php echo 1;');
    assert.deepEqual([other.note, other.out], ['', '1']);
    await reader.click('#one #edit');
    const reset = await shown(reader, 'one');
    assert.deepEqual([reset.note, reset.recorded, reset.html], ['recorded', '', html]);
});

test('W4: recorded output with colours stays in view until the program’s own differs', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo "\\e[31mred"; sleep(3); echo " or not";', expected('\x1b[31mred\x1b[0m fox'));
    const written = reader.evaluate(() => new Promise((done) => document.getElementById('one').addEventListener('exrun:stdout', () => done(), { once: true })));
    await reader.click('#one #run');
    await written;
    const during = await shown(reader, 'one');
    assert.deepEqual([during.out, during.note], ['red fox', 'recorded']);
    await settled(reader, 'one');
    const { out, foot } = await shown(reader, 'one');
    assert.deepEqual([out, foot], ['red or not', 'Line 1 was: red fox']);
});
