// SPDX-License-Identifier: MIT
// W8: what failed, and what to do.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { run, setCode, settled, shown } from '../reader.js';
import { visitSnippet, world } from '../world.js';

const SENTENCES = {
    gone: ['The server can’t be reached. Are you online? Try again in a moment.', 'problem'],
    torn: ['The server can’t be reached. Are you online? Try again in a moment.', 'problem'],
    maintenance: ['We are moving to a new machine until 14:00. No program can be run at the moment. Try again in 10 minutes.', 'problem'],
    large: ['This is more than may be sent. Shorten the code or its input.', 'problem'],
    old: ['This page has been open for too long. Your code is kept: reload the page, and run it again.', 'problem'],
    wrong: ['This example is not set up correctly. It is not your mistake. There is no profile "pyhton".', 'problem'],
    laravel: ['This example is not set up correctly. It is not your mistake. This language cannot be run here.', 'problem'],
    refused: ['Guests may not run this.', 'problem'],
    broken: ['The server could not run this. Try again in a moment.', 'problem'],
    nonsense: ['The server could not run this. Try again in a moment.', 'problem'],
    late: ['These were many runs in a short time. Try again in a moment.', 'problem'],
};

for (const [name, [sentence, state]] of Object.entries(SENTENCES)) {
    test(`W8: ${name}`, async () => {
        const reader = await visitSnippet(`profile="php" server="/stand-in/${name}/runs"`, '<?php echo 1;');
        const seen = reader.evaluate(() => new Promise((done) => document.addEventListener('exrun:problem', ({ detail }) => done(detail))));
        const after = await run(reader, 'one');
        assert.deepEqual([after.say, after.state, after.status, after.run], [sentence, state, sentence, 'Run']);
        assert.equal(typeof (await seen).status, 'number');
    });
}

test('W8: code or input that is too long is the reader’s only if the reader has changed it', async () => {
    const large = 'This is more than may be sent. Shorten the code or its input.', fault = /^This example is not set up correctly\. It is not your mistake\./;
    const code = await visitSnippet('profile="php" stdin="a" server="/stand-in/longcode/runs"', '<?php echo 1;');
    const kindOf = (reader) => reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('say').className);
    assert.match((await run(code, 'one')).say, fault);
    assert.equal(await kindOf(code), 'say bad');
    assert.equal((await run(code, 'one', '<?php echo 12;')).say, large);
    assert.equal(await kindOf(code), 'say warn');
    const input = await visitSnippet('profile="php" stdin="a" server="/stand-in/longinput/runs"', '<?php echo 1;');
    assert.match((await run(input, 'one')).say, fault);
    await input.fill('#one #stdin', 'ab');
    assert.equal((await run(input, 'one')).say, large);
    await setCode(input, 'one', '<?php echo 12;');
    await input.fill('#one #stdin', 'a');
    assert.match((await run(input, 'one')).say, fault, 'the input is the page’s own');
});

test('W8: half an answer stays, with the sentence above it', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/torn/runs"', '<?php echo 1;');
    assert.equal((await run(reader, 'one')).out, 'half a l');
});

test('W8: 429 counts down, and Run waits for it', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/throttled/runs"', '<?php echo 1;');
    const before = await run(reader, 'one');
    assert.match(before.say, /You can run again in [32] s\.$/);
    await reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('run').click());
    assert.equal(world.site.requests.filter((one) => one.startsWith('POST')).length, 1);
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('sentence').textContent.includes('in 1 s'));
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('sentence').textContent === 'You can run again now.');
    await reader.click('#one #run');
    await settled(reader, 'one');
    assert.equal(world.site.requests.filter((one) => one.startsWith('POST')).length, 2);
});

test('W8: the place in the queue', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/queued/runs"', '<?php echo 1;');
    await reader.click('#one #run');
    const notes = new Set();
    for (let i = 0; i < 30 && (await shown(reader, 'one')).state !== 'ok'; i++) {
        notes.add((await shown(reader, 'one')).note);
        await reader.waitForTimeout(60);
    }
    assert.deepEqual([...notes].filter(Boolean), ['2 before you', '1 before you', 'next in the queue']);
    assert.equal((await shown(reader, 'one')).out, 'at last\n');
});

test('W8: the second file can’t be loaded, and then it can', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 42;');
    await reader.route('**/exrun-more-*', (route) => route.abort());
    await reader.click('#one #run');
    assert.match(await reader.locator('#one .away').innerText(), /can’t be reached/);
    await reader.unroute('**/exrun-more-*');
    assert.equal((await run(reader, 'one')).out, '42');
    assert.equal(await reader.locator('#one .away').count(), 0);
});
