// SPDX-License-Identifier: MIT
// Pages that live on: Turbo, Livewire, bundles, two copies of the script, snippets that move or leave.
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { test } from '../case.js';
import { CODE, expected, page, RECORDED, snippet } from '../pages.js';
import { run, setCode, shown, visit } from '../reader.js';
import { inHead, onScript, scriptTag } from '../way.js';
import { visitArticle, visitPage, visitSnippet, world } from '../world.js';

const exrun = fileURLToPath(new URL('../../../dist/exrun.js', import.meta.url));
const HTML = snippet('id="one" profile="php"', '<?php echo 42;');

test('life: two copies of the script are one', async () => {
    const reader = await visitPage(HTML, {}, { script: scriptTag() + scriptTag('defer', '/dist/exrun.js?again') });
    assert.equal((await run(reader, 'one')).out, '42');
    assert.deepEqual(reader.errors, []);
});

test('life: as a module, and inside a bundle, with <meta name="exrun-files">', async () => {
    const { outputFiles } = await build({ stdin: { contents: `import ${JSON.stringify(exrun)}; window.bundled = true;`, resolveDir: '/' }, bundle: true, format: 'esm', minify: true, write: false });
    world.site.pages['/assets/app.js'] = outputFiles[0].text;
    for (const [script, head] of [[scriptTag('type="module"'), ''], ['<script type="module" src="/assets/app.js"></script>', `${inHead}<meta name="exrun-files" content="/dist/">`]]) {
        const reader = await visitPage(HTML, {}, { script, head });
        assert.equal((await run(reader, 'one')).out, '42');
        assert.deepEqual(reader.errors, []);
    }
});

test('life: a snippet that is moved keeps its code, its output and its run', async () => {
    const reader = await visitPage(`${snippet('id="one" profile="php"', '<?php usleep(500000); echo 42;')}<div id="there"></div>`);
    await setCode(reader, 'one', '<?php usleep(500000); echo 43;');
    await reader.click('#one #run');
    await reader.waitForTimeout(150);
    await reader.evaluate(() => document.getElementById('there').append(document.getElementById('one')));
    await reader.waitForFunction(() => document.getElementById('one').state === 'ok');
    const { out, code } = await shown(reader, 'one');
    assert.deepEqual([out, code], ['43', '<?php usleep(500000); echo 43;']);
});

test('life: a snippet that leaves the page ends its run', async () => {
    const reader = await visitArticle();
    await reader.click('#loop #run');
    await reader.waitForFunction(() => document.getElementById('loop').shadowRoot.getElementById('out')?.textContent.includes('still'));
    await reader.evaluate(() => document.getElementById('loop').remove());
    await reader.waitForTimeout(200);
    assert.equal(world.site.requests.filter((one) => one.startsWith('DELETE')).length, 1);
});

test('life: the copy that Turbo keeps is the page’s own HTML, and edits come back with it', async () => {
    const reader = await visitSnippet('profile="php"', CODE.map, expected(RECORDED));
    const html = () => reader.evaluate(() => document.querySelector('#one code').innerHTML);
    const before = await html();
    await run(reader, 'one', '<?php\necho 1;\nundef();');
    await reader.click('#one .line');
    await reader.waitForSelector('#one textarea');
    // As Turbo does: the event, a copy of the body, another page, and the copy when the reader goes back.
    await reader.evaluate(() => {
        document.dispatchEvent(new CustomEvent('turbo:before-cache'));
        window.copy = document.body.cloneNode(true);
    });
    assert.equal(await html(), before);
    assert.deepEqual(await reader.evaluate(() => document.getElementById('one').getAttributeNames().sort()), ['id', 'profile']);
    await reader.evaluate(() => {
        const main = document.createElement('body');
        document.body.replaceWith(main);
        document.body.replaceWith(window.copy);
    });
    await reader.waitForFunction(() => document.getElementById('one').code.includes('undef'));
    assert.equal((await shown(reader, 'one')).edit, 'Reset');
    assert.match((await run(reader, 'one')).say, /line 3/);
});

