// SPDX-License-Identifier: MIT
// W10: pages whose frameworks create a snippet, replace its code, or take keys for themselves.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../reader.js';
import { visitPage, visitSnippet } from '../world.js';

const CODE = '<?php\necho 42;';

test('frameworks: the language can be set as a property, as React and Vue do', async () => {
    const reader = await visitPage('<div id="there"></div>');
    await reader.evaluate((code) => {
        const snippet = Object.assign(document.createElement('exrun-snippet'), { id: 'one', profile: 'php' });
        const pre = document.createElement('pre');
        pre.textContent = code;
        snippet.append(pre);
        document.getElementById('there').append(snippet);
    }, CODE);
    assert.equal(await reader.getAttribute('#one', 'profile'), 'php');
    assert.equal((await run(reader, 'one')).out, '42');
});

test('frameworks: a <pre> that takes the place of the first one has its name and role, too', async () => {
    const reader = await visitSnippet('profile="php"', CODE);
    const roleOf = () => reader.evaluate(() => ['role', 'aria-label', 'tabindex'].map((name) => document.querySelector('#one pre').getAttribute(name)));
    const before = await roleOf();
    await reader.evaluate(() => {
        const pre = document.createElement('pre');
        pre.textContent = '<?php echo 43;';
        document.querySelector('#one pre').replaceWith(pre);
    });
    await reader.waitForSelector('#one pre[role]');
    assert.deepEqual([before, await roleOf()], [['group', 'Code, can be edited', '0'], ['group', 'Code, can be edited', '0']]);
    assert.equal((await run(reader, 'one')).out, '43');
});

test('frameworks: the page’s own keys do nothing while a reader writes, and the others work', async () => {
    const reader = await visitSnippet('profile="php" stdin="text"', CODE);
    await reader.evaluate(() => {
        window.keys = [];
        document.addEventListener('keydown', (event) => window.keys.push(event.key));
    });
    await reader.click('#one #edit');
    await reader.waitForSelector('#one textarea.editor');
    await reader.keyboard.type('/s');
    await reader.click('#one #stdin');
    await reader.keyboard.press('ArrowRight');
    await reader.keyboard.type('/');
    assert.deepEqual(await reader.evaluate(() => window.keys), []);
    await reader.keyboard.press('Control+k');
    await reader.focus('#one #copy');
    await reader.keyboard.press('s');
    assert.deepEqual(await reader.evaluate(() => window.keys), ['Control', 'k', 's']);
});
