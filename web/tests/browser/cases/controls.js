// SPDX-License-Identifier: MIT
// W5: Run, Stop, Reset, Copy, and what a screen reader hears.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE, expected, snippet } from '../pages.js';
import { PHONE, run, setCode, settled, shown } from '../reader.js';
import { way } from '../way.js';
import { visitArticle, visitPage, visitSnippet, world } from '../world.js';

const requests = (method) => world.site.requests.filter((one) => one.startsWith(method));

test('W5: Run becomes Stop, and says how long it runs', async () => {
    const reader = await visitArticle();
    await reader.click('#loop #run');
    await reader.waitForFunction(() => /^running \d+ s$/.test(document.getElementById('loop').shadowRoot.getElementById('meta').textContent));
    const during = await shown(reader, 'loop');
    assert.deepEqual([during.run, during.state], ['Stop', 'running']);
    await reader.waitForFunction(() => document.getElementById('loop').shadowRoot.getElementById('out').textContent.includes('still here'));
    await reader.click('#loop #run');
    const after = await shown(reader, 'loop');
    assert.deepEqual([after.run, after.note, after.state, after.status, after.meta], ['Run', 'stopped by you', 'cancelled', 'stopped by you', '']);
    assert.match(after.out, /^(still here\n)+$/);
    await reader.waitForTimeout(100);
    assert.equal(requests('DELETE').length, 1);
});

test('W5: the second click of a double click does not stop the run', async () => {
    const reader = await visitArticle();
    await reader.dblclick('#map #run');
    await settled(reader, 'map');
    assert.equal((await shown(reader, 'map')).note, 'as recorded');
    assert.equal(requests('POST').length, 1);
});

test('W5: Stop appears after 150 ms, and a click stops the run after 400 ms', async () => {
    world.site.delays = { [way.runs]: 10_000 };
    const reader = await visitArticle();
    await reader.evaluate(() => document.getElementById('map').edit());
    await reader.clock.install({ time: 0 });
    await reader.clock.pauseAt(1000);
    const click = () => reader.evaluate(() => document.getElementById('map').shadowRoot.getElementById('run').click());
    const seen = async () => { const { run: button, note, state } = await shown(reader, 'map'); return [button, note, state]; };
    await click();
    await reader.clock.runFor(149);
    assert.deepEqual(await seen(), ['Run', 'recorded', 'queued']);
    await reader.clock.runFor(1);
    assert.deepEqual(await seen(), ['Stop', 'recorded', 'queued']);
    await reader.clock.runFor(250);
    await click();
    assert.deepEqual(await seen(), ['Stop', 'recorded', 'queued'], 'after 400 ms');
    await reader.clock.runFor(1);
    await click();
    assert.deepEqual(await seen(), ['Run', 'stopped by you', 'cancelled'], 'after 401 ms');
});

test('W5: a run that is stopped before it has an ID, and the next one', async () => {
    const reader = await visitArticle();
    const states = await reader.evaluate(async () => {
        const element = document.getElementById('map'), seen = [];
        await element.edit();
        const first = element.run();
        element.stop();
        await first;
        seen.push(element.state);
        await element.run();
        seen.push(element.state);
        return seen;
    });
    assert.deepEqual(states, ['cancelled', 'ok']);
});

test('W5: a style sheet sees the state, and an idle snippet has none', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 1;');
    const state = () => reader.evaluate(() => { const one = document.getElementById('one'); return [one.getAttribute('state'), one.state, one.matches('exrun-snippet:not([state])')]; });
    assert.deepEqual(await state(), [null, 'idle', true]);
    await reader.click('#one #run');
    await settled(reader, 'one');
    assert.deepEqual(await state(), ['ok', 'ok', false]);
    await setCode(reader, 'one', '<?php echo 2;');
    await reader.click('#one #edit'); // which is Reset
    await reader.waitForFunction(() => document.getElementById('one').state === 'idle');
    assert.deepEqual(await state(), [null, 'idle', true]);
});

