// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poll } from '../../src/more/poll.js';
import { Problem } from '../../src/more/problem.js';

/** Polls with these answers, one after another. Returns the pauses, and the events or the problem at the end. */
async function follow(...answers) {
    const pauses = [], events = [];
    const look = async () => {
        const next = answers.shift();
        if (next instanceof Error) throw next;
        return { status: next.verdict ? 200 : 202, body: next };
    };
    try {
        for await (const { name, data } of poll(look, async (ms) => pauses.push(ms))) events.push([name, data]);
        return { pauses, events };
    } catch (problem) {
        return { pauses, events, status: problem.status ?? problem.message };
    }
}

const running = { state: 'running' }, done = { verdict: 'ok' };

test('the pauses grow to a second', async () => {
    assert.deepEqual((await follow(running, running, running, running, running, running, done)).pauses, [100, 200, 400, 800, 1000, 1000, 1000]);
});

test('the place is told', async () => {
    const queued = { state: 'queued', before: 3 };
    assert.deepEqual((await follow(queued, running, done)).events, [['queued', queued], ['started', running], ['finished', done]]);
});

test('429, 503 and a lost network are waited out', async () => {
    const { pauses, events } = await follow(new Problem(429, { wait: 3 }), new Problem(503, { wait: 1 }), new Problem(0), done);
    assert.deepEqual(events.map(([name, { seconds }]) => [name, seconds]), [['waiting', 3], ['waiting', 2], ['waiting', 1], ['waiting', 1], ['waiting', 2], ['waiting', 1], ['finished', undefined]]);
    assert.deepEqual(pauses, [100, 1000, 1000, 1000, 200, 1000, 400, 1000, 1000, 800]);
});

test('404 ends it at the third time in a row', async () => {
    const missing = new Problem(404);
    assert.equal((await follow(missing, missing, missing)).status, 404);
    assert.deepEqual((await follow(missing, missing, running, missing, missing, done)).events.at(-1), ['finished', done]);
});

test('other problems end it', async () => {
    assert.equal((await follow(new Problem(500))).status, 500);
    assert.equal((await follow(new Error('a mistake of ours'))).status, 'a mistake of ours');
});
