// SPDX-License-Identifier: MIT
// W5: a shared link shows code, says where it came from, and never runs by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ARTICLE, page } from '../pages.js';
import { setCode, shown, visit } from '../reader.js';
import { visitArticle, visitPage, world } from '../world.js';

async function linkOf(id, code) {
    const reader = await visitArticle({ permissions: ['clipboard-read', 'clipboard-write'] });
    await setCode(reader, id, code);
    await reader.click(`#${id} #share`);
    await reader.waitForSelector(`#${id} #share.done`);
    return reader.evaluate(() => navigator.clipboard.readText());
}

async function follow(url, body = ARTICLE) {
    world.site.pages['/'] = page(body);
    world.site.requests.length = 0;
    const reader = await visit(world.browser, url);
    await reader.waitForFunction(() => [...document.querySelectorAll('exrun-snippet')].some((one) => one.shadowRoot.getElementById('sentence')?.textContent));
    return reader;
}

test('W5: a link has the code, and says so', async () => {
    const url = await linkOf('loop', '<?php echo "ü €", 1;');
    assert.ok(url.length < 150, url);
    const reader = await follow(url);
    const { code, say, state, out } = await shown(reader, 'loop');
    assert.deepEqual([code, say, state, out], ['<?php echo "ü €", 1;', 'This code came with a link. Read it before you run it.', 'idle', '']);
    assert.ok(!world.site.requests.some((one) => one.includes('/v1/')), 'nothing was run');
    assert.ok(await reader.locator('#loop').isVisible());
    await setCode(reader, 'loop', '<?php echo "my own";');
    await reader.reload();
    await reader.waitForFunction(() => document.getElementById('loop').shadowRoot.getElementById('sentence')?.textContent);
    assert.equal((await shown(reader, 'loop')).code, '<?php echo "my own";');
});

test('W5: a link brings the input along', async () => {
    const source = await visitArticle();
    await source.fill('#words #stdin', 'from the link');
    const url = await source.evaluate(() => document.getElementById('words').share());
    const reader = await follow(url);
    assert.equal(await reader.inputValue('#words #stdin'), 'from the link');
});

test('W5: a link for an example that is not on the page, and a damaged one', async () => {
    const url = await linkOf('loop', '<?php echo 1;');
    const reader = await follow(url.replace('run:loop', 'run:elsewhere'));
    assert.match((await shown(reader, 'map')).say, /not on this page/);
    const damaged = await follow(`${url.slice(0, -6)}`);
    assert.match((await shown(damaged, 'map')).say, /damaged/);
});

test('W5: code that is too long for a link', async () => {
    const reader = await visitArticle();
    await reader.evaluate(() => {
        const element = document.getElementById('loop');
        element.code = Array.from({ length: 20_000 }, () => String.fromCharCode(33 + Math.random() * 90)).join('');
    });
    await reader.click('#loop #share');
    await reader.waitForFunction(() => document.getElementById('loop').shadowRoot.getElementById('sentence')?.textContent.includes('too long'));
});

test('W5: a snippet without a name has no link', async () => {
    const reader = await visitPage('<exrun-snippet profile="php"><pre>1</pre></exrun-snippet>');
    assert.equal(await reader.locator('exrun-snippet #share').isVisible(), false);
    await reader.evaluate(() => document.querySelector('exrun-snippet').setAttribute('example', 'a/b'));
    assert.equal(await reader.locator('exrun-snippet #share').isVisible(), true);
});
