// SPDX-License-Identifier: MIT
// Answers in place of a server's: /stand-in/NAME/runs for a single one, and /examples/ as the routes of the Laravel
// package give them, with the same statuses, headers and forms.

const RESULT = { v: 1, verdict: 'ok', message: 'The program ended normally.', exit_code: 0, signal: null, stdout: 'hello\n', stderr: '', stdout_truncated: false, stderr_truncated: false, encoding: 'utf-8', program: 'PHP 8.2.29', usage: { wall_us: 4200, cpu_us: 4000, memory_peak_bytes: 7_100_000 }, limits: { wall_ms: 5000 } };

/** Single answers by name: [status, headers, body]. */
const ANSWERS = {
    instant: () => [200, { 'Content-Type': 'text/event-stream' }, events(['started', { id: 'x' }], ['stdout', { text: 'hello\n' }], ['result', RESULT])],
    maintenance: () => problem(503, { detail: 'We are moving to a new machine until 14:00.' }, { 'Retry-After': '600' }),
    large: () => problem(413, { detail: 'The request is larger than 1 MiB.' }),
    old: () => problem(419, { detail: 'CSRF token mismatch.' }),
    wrong: () => problem(422, { detail: 'there is no profile "pyhton"', pointer: '/profile' }),
    longcode: () => problem(422, { detail: 'The source may have 65536 bytes at most.', pointer: '/source' }),
    longinput: () => problem(422, { detail: 'The stdin may have 65536 bytes at most.', pointer: '/stdin' }),
    laravel: () => [422, { 'Content-Type': 'application/json' }, JSON.stringify({ message: 'The profile is wrong.', errors: { profile: ['This language cannot be run here.'] } })],
    throttled: () => problem(429, { detail: 'Too many requests.' }, { 'Retry-After': '3' }),
    refused: () => problem(403, { detail: 'Guests may not run this.' }),
    broken: () => [500, { 'Content-Type': 'text/html' }, '<h1>Server Error</h1>'],
    nonsense: () => [200, { 'Content-Type': 'application/json' }, '{"truncated'],
    torn: () => [200, { 'Content-Type': 'text/event-stream' }, events(['started', { id: 'x' }], ['stdout', { text: 'half a l' }])],
    late: () => [200, { 'Content-Type': 'text/event-stream' }, events(['queued', { id: 'x', position: 1 }], ['problem', { status: 429, title: 'Too Many Requests', detail: 'other clients wait' }])],
    cut: () => json(200, { ...RESULT, stdout_truncated: true }),
    restarted: () => [200, { 'Content-Type': 'text/event-stream' }, events(['started', { id: 'x' }], ['stdout', { text: 'first\n' }], ['restarted', { attempt: 2 }], ['news', { of: 'a newer server' }], ['stdout', { text: 'second\n' }], ['result', RESULT])],
    bytes: () => [200, { 'Content-Type': 'text/event-stream' }, events(['stdout', { base64: Buffer.from([0xe2, 0x82]).toString('base64') }], ['stdout', { base64: Buffer.from([0xac, 0x0a]).toString('base64') }], ['result', RESULT])],
};

export async function standIn(site, request, response) {
    const { pathname, searchParams } = new URL(request.url, site.url);
    const body = await read(request);
    site.bodies = [...(site.bodies ?? []), body];
    const name = /^\/stand-in\/(\w+)\//.exec(pathname)?.[1];
    if (name === 'gone') return request.socket.destroy();
    if (name === 'queued') return queued(response);
    const [status, headers, text] = name ? ANSWERS[name]() : laravel(site, request, pathname, searchParams);
    response.writeHead(status, headers);
    return response.end(text);
}

function events(...list) {
    return list.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');
}

function problem(status, members, headers = {}) {
    return [status, { 'Content-Type': 'application/problem+json', ...headers }, JSON.stringify({ type: 'about:blank', title: 'A title', status, ...members })];
}

function json(status, body, headers = {}) {
    return [status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers }, JSON.stringify(body)];
}

async function queued(response) {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const position of [3, 2, 1]) {
        response.write(events(['queued', { id: 'x', position }]));
        await new Promise((done) => setTimeout(done, 400));
    }
    response.end(events(['started', { id: 'x' }], ['stdout', { text: 'at last\n' }], ['result', RESULT]));
}

/**
 * The routes of the Laravel package. site.laravel is {token, looks}: the CSRF token that is valid, and what the next
 * looks at a run get: a number of runs before it, 'running', 'finished', a status, or 'lost' for a lost network.
 */
function laravel(site, request, pathname, query) {
    const { laravel: state } = site;
    state.seen.push([request.method, pathname, Date.now()]);
    if (pathname === '/examples/token') return json(200, { csrf: state.token });
    if (request.headers['x-csrf-token'] !== state.token && request.method !== 'GET') return problem(419, { detail: 'CSRF token mismatch.' });
    if (request.method === 'DELETE') return [204, {}, ''];
    if (pathname === '/examples/runs' && state.isDirect) return json(200, { id: 'r1', state: 'finished', result: { ...RESULT, output_url: '/examples/runs/r1/output' } });
    if (pathname === '/examples/runs') return json(202, { id: 'r1', state: 'queued', url: '/examples/runs/r1', before: 2 }, { Location: '/examples/runs/r1' });
    if (pathname === '/examples/runs/r1/output') return [200, { 'Content-Type': query.get('as') === 'html' ? 'text/html' : 'text/plain' }, '<p>page'];
    return look(state.looks.shift() ?? 'finished', request);
}

function look(kind, request) {
    if (kind === 'lost') request.socket.destroy();
    if (kind === 'running') return json(202, { id: 'r1', state: 'running' });
    if (kind === 'finished') return json(200, { id: 'r1', state: 'finished', result: RESULT });
    if (typeof kind === 'number' && kind < 100) return json(202, { id: 'r1', state: 'queued', before: kind });
    return problem(Number(kind) || 500, { detail: 'Not now.' }, [429, 503].includes(kind) ? { 'Retry-After': '1' } : {});
}

function read(request) {
    return new Promise((done) => {
        let text = '';
        request.on('data', (part) => (text += part)).on('end', () => done(text));
    });
}
