// SPDX-License-Identifier: MIT
// W1: the page loads one small file, and nothing moves. bench/figures.js measures what a hundred snippets cost.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE, expected, page, RECORDED, snippet } from '../pages.js';
import { run, shifts, shown, visit } from '../reader.js';
import { way } from '../way.js';
import { visitArticle, visitPage, world } from '../world.js';

const ours = (requests) => requests.filter((one) => /\/dist\/.*\.js|\/v1\/|\/examples\//.test(one)).map((one) => one.replace(/-[0-9a-f]{8}\./, '-HASH.')).sort();
const AT_FOCUS = ['GET /dist/exrun-more-HASH.js', ...way.atFocus];

test('W1: before a focus, the page asks for exrun.js and nothing else', async () => {
    const reader = await visitArticle();
    await reader.waitForTimeout(400);
    assert.deepEqual(ours(world.site.requests), ['GET /dist/exrun.js']);
    const answered = way.atFocus.map((one) => reader.waitForResponse(`**${one.split(' ')[1]}`));
    await reader.keyboard.press('Tab');
    await reader.waitForSelector('#map textarea');
    await Promise.all(answered);
    assert.deepEqual(ours(world.site.requests), ['GET /dist/exrun.js', ...AT_FOCUS].sort());
});

test('W1: a French page loads its texts with the second file', async () => {
    const reader = await visitPage(snippet('id="one" profile="php" stdin="a"', CODE.map), {}, { language: 'fr' });
    assert.deepEqual(ours(world.site.requests), ['GET /dist/exrun.js']);
    assert.equal((await shown(reader, 'one')).run, 'Lancer');
    const { say } = await run(reader, 'one', '<?php\nundef();');
    assert.equal(say, 'Le programme s’est terminé par une erreur. Regardez la ligne 2.');
    assert.deepEqual(ours(world.site.requests), ['GET /dist/exrun.js', ...AT_FOCUS, 'GET /dist/exrun-text-fr-HASH.js', `POST ${way.runs}?lean=1`].sort());
});

test('W1: nothing moves when the script comes, even late', async () => {
    for (const delay of [0, 700]) {
        world.site.delays = { '/dist/exrun.js': delay };
        const reader = await visitArticle({ extraHTTPHeaders: { 'Cache-Control': 'no-cache' } });
        await reader.waitForFunction(() => customElements.get('exrun-snippet'));
        const sum = await shifts(reader);
        assert.ok(sum < 0.001, `after ${delay} ms: ${sum}`);
    }
});

test('W1: the reserved space is exactly that of the bar', async () => {
    world.site.pages['/'] = page(snippet('id="map" profile="php"', CODE.map, expected(RECORDED)) + snippet('id="loop" profile="php"', CODE.loop));
    const heights = [];
    for (const javaScriptEnabled of [false, true]) {
        const reader = await visit(world.browser, `${world.site.url}/`, { javaScriptEnabled });
        heights.push(await reader.locator('main').boundingBox().then((box) => box.height));
    }
    assert.ok(Math.abs(heights[1] - heights[0]) < 0.5, `${heights}`);
});

test('W1: without a script, code and recorded output are ordinary HTML', async () => {
    const reader = await visitArticle({ javaScriptEnabled: false });
    const text = await reader.locator('#map').innerText();
    assert.match(text, /array_map[\s\S]*Output:[\s\S]*milk {3}1\.18/);
});

test('W1: snippets that are added later work, too, also before their code', async () => {
    const reader = await visitPage('<div id="here"></div>');
    await reader.evaluate((code) => {
        const element = document.createElement('exrun-snippet');
        Object.assign(element, { id: 'late' });
        element.setAttribute('profile', 'php');
        document.getElementById('here').append(element);
        const pre = document.createElement('pre');
        pre.textContent = code;
        element.append(pre);
    }, '<?php echo 42;');
    assert.equal((await run(reader, 'late')).out, '42');
});

test('W1: the settings on a module’s tag count, whatever its address looks like', async () => {
    for (const src of ['exrun.js', './exrun.js?v=2', '/dist/exrun.js']) {
        const base = src.startsWith('/') ? '' : '<base href="/dist/">';
        const reader = await visitPage(snippet('id="one" profile="php"', '<?php echo 1;'), {}, { script: `${base}<script type="module" src="${src}" data-server="/stand-in/instant/runs"></script>` });
        assert.equal((await run(reader, 'one')).out, 'hello\n', src);
    }
});
