// SPDX-License-Identifier: MIT
// W11: the routes of the Laravel package: 202 and an address, CSRF tokens, and all that can happen meanwhile. A stand-in
// answers in the order that a case needs; ../../laravel/cases/ has the same with the routes themselves.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { page, snippet } from '../pages.js';
import { run, shown, visit } from '../reader.js';
import { way } from '../way.js';
import { visitPage, world } from '../world.js';

const SCRIPT = '<script src="/dist/exrun.js" data-server="/examples/runs" data-token-url="/examples/token" defer></script>';
const HTML = snippet('id="one" profile="php" example="a/b"', '<?php echo 1;');

async function visitLaravel(state) {
    world.site.laravel = { token: 'secret', looks: [], seen: [], ...state };
    return visitPage(HTML, {}, { script: SCRIPT });
}

const seen = (method, path) => world.site.laravel.seen.filter(([one, at]) => one === method && at === path);

test('W11: 202 is polled after 100, 200, 400 … ms, and shows the place', async () => {
    const reader = await visitLaravel({ looks: [2, 1, 'running', 'running', 'finished'] });
    await reader.click('#one #run');
    const notes = new Set(), states = new Set();
    for (let state; state !== 'ok';) {
        const now = await shown(reader, 'one');
        state = now.state;
        notes.add(now.note);
        states.add(state);
        await reader.waitForTimeout(30);
    }
    assert.deepEqual([...notes].filter(Boolean), ['2 before you', '1 before you']);
    assert.deepEqual([...states].filter((state) => state !== 'idle'), ['queued', 'running', 'ok']);
    assert.equal((await shown(reader, 'one')).out, 'hello\n');
    const times = seen('GET', '/examples/runs/r1').map(([, , at]) => at);
    const pauses = times.slice(1).map((at, i) => at - times[i]);
    for (const [i, least] of [200, 400, 800, 1000].entries()) assert.ok(pauses[i] >= least - 5 && pauses[i] < least + 400, `${pauses}`);
});

test('W11: 429, 503 and a lost network are waited out', async () => {
    const reader = await visitLaravel({ looks: ['running', 429, 503, 'lost', 'finished'] });
    await reader.click('#one #run');
    await reader.waitForFunction(() => /interrupted.*next look in \d s/.test(document.getElementById('one').shadowRoot.getElementById('note').textContent));
    await reader.waitForFunction(() => document.getElementById('one').state === 'ok');
    assert.equal((await shown(reader, 'one')).out, 'hello\n');
    assert.equal(seen('POST', '/examples/runs').length, 1);
});

test('W11: a 404 is looked at three times', async () => {
    const reader = await visitLaravel({ looks: ['running', 404, 404, 404, 'finished'] });
    const { say, state } = await run(reader, 'one');
    assert.deepEqual([say, state], ['The result of this run has expired. Run it again.', 'problem']);
    assert.equal(seen('GET', '/examples/runs/r1').length, 4);
});

test('W11: Stop ends the run on the server as well', async () => {
    const reader = await visitLaravel({ looks: Array(50).fill('running') });
    await reader.click('#one #run');
    await reader.waitForTimeout(800);
    await reader.click('#one #run');
    assert.equal((await shown(reader, 'one')).note, 'stopped by you');
    await reader.waitForTimeout(100);
    const looks = seen('GET', '/examples/runs/r1').length;
    await reader.waitForTimeout(900);
    assert.equal(seen('GET', '/examples/runs/r1').length, looks);
    assert.equal(seen('DELETE', '/examples/runs/r1').length, 1);
});

test('W11: a direct answer has the result as a member', async () => {
    const reader = await visitLaravel({ isDirect: true });
    const { out, state, meta } = await run(reader, 'one');
    assert.deepEqual([out, state, meta], ['hello\n', 'ok', '4 ms · 6.8 MB']);
    assert.equal(seen('GET', '/examples/runs/r1').length, 0);
});

test('W11: the token is asked for once a page, at the first focus, and again at 419', async () => {
    const reader = await visitLaravel({ isDirect: true });
    await reader.waitForTimeout(200);
    assert.equal(world.site.laravel.seen.length, 0);
    await reader.focus('#one #run');
    await reader.waitForFunction(() => performance.getEntriesByName(new URL('/examples/token', location).href).length > 0);
    assert.deepEqual(world.site.laravel.seen.map(([method, path]) => `${method} ${path}`), ['GET /examples/token']);
    await run(reader, 'one');
    world.site.laravel.token = 'another';
    assert.equal((await run(reader, 'one')).state, 'ok');
    assert.deepEqual(world.site.laravel.seen.map(([method, path]) => `${method} ${path}`),
        ['GET /examples/token', 'POST /examples/runs', 'POST /examples/runs', 'GET /examples/token', 'POST /examples/runs']);
});

test('W11: a token that stays wrong is said once, not asked for again and again', async () => {
    const reader = await visitLaravel({ isDirect: true });
    await reader.route('**/examples/token', (route) => route.fulfill({ json: { csrf: 'never right' } }));
    const { say } = await run(reader, 'one');
    assert.match(say, /reload the page/);
    assert.equal(seen('POST', '/examples/runs').length, 2);
});

test('W11: settings can be in <meta>, and on the element', async () => {
    world.site.laravel = { token: 'secret', looks: [], seen: [], isDirect: true };
    world.site.pages['/'] = page(HTML, { head: '<meta name="exrun-server" content="/examples/runs"><meta name="exrun-token-url" content="/examples/token">' });
    assert.equal((await run(await visit(world.browser, `${world.site.url}/`), 'one')).state, 'ok');
    world.site.pages['/'] = page(snippet('id="one" profile="php" server="/examples/runs" token-url="/examples/token"', '<?php echo 1;'));
    assert.equal((await run(await visit(world.browser, `${world.site.url}/`), 'one')).state, 'ok');
    world.site.pages['/'] = page(snippet('id="one" profile="php" server="/examples/runs"', '<?php echo 1;'), { head: '<meta name="csrf-token" content="secret">' });
    assert.equal((await run(await visit(world.browser, `${world.site.url}/`), 'one')).state, 'ok');
});

test('W11: a request that asks for it is answered with 202', async () => {
    const reader = await visitPage(snippet('id="one" profile="php"', '<?php usleep(300000); echo 42;'));
    await reader.route(`**${way.runs}?lean=1`, (route) => route.continue({ url: route.request().url().replace('?lean=1', ''), headers: { ...route.request().headers(), prefer: 'respond-async' } }));
    const { out, state, say } = await run(reader, 'one');
    assert.deepEqual([out, state, say], ['42', 'ok', '']);
    assert.ok(world.site.requests.filter((one) => one.startsWith(`GET ${way.runs}/`)).length >= 2);
});
