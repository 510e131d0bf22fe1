// SPDX-License-Identifier: MIT
// One run as events, whichever way the server answers: a stream, the result, or 202 and an address to ask. exrun's own
// service and the routes of the Laravel package differ in this, and in nothing else.
import { fromBase64 } from './bytes.js';
import { poll } from './poll.js';
import { Problem } from './problem.js';
import { readEvents } from './stream.js';

const ACCEPT = 'text/event-stream, application/json, application/problem+json';

/** Yields {name, data}; the last is `result`. stdout and stderr have a text, never base64. Throws a Problem. */
export async function* answers(link, request, signal) {
    const url = link.url();
    // Pictures are in a result twice, as an address and as bytes, and a page may be able to use only the latter.
    if (!request.artifacts) url.searchParams.set('lean', '1');
    const headers = { 'Content-Type': 'application/json', Accept: ACCEPT };
    const response = await link.send(url, { method: 'POST', signal, body: JSON.stringify(request), headers });
    if (response.status === 202) yield* later(link, response, signal);
    else if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) yield* streamed(response);
    else yield* replayed(await response.json());
}

async function* streamed(response) {
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    let hasEnd = false;
    try {
        for await (const { name, data } of readEvents(response.body)) {
            if (name === 'problem') throw new Problem(data.status, data);
            if (data.base64 !== undefined) data.text = decoders[name].decode(fromBase64(data.base64), { stream: true });
            hasEnd ||= name === 'result';
            yield { name, data };
        }
    } catch (error) {
        throw error instanceof TypeError ? new Problem(0) : error;
    }
    if (!hasEnd) throw new Problem(0);
}

async function* later(link, response, signal) {
    const body = await response.json();
    const where = response.headers.get('Location') ?? body.url;
    const url = where ? new URL(where, response.url) : link.url(body.id);
    yield { name: 'queued', data: { ...body, url: url.href } };
    const look = async () => {
        const answer = await link.send(url, { signal, headers: { Accept: 'application/json, application/problem+json' } });
        return { status: answer.status, body: await answer.json().catch(lost) };
    };
    for await (const { name, data } of poll(look, (ms) => pause(ms, signal))) {
        if (name === 'finished') yield* replayed(data);
        else yield { name, data };
    }
}

function lost(error) {
    throw error.name === 'AbortError' ? error : new Problem(0);
}

/** Laravel's routes have the result as a member of the run. */
function* replayed(body) {
    const result = body.result ?? body;
    for (const name of ['stdout', 'stderr']) {
        const text = textOf(result[name], result.encoding);
        if (text) yield { name, data: { text } };
    }
    yield { name: 'result', data: result };
}

export function textOf(bytes, encoding) {
    return encoding === 'base64' ? new TextDecoder().decode(fromBase64(bytes ?? '')) : bytes ?? '';
}

function pause(ms, signal) {
    return new Promise((done, fail) => {
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', () => {
            clearTimeout(timer);
            fail(signal.reason);
        }, { once: true });
    });
}