test('W5: Reset while a program runs', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 1;', expected('1'));
    await setCode(reader, 'one', '<?php while (true) { echo "x"; usleep(20000); }');
    const done = reader.evaluate(() => new Promise((end) => document.addEventListener('exrun:done', ({ detail }) => end(detail.result))));
    await reader.click('#one #run');
    await reader.waitForTimeout(400);
    await reader.click('#one #edit');
    assert.equal(await done, null);
    const { state, note, out, recorded, run: button, code } = await shown(reader, 'one');
    assert.deepEqual([state, note, out, recorded, button, code], ['idle', 'recorded', '', '1', 'Run', '<?php echo 1;']);
    assert.equal((await run(reader, 'one')).note, 'as recorded');
});

test('W5: Stop while the server has not answered', async () => {
    world.site.delays = { [way.runs]: 3000 };
    const reader = await visitArticle();
    await reader.click('#map #run');
    await reader.waitForTimeout(600);
    await reader.click('#map #run');
    assert.equal((await shown(reader, 'map')).note, 'stopped by you');
});

test('W5: Ctrl+Enter runs, and is shown', async () => {
    const reader = await visitArticle();
    assert.equal(await reader.locator('#map kbd').innerText(), 'Ctrl\u00a0↵');
    await reader.click('#map pre', { position: { x: 20, y: 20 } });
    await reader.waitForSelector('#map textarea');
    await reader.keyboard.press('Control+Enter');
    await settled(reader, 'map');
    const { note, code } = await shown(reader, 'map');
    assert.deepEqual([note, code], ['as recorded', CODE.map]);
});

test('W5: on a Mac, it is ⌘+Enter', async () => {
    world.site.pages['/mac.js'] = "Object.defineProperty(Navigator.prototype, 'platform', { get: () => 'MacIntel' });";
    const reader = await visitPage(snippet('id="one" profile="php"', '<?php echo 42;'), {}, { head: '<script src="/mac.js"></script>' });
    assert.equal(await reader.locator('#one kbd').innerText(), '⌘\u00a0↵');
    assert.equal(await reader.locator('#one #run').getAttribute('title'), '⌘+Enter');
    await reader.focus('#one #run');
    await reader.keyboard.press('Meta+Enter');
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, '42');
    assert.equal(requests('POST').length, 1);
});

test('W3: events of a run reach the document, and cross shadow roots', async () => {
    world.site.laravel = { token: 'secret', looks: ['running', 503, 'finished'], seen: [] };
    const reader = await visitPage(snippet('id="queued" profile="php" server="/stand-in/queued/runs"', '') + snippet('id="restarted" profile="php" server="/stand-in/restarted/runs"', '')
        + snippet('id="waiting" profile="php" server="/examples/runs" token-url="/examples/token"', '') + snippet('id="reading" profile="python" stdin="ask"', 'print(input())'));
    await reader.evaluate(() => {
        // Each snippet in a shadow root of the page's own.
        for (const one of document.querySelectorAll('exrun-snippet')) {
            const around = document.createElement('div');
            one.before(around);
            around.attachShadow({ mode: 'open' }).append(one);
        }
        window.heard = [];
        for (const name of ['queued', 'restarted', 'waiting', 'reading']) document.addEventListener(`exrun:${name}`, (event) => window.heard.push([name, event.composedPath()[0].id, event.cancelable, event.detail]));
    });
    for (const id of ['queued', 'restarted', 'waiting']) {
        await reader.click(`#${id} #run`);
        await reader.waitForFunction((name) => [...document.querySelectorAll('main > div')].map((one) => one.shadowRoot.firstChild).find((one) => one.id === name).state === 'ok', id);
    }
    await reader.click('#reading #run');
    await reader.waitForSelector('#reading #answer');
    const heard = await reader.evaluate(() => window.heard);
    const of = (name, id = name) => heard.filter(([event, snippet]) => event === name && snippet === id).map(([, , cancelable, detail]) => { assert.equal(cancelable, false); return detail; });
    assert.deepEqual(of('queued').map(({ id, position }) => [id, position]), [['x', 3], ['x', 2], ['x', 1]]);
    assert.deepEqual(of('restarted'), [{ attempt: 2 }]);
    assert.deepEqual(of('waiting'), [{ status: 503, seconds: 1 }]);
    assert.equal(of('reading').length, 1);
});