test('life: Turbo itself, away and back', async () => {
    const script = `<script src="/turbo.js" defer></script><script src="/dist/exrun.js"${onScript} defer></script>`;
    const turbo = createRequire(import.meta.url).resolve('@hotwired/turbo/dist/turbo.es2017-umd.js');
    Object.assign(world.site.pages, { '/turbo.js': await readFile(turbo, 'utf8'), '/other': page(`<a id="back" href="/">back</a>${snippet('id="two" profile="php"', '<?php echo 2;')}`, { script }) });
    const reader = await visitPage(`<a id="away" href="/other">away</a>${snippet('id="one" profile="php"', CODE.loop)}`, {}, { script });
    await setCode(reader, 'one', '<?php\nwhile (true) { echo "x"; usleep(50000); }');
    await reader.click('#one #run');
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('out')?.textContent.includes('x'));
    await reader.click('#away');
    await reader.waitForSelector('#two');
    assert.equal((await run(reader, 'two')).out, '2');
    assert.equal(world.site.requests.filter((one) => one.startsWith('DELETE')).length, 1, 'the run of the page before has ended');
    await reader.goBack();
    await reader.waitForFunction(() => document.getElementById('one')?.code.includes('usleep(50000)'));
    const { state, edit, out } = await shown(reader, 'one');
    assert.deepEqual([state, edit, out], ['idle', 'Reset', '']);
    assert.equal((await run(reader, 'one', '<?php echo 3;')).out, '3');
    await reader.click('#one #edit');
    assert.equal((await shown(reader, 'one')).code, CODE.loop);
});

/** As Livewire does: the event, the HTML of the whole page as text, another page, and the text when the reader goes back. */
const leaveAsLivewire = (reader) => reader.evaluate(() => {
    document.dispatchEvent(new CustomEvent('livewire:navigating', { cancelable: true, bubbles: true }));
    window.html = document.documentElement.outerHTML;
    document.body.replaceWith(document.createElement('body'));
});
const returnAsLivewire = (reader) => reader.evaluate(() => document.body.replaceWith(document.adoptNode(new DOMParser().parseFromString(window.html, 'text/html').body)));

test('life: the HTML that Livewire keeps is the page’s own, and edits come back with it', async () => {
    const reader = await visitSnippet('profile="php" wire:ignore', CODE.map, expected(RECORDED));
    await run(reader, 'one', '<?php\necho 1;\nundef();');
    await leaveAsLivewire(reader);
    assert.doesNotMatch(await reader.evaluate(() => window.html), /undef|state=|tokens/);
    await returnAsLivewire(reader);
    await reader.waitForFunction(() => document.getElementById('one').changed);
    const { code, state, edit, note, recorded } = await shown(reader, 'one');
    assert.deepEqual([code, state, edit, note, recorded], ['<?php\necho 1;\nundef();', 'idle', 'Reset', 'recorded', RECORDED]);
    await reader.click('#one #edit');
    assert.equal((await shown(reader, 'one')).code, CODE.map);
});

const livewire = fileURLToPath(new URL('../../../../laravel/demo/vendor/livewire/livewire/dist/livewire.js', import.meta.url));

test('life: Livewire itself, away and back', async (t) => {
    if (!existsSync(livewire)) return t.skip('laravel/demo/vendor has no Livewire');
    const script = `<script src="/livewire.js" data-csrf="" data-update-uri="/livewire/update" data-navigate-once="true" defer></script><script src="/dist/exrun.js"${onScript} defer></script>`;
    // Livewire puts a style sheet into the page, and evaluates the attributes of its elements.
    world.site.policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-eval'";
    Object.assign(world.site.pages, { '/livewire.js': await readFile(livewire, 'utf8'), '/other': page(`<a wire:navigate id="back" href="/">back</a>${snippet('id="two" profile="php" wire:ignore', '<?php echo 2;')}`, { script }) });
    const reader = await visitPage(`<a wire:navigate id="away" href="/other">away</a>${snippet('id="one" profile="php" wire:ignore', CODE.loop, expected('still here'))}`, {}, { script });
    const endless = '<?php\nwhile (true) { echo "x"; usleep(50000); }';
    await setCode(reader, 'one', endless);
    await reader.click('#one #run');
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('out')?.textContent.includes('x'));
    await reader.click('#away');
    await reader.waitForSelector('#two');
    assert.equal((await run(reader, 'two')).out, '2');
    assert.equal(world.site.requests.filter((one) => one.startsWith('DELETE')).length, 1, 'the run of the page before has ended');
    assert.equal(world.site.requests.filter((one) => one === 'GET /other').length, 1, 'Livewire fetched the page');
    await reader.goBack();
    await reader.waitForFunction(() => document.getElementById('one')?.changed);
    const { code, state, edit, run: button, note, recorded } = await shown(reader, 'one');
    assert.deepEqual([code, state, edit, button, note, recorded], [endless, 'idle', 'Reset', 'Run', 'recorded', 'still here']);
    assert.equal((await run(reader, 'one', '<?php echo 3;')).out, '3');
    await reader.click('#one #edit');
    assert.equal((await shown(reader, 'one')).code, CODE.loop);
    // The page left its stream first, so its run can have ended when its DELETE comes.
    const late = reader.errors.filter((one) => one.includes('404'));
    assert.ok(late.length <= 1, late.join());
    assert.deepEqual(reader.errors.filter((one) => !late.includes(one)), []);
    return undefined;
});

