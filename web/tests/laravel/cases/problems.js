// SPDX-License-Identifier: MIT
// W8: what the routes of the Laravel package refuse, and the sentence for it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CODE, expected, RECORDED, snippet } from '../../browser/pages.js';
import { run, settled, shown } from '../../browser/reader.js';
import { way } from '../../browser/way.js';
import { visitPage, visitSnippet, world } from '../../browser/world.js';
import { artisan, maintenance, Worker } from '../operator.js';
import { crowd } from '../visitor.js';

const ECHO = '<?php echo 42;';
const AWAY = 'The server can’t be reached. Are you online? Try again in a moment.';

/** Runs the snippet. Returns the statuses of the answers to it, and the sentence. */
async function refusal(reader, code) {
    world.site.answers.length = 0;
    const { say, state, run: button } = await run(reader, 'one', code);
    assert.deepEqual([state, button], ['problem', 'Run']);
    return [...world.site.answers.filter(({ method }) => method === 'POST').map(({ status }) => status), say];
}

test('W8 with Laravel: 413', async () => {
    const reader = await visitSnippet('profile="php"', ECHO);
    assert.deepEqual(await refusal(reader, `<?php // ${'x'.repeat(1_200_000)}`), [413, 'This is more than may be sent. Shorten the code or its input.']);
});

test('W8 with Laravel: 419, and no address for another token', async () => {
    const reader = await visitPage(snippet(`id="one" profile="php" server="${way.runs}"`, ECHO), {}, { script: '<script src="/dist/exrun.js" defer></script>', head: '<meta name="csrf-token" content="of a page that was kept">' });
    assert.deepEqual(await refusal(reader), [419, 'This page has been open for too long. Your code is kept: reload the page, and run it again.']);
});

test('W8 with Laravel: 422 with its detail', async () => {
    const fault = 'This example is not set up correctly. It is not your mistake.';
    assert.deepEqual(await refusal(await visitSnippet('profile="ruby"', 'puts 1')), [422, `${fault} This language cannot be run here.`]);
    assert.deepEqual(await refusal(await visitSnippet('profile="php"', ECHO), `<?php // ${'x'.repeat(70_000)}`), [422, 'This is more than may be sent. Shorten the code or its input.']);
    assert.deepEqual(await refusal(await visitSnippet('profile="php" output="image" artifacts="secret.txt"', ECHO)), [422, `${fault} This file is not brought back here.`]);
});

test('W8 with Laravel: 503 with the message of the service’s maintenance', async () => {
    const reader = await visitSnippet('profile="php"', ECHO);
    await maintenance('on', '--message', 'We are moving to a new machine until 14:00.');
    try {
        const [status, say] = await refusal(reader);
        assert.equal(status, 503);
        assert.match(say, /^We are moving to a new machine until 14:00\. No program can be run at the moment\. Try again in \d+ (s|minutes)\.$/);
    } finally {
        await maintenance('off');
    }
    assert.equal((await run(reader, 'one')).out, '42');
});

test('W8 with Laravel: 503 while the site is updated, before the first token and after it', async () => {
    const early = await visitSnippet('profile="php"', ECHO, expected('42'));
    const late = await visitSnippet('profile="php"', ECHO, expected('42'));
    assert.equal((await run(late, 'one')).note, 'as recorded');
    await artisan('down', '--retry=20');
    try {
        const say = 'No program can be run at the moment. Try again in 20 s.';
        assert.deepEqual(await refusal(early), [say]);
        assert.deepEqual(await refusal(late), [503, say]);
    } finally {
        await artisan('up');
    }
    for (const reader of [early, late]) assert.equal((await run(reader, 'one')).note, 'as recorded');
});

test('W8 with Laravel: 503 if no worker would take a run from the queue', async () => {
    await crowd();
    await world.worker.end();
    const reader = await visitSnippet('profile="php"', ECHO);
    try {
        assert.deepEqual(await refusal(reader), [503, 'Many programs are running at the moment. Please try again in a few seconds. No program can be run at the moment. Try again in 5 s.']);
    } finally {
        world.worker = await Worker.start();
    }
    assert.equal((await run(reader, 'one')).out, '42');
});

test('W8 with Laravel: 503 for a program that asks, if no PHP process can wait for it', async () => {
    await crowd();
    const reader = await visitSnippet('profile="python" stdin="ask"', 'print(input())');
    assert.deepEqual(await refusal(reader), [503, 'Many programs are running at the moment. Please try again in a few seconds. No program can be run at the moment. Try again in 5 s.']);
});

test('W8 with Laravel: the server is away, and the recorded output is still true', async () => {
    const reader = await visitSnippet('profile="php"', CODE.map, expected(RECORDED));
    world.site.isCut = true;
    assert.deepEqual(await refusal(reader), [AWAY]);
    const { note, recorded } = await shown(reader, 'one');
    assert.deepEqual([note, recorded], ['recorded', RECORDED]);
    world.site.isCut = false;
    assert.equal((await run(reader, 'one')).note, 'as recorded');
    world.site.isCut = true;
    assert.deepEqual(await refusal(reader), [AWAY], 'after the first token');
});

test('W8 with Laravel: half an answer stays, with the sentence above it', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo "half a l"; sleep(50);');
    await reader.click('#one #run');
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('out')?.textContent === 'half a l');
    world.site.cut();
    await settled(reader, 'one');
    const { say, out } = await shown(reader, 'one');
    assert.deepEqual([say, out], [AWAY, 'half a l']);
});
