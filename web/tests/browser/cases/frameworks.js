// SPDX-License-Identifier: MIT
// W10: pages whose frameworks create a snippet, replace its code, float it, or take keys for themselves.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { run, shifts } from '../reader.js';
import { visitPage, visitSnippet, world } from '../world.js';

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

for (const [name, open, close] of [['in a wrapper', '<div>', '</div>'], ['of its own', '', '']]) {
    test(`frameworks: code that floats keeps its background while it is edited: ${name}`, async () => {
        world.site.policy = "default-src 'self'; style-src 'self' 'unsafe-inline'";
        const reader = await visitPage(`<exrun-snippet id="one" profile="php">${open}<pre style="overflow:auto"><code style="float:left;min-width:100%">&lt;?php\necho 42;</code></pre>${close}</exrun-snippet>`);
        const height = () => reader.evaluate(() => document.querySelector('#one pre').offsetHeight);
        const before = await height();
        await reader.click('#one #edit');
        await reader.waitForSelector('#one textarea');
        assert.ok(before > 40 && Math.abs(await height() - before) < 2, `${before} ${await height()}`);
    });
}

test('frameworks: the space of the bar is kept below code in a wrapper, too', async () => {
    world.site.delays['/dist/exrun.js'] = 500;
    const reader = await visitPage(`<exrun-snippet profile="php"><div><pre>${'1\n'.repeat(5)}</pre></div></exrun-snippet>${'<p>Text below it.</p>'.repeat(20)}`, {}, { script: '<script src="/dist/exrun.js" async></script>' });
    await reader.waitForSelector('exrun-snippet:defined');
    assert.ok(await shifts(reader) < 0.001);
});