test('life: a script that comes with a later page finds its settings when there is no current script', async () => {
    const reader = await visitPage('<p>A page without a snippet.</p>', {}, { script: '' });
    await reader.evaluate((html) => {
        document.body.setHTMLUnsafe(html);
        document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: '/dist/exrun.js' }));
        document.head.lastChild.dataset.server = '/stand-in/instant/runs';
    }, HTML);
    await reader.waitForFunction(() => customElements.get('exrun-snippet'));
    assert.equal((await run(reader, 'one')).out, 'hello\n');
    assert.deepEqual(reader.errors, []);
});

test('life: a site changes texts, also those that are on the page already', async () => {
    const reader = await visitPage(HTML);
    await reader.evaluate(() => { customElements.get('exrun-snippet').text = { run: 'Los', none: 'Nichts.' }; });
    assert.equal((await shown(reader, 'one')).run, 'Los');
    assert.equal((await run(reader, 'one', '<?php ;')).foot, 'Nichts.');
});

test('life: another editor behind the same five functions', async () => {
    const reader = await visitPage(snippet('id="one" profile="php" editor="mine"', '<?php echo 1;'));
    const calls = await reader.evaluate(async () => {
        const seen = [];
        customElements.get('exrun-snippet').editors.mine = ({ place, code, caret, onChange }) => {
            seen.push(['open', place.element.id, code, caret]);
            let text = code;
            window.type = (value) => onChange(text = value);
            return { text: () => text, setText: (value) => { seen.push(['setText', value]); text = value; }, mark: (line) => seen.push(['mark', line]) && null, close: () => seen.push(['close']) };
        };
        const element = document.getElementById('one');
        await element.edit();
        window.type('<?php\nundef();');
        await element.run();
        await element.reset();
        return seen;
    });
    assert.deepEqual(calls.filter(([name, line]) => name !== 'mark' || line > 0), [['open', 'one', '<?php echo 1;', undefined], ['mark', 2], ['setText', '<?php echo 1;']]);
});

test('life: attributes can change', async () => {
    const reader = await visitPage(HTML);
    await reader.evaluate(() => {
        const element = document.getElementById('one');
        element.setAttribute('language', 'PHP 9');
        element.setAttribute('stdin', 'hello');
    });
    assert.equal(await reader.locator('#one #language').innerText(), 'PHP 9');
    assert.equal(await reader.inputValue('#one #stdin'), 'hello');
    await reader.evaluate(() => document.getElementById('one').setAttribute('readonly', ''));
    assert.equal((await shown(reader, 'one')).edit, '');
    assert.equal((await run(reader, 'one')).out, '42');
});

test('life: a page without storage still works', async () => {
    world.site.pages['/'] = page(HTML);
    const reader = await visit(world.browser, 'about:blank');
    await reader.addInitScript(() => Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied'); } }));
    await reader.goto(`${world.site.url}/`);
    assert.equal((await run(reader, 'one', '<?php echo 7;')).out, '7');
    assert.deepEqual(reader.errors, []);
});
