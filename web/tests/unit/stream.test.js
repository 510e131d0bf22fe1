// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent, readEvents } from '../../src/more/stream.js';

async function read(...parts) {
    const body = new ReadableStream({
        start(controller) {
            for (const part of parts) controller.enqueue(typeof part === 'string' ? new TextEncoder().encode(part) : part);
            controller.close();
        },
    });
    const events = [];
    for await (const event of readEvents(body)) events.push([event.name, event.data]);
    return events;
}

test('events, comments and retry lines', async () => {
    assert.deepEqual(await read('retry: 1000\n\n: still here\n\nevent: stdout\nid: 1.1\ndata: {"text":"a"}\n\n'), [['stdout', { text: 'a' }]]);
    assert.equal(parseEvent(': comment'), null);
});

test('an event can come in pieces, cut within a character', async () => {
    const bytes = new TextEncoder().encode('event: stdout\ndata: {"text":"€"}\n\nevent: result\ndata: {}\n\n');
    for (let cut = 1; cut < bytes.length; cut++) {
        assert.deepEqual(await read(bytes.slice(0, cut), bytes.slice(cut)), [['stdout', { text: '€' }], ['result', {}]]);
    }
});

test('an event without its end is no event', async () => {
    assert.deepEqual(await read('event: stdout\ndata: {"text":"a"}\n'), []);
});
