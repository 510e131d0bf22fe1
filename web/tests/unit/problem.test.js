// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, problemOf, sentenceOf } from '../../src/more/problem.js';
import { labelsOf } from '../../src/text/labels.js';
import { sentences } from '../../src/text/en.js';

const text = { ...labelsOf('en'), ...sentences };
const say = async (status, body, headers) => sentenceOf(await problemOf(new Response(body, { status, headers })), text);

test('the detail comes from a problem, else from the first error, else from the message', async () => {
    assert.match(await say(422, '{"detail":"there is no profile \\"x\\""}'), / There is no profile "x"\.$/);
    assert.match(await say(422, '{"message":"Wrong.","errors":{"a":["First.","Second."]}}'), / First\.$/);
    assert.match(await say(422, '{"message":"Wrong."}'), / Wrong\.$/);
    assert.equal(await say(422, 'not JSON'), text.fault);
    assert.equal(await say(422, 'null'), text.fault);
});

test('each status says what to do', async () => {
    assert.equal(sentenceOf(new Problem(0), text), text.away);
    assert.match(await say(419, '{}'), /reload the page/);
    assert.match(await say(401, '{}'), /reload the page/);
    assert.match(await say(413, '{}'), /Shorten/);
    assert.match(await say(429, '{}', { 'Retry-After': '7' }), /in 7 s/);
    assert.equal(await say(503, '{"detail":"We move."}', { 'Retry-After': '600' }), 'We move. No program can be run at the moment. Try again in 10 minutes.');
    assert.equal(await say(403, '{"detail":"Guests may not."}'), 'Guests may not.');
    assert.equal(await say(500, '<h1>'), text.broken);
    assert.equal(await say(404, '{}'), text.gone);
});

test('a status in words is no message, and a message without a full stop gets one', async () => {
    const wait = { 'Retry-After': '20' }, busy = 'No program can be run at the moment. Try again in 20 s.';
    assert.equal(await say(503, '{"message":"Service Unavailable"}', wait), busy);
    assert.equal(await say(503, '{"title":"Service Unavailable","detail":"Service Unavailable"}', wait), busy);
    assert.equal(await say(403, '{"title":"Forbidden","detail":"Forbidden"}'), text.refused);
    assert.equal(await say(503, '{"detail":"back at 9:00"}', wait), `Back at 9:00. ${busy}`);
});

test('a Retry-After that is a date is left out', async () => {
    assert.equal((await problemOf(new Response('{}', { status: 503, headers: { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' } }))).wait, 0);
});

test('code or input that the reader has changed is not a fault of the page', async () => {
    const sayOf = async (body, isReaders) => {
        const problem = await problemOf(new Response(JSON.stringify(body), { status: 422 }));
        problem.isReaders = isReaders;
        return sentenceOf(problem, text);
    };
    const long = { detail: 'The source may have 65536 bytes at most.', pointer: '/source' };
    const disk = { detail: 'does not fit into disk_bytes, 33554432', pointer: '/source' };
    assert.deepEqual([await sayOf(long, true), await sayOf(disk, true)], [text.large, text.large]);
    assert.equal(await sayOf({ detail: 'The source field must be present.', pointer: '/source' }, true), 'The server does not accept this code or its input. The source field must be present.');
    assert.equal(await sayOf(long, false), `${text.fault} The source may have 65536 bytes at most.`);
});