test('W3: a token of the page is sent with each run', async () => {
    const reader = await visitSnippet('profile="php" token="for visitors" server="/stand-in/instant/runs"', '<?php echo 1;');
    const request = reader.waitForRequest('**/stand-in/instant/runs*');
    await run(reader, 'one');
    assert.equal((await request).headers().authorization, 'Bearer for visitors');
});

test('W5: Copy, and a tick for a moment', async () => {
    const reader = await visitArticle({ permissions: ['clipboard-read', 'clipboard-write'] });
    await reader.click('#map #copy');
    await reader.waitForSelector('#map #copy.done');
    assert.equal(await reader.evaluate(() => navigator.clipboard.readText()), CODE.map);
    assert.equal((await shown(reader, 'map')).status, 'Copied');
    await reader.waitForSelector('#map #copy:not(.done)');
});

test('W5: without a clipboard, a sentence', async () => {
    const reader = await visitArticle();
    await reader.evaluate(() => { navigator.clipboard.write = () => Promise.reject(new Error('denied')); });
    await reader.click('#map #copy');
    await reader.waitForFunction(() => document.getElementById('map').shadowRoot.getElementById('sentence')?.textContent.includes('clipboard'));
});

test('W5: a screen reader hears the end once', async () => {
    const reader = await visitArticle();
    await reader.evaluate(async () => {
        const element = document.getElementById('loop');
        await element.edit();
        window.heard = [];
        new MutationObserver(() => window.heard.push(element.shadowRoot.getElementById('status').textContent)).observe(element.shadowRoot.getElementById('status'), { childList: true });
    });
    const { status } = await run(reader, 'loop', '<?php for ($i = 0; $i < 5; $i++) { echo "$i\\n"; usleep(50000); }');
    assert.equal(status, 'Output: 0\n1\n2\n3\n4');
    assert.deepEqual((await reader.evaluate(() => window.heard)).filter(Boolean), [status]);
    assert.equal((await run(reader, 'loop', '<?php echo str_repeat("line\\n", 100);')).status, '100 lines of output.');
    assert.equal((await run(reader, 'loop', '<?php echo "\\e[31mred\\e[0m";')).status, 'Output: red');
    assert.equal((await run(reader, 'loop', '<?php ;')).status, 'The program wrote nothing.');
    assert.match((await run(reader, 'loop', '<?php undef();')).status, /^The program called undef\(\).*line 1\.$/);
    assert.equal(await reader.locator('#loop [role=status]').count(), 1);
});

test('W5: a phone has buttons for fingers, and a tap on code opens no keyboard', async () => {
    const reader = await visitArticle({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    await reader.tap('#map pre');
    await reader.waitForTimeout(200);
    assert.equal(await reader.locator('#map textarea').count(), 0);
    await reader.tap('#map #edit');
    await reader.waitForSelector('#map textarea');
    for (const id of ['run', 'copy', 'share']) {
        const { width, height } = await reader.locator(`#map #${id}`).boundingBox();
        assert.ok(height >= 40 && width >= 40, `${id}: ${width} by ${height}`);
    }
    assert.equal(await reader.locator('#map kbd').isVisible(), false);
});

test('W5: fields have 16 pixels on a touch screen, so that no browser zooms in', async () => {
    for (const [options, size] of [[{}, '13.5px'], [PHONE, '16px']]) {
        const reader = await visitSnippet('profile="php" stdin="a"', '<?php', '', options);
        await reader.evaluate(() => document.getElementById('one').edit());
        assert.deepEqual(await reader.evaluate(() => ['stdin', 'answer'].map((id) => getComputedStyle(document.getElementById('one').shadowRoot.getElementById(id)).fontSize)), [size, size]);
    }
});

test('W5: long output can be scrolled by keys', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo str_repeat("line\\n", 100);');
    await run(reader, 'one');
    assert.equal(await reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('out').tabIndex), 0);
    await run(reader, 'one', '<?php echo 1;');
    assert.equal(await reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('out').tabIndex), -1);
});
