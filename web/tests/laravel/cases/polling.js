// SPDX-License-Identifier: MIT
// W11: a run that the routes of the Laravel package put into the queue, because as many PHP processes wait as may.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, settled, shown } from '../../browser/reader.js';
import { way } from '../../browser/way.js';
import { visitSnippet, world } from '../../browser/world.js';
import { artisan, forget } from '../operator.js';
import { crowd, crowdWithQueue } from '../visitor.js';

const PAUSES_MS = [100, 200, 400, 800, 1000];

const visitRun = (code = '<?php echo 42;') => visitSnippet('profile="php"', code);

/** Returns the statuses of the answers to the page's requests for runs. */
const statuses = (method) => world.site.answers.filter((one) => one.method === method && one.path.startsWith(way.runs)).map(({ status }) => status);

const noteIs = (reader, wanted) => reader.waitForFunction((source) => new RegExp(source).test(document.getElementById('one').shadowRoot.getElementById('note')?.textContent), wanted.source);

/** Clicks Run, and waits until the run is in the queue. Returns its ID. */
async function startQueued(reader) {
    const [look] = await Promise.all([reader.waitForResponse(`**${way.runs}/*`), reader.click('#one #run')]);
    assert.deepEqual([statuses('POST'), look.status()], [[202], 202]);
    return new URL(look.url()).pathname.split('/').pop();
}

test('W11 with Laravel: 202 is polled after 100, 200, 400 … ms', async () => {
    await crowd();
    const reader = await visitRun('<?php usleep(2600000); echo 42;');
    const states = await reader.evaluate(async () => {
        const element = document.getElementById('one'), seen = [];
        for (const name of ['queued', 'started', 'result']) element.addEventListener(`exrun:${name}`, () => seen.at(-1) === name || seen.push(name));
        await element.run();
        return seen;
    });
    assert.deepEqual([statuses('POST'), states], [[202], ['queued', 'started', 'result']]);
    assert.equal((await shown(reader, 'one')).out, '42');
    // The browser's own times, so that a busy machine makes no difference: from the end of an answer to the next request.
    const times = await reader.evaluate((runs) => performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.startsWith(runs)).map((one) => [one.startTime, one.responseEnd]), way.runs);
    const pauses = times.slice(1).map(([start], n) => start - times[n][1]);
    assert.ok(pauses.length >= PAUSES_MS.length, `${pauses}`);
    for (const [n, pause] of pauses.entries()) assert.ok(pause >= PAUSES_MS[Math.min(n, PAUSES_MS.length - 1)] - 1, `${pauses}`);
});

test('W11 with Laravel: the place in the queue is shown, and becomes smaller', async () => {
    const { visitor, ids } = await crowdWithQueue(2);
    const reader = await visitRun();
    await startQueued(reader);
    for (const [n, note] of [/^2 before you$/, /^1 before you$/, /^next in the queue$/].entries()) {
        await noteIs(reader, note);
        await visitor.end(ids[n]);
    }
    await settled(reader, 'one');
    const { out, state, note } = await shown(reader, 'one');
    assert.deepEqual([out, state, note], ['42', 'ok', '']);
});

test('W11 with Laravel: a site that is updated is waited for', async () => {
    const { visitor, ids } = await crowdWithQueue();
    const reader = await visitRun();
    await startQueued(reader);
    await artisan('down', '--retry=2');
    try {
        await noteIs(reader, /^The connection is interrupted\. The run goes on; next look in [12] s\.$/);
    } finally {
        await artisan('up');
    }
    await visitor.end(ids[0]);
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, '42');
    assert.ok(statuses('GET').includes(503), `${statuses('GET')}`);
    assert.deepEqual(statuses('POST'), [202]);
});

test('W11 with Laravel: a lost network is waited for', async () => {
    const { visitor, ids } = await crowdWithQueue();
    const reader = await visitRun();
    await startQueued(reader);
    const lost = reader.waitForEvent('requestfailed');
    world.site.isCut = true;
    await noteIs(reader, /interrupted.*next look in [12] s/);
    assert.match((await lost).url(), /\/runs\/[\w-]+$/);
    world.site.isCut = false;
    await visitor.end(ids[0]);
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, '42');
    assert.deepEqual(statuses('POST'), [202]);
});

test('W11 with Laravel: a run that the site has forgotten is looked for three times', async () => {
    const { visitor, ids } = await crowdWithQueue();
    const reader = await visitRun();
    await forget(await startQueued(reader));
    await settled(reader, 'one');
    const { say, state } = await shown(reader, 'one');
    assert.deepEqual([say, state], ['The result of this run has expired. Run it again.', 'problem']);
    assert.match(statuses('GET').join(' '), /^(202 )+404 404 404$/);
    await visitor.end(ids[0]);
    assert.equal((await run(reader, 'one')).out, '42');
});

test('W11 with Laravel: Stop takes the run from the queue', async () => {
    const { visitor, ids } = await crowdWithQueue();
    const reader = await visitRun();
    const id = await startQueued(reader);
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('run').textContent === 'Stop');
    await reader.waitForTimeout(400); // an earlier click could be the second one of a double click
    const ended = reader.waitForResponse((response) => response.request().method() === 'DELETE');
    await reader.click('#one #run');
    assert.equal((await ended).status(), 204);
    const { note, state } = await shown(reader, 'one');
    assert.deepEqual([note, state], ['stopped by you', 'cancelled']);
    await visitor.end(ids[0]);
    assert.equal(await visitor.verdict(id), 'cancelled');
});
