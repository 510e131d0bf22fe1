// SPDX-License-Identifier: MIT
// W8 and W11: visitors who have used up their runs, or their looks, get 429 and wait for the time that it names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, settled, shown } from '../../browser/reader.js';
import { way } from '../../browser/way.js';
import { visitSnippet, world } from '../../browser/world.js';
import { crowdWithQueue, LONG } from '../visitor.js';

const LONGEST_MS = 120_000; // a minute of the limit, on a machine that is busy
const posts = () => world.site.requests.filter((one) => one.startsWith('POST')).length;
const sentenceIs = (reader, wanted) => reader.waitForFunction((source) => new RegExp(source).test(document.getElementById('one').shadowRoot.getElementById('sentence')?.textContent), wanted.source, { timeout: LONGEST_MS });

/** The page asks until it is refused for long enough that a test can see it. */
function useUp(reader, method, path) {
    return reader.evaluate(async ([how, address, tokenUrl]) => {
        const { csrf } = await (await fetch(tokenUrl)).json();
        for (;;) {
            const answer = await fetch(address, { method: how, headers: { 'X-CSRF-TOKEN': csrf, Accept: 'application/json' } });
            if (answer.status === 429 && Number(answer.headers.get('Retry-After')) > 20) return;
        }
    }, [method, path, way.settings['token-url']]);
}

async function countDownOfRuns(reader) {
    await useUp(reader, 'POST', way.runs);
    const before = posts();
    const { say } = await run(reader, 'one');
    const seconds = Number(/^These were many runs in a short time\. You can run again in (\d+) s\.$/.exec(say)?.[1]);
    assert.ok(seconds > 0 && seconds <= 60, say);
    assert.equal(posts(), before + 1);
    await reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('run').click());
    await reader.waitForFunction((most) => Number(/ in (\d+) s\.$/.exec(document.getElementById('one').shadowRoot.getElementById('sentence').textContent)?.[1]) <= most, seconds - 2);
    assert.equal(posts(), before + 1, 'Run waits');
    await sentenceIs(reader, /^You can run again now\.$/);
    assert.equal((await run(reader, 'one')).out, '42');
}

async function waitOfLooks(reader, visitor, first) {
    await reader.click('#one #run');
    await reader.waitForFunction(() => document.getElementById('one').state === 'queued');
    await useUp(reader, 'GET', `${way.runs}/none`);
    await reader.waitForFunction(() => /next look in \d\d s/.test(document.getElementById('one').shadowRoot.getElementById('note').textContent));
    await visitor.end(first);
    await reader.waitForFunction(() => document.getElementById('one').state === 'ok', undefined, { timeout: LONGEST_MS });
    assert.equal((await shown(reader, 'one')).out, '42');
}

test('W8 and W11 with Laravel: 429 for many runs in a minute, and for many looks, is waited out with a countdown', async () => {
    const { visitor, ids: [first] } = await crowdWithQueue();
    const looker = await visitSnippet('profile="php"', '<?php echo 42;');
    const waits = waitOfLooks(looker, visitor, first);
    const runner = await visitSnippet('profile="php"', '<?php echo 42;');
    await Promise.all([waits, countDownOfRuns(runner)]);
});

test('W8 with Laravel: 429 while other runs of the reader go on', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 42;');
    assert.equal((await run(reader, 'one')).out, '42');
    const ids = await reader.evaluate(async ([runs, tokenUrl, source]) => {
        const { csrf } = await (await fetch(tokenUrl)).json();
        window.headers = { 'X-CSRF-TOKEN': csrf, 'Content-Type': 'application/json', Accept: 'application/json', Prefer: 'respond-async' };
        const started = [];
        for (;;) {
            const answer = await fetch(runs, { method: 'POST', headers: window.headers, body: JSON.stringify({ profile: 'bash', source }) });
            if (answer.status !== 202) return started;
            started.push((await answer.json()).id);
        }
    }, [way.runs, way.settings['token-url'], LONG]);
    assert.equal(ids.length, Number(process.env.EXRUN_HTTP_RUNS_AT_A_TIME));
    assert.match((await run(reader, 'one')).say, /^These were many runs in a short time\. You can run again in [12] s\.$/);
    await sentenceIs(reader, /^You can run again now\.$/);
    await reader.evaluate(async ([runs, all]) => {
        for (const id of all) await fetch(`${runs}/${id}`, { method: 'DELETE', headers: window.headers });
        for (const id of all) {
            while ((await fetch(`${runs}/${id}`, { headers: window.headers })).status !== 200) await new Promise((done) => setTimeout(done, 500));
        }
    }, [way.runs, ids]);
    await reader.click('#one #run');
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, '42');
});
