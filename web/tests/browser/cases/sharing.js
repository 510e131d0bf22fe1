// SPDX-License-Identifier: MIT
// W5: a shared link shows code, says where it came from, and never runs by itself.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { ARTICLE, page, snippet } from '../pages.js';
import { run, setCode, shown, visit } from '../reader.js';
import { way } from '../way.js';
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
    assert.ok(!world.site.requests.some((one) => one.includes(way.runs)), 'nothing was run');
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
    assert.match((await shown(reader, 'map')).say, /this page does not show/);
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

/** Returns a fragment for a snippet, with any content. */
async function fragmentOf(name, content) {
    const bytes = Buffer.from(await new Response(new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream('deflate-raw'))).arrayBuffer());
    return `#run:${name}=${bytes.toString('base64url')}`;
}

test('W5: a link sets only code that the reader sees and may change', async () => {
    const body = ['', 'id="seen"', 'id="hidden" hidden', 'id="fixed" readonly'].map((attributes) => snippet(`profile="php" ${attributes}`, '<?php echo 1;')).join('')
        + `<div hidden>${snippet('profile="php" id="inside"', '<?php echo 1;')}</div>`;
    const rows = [['', /damaged/], ['hidden', /this page does not show/], ['inside', /this page does not show/], ['fixed', /can’t be changed/]];
    for (const [name, wanted] of rows) {
        const reader = await follow(`${world.site.url}/${await fragmentOf(name, { code: '<?php evil();' })}`, body);
        const found = await reader.evaluate(() => [...document.querySelectorAll('exrun-snippet')].map((one) => [one.code, one.shadowRoot.getElementById('sentence')?.textContent ?? '']));
        assert.deepEqual(found.map(([code]) => code), Array(5).fill('<?php echo 1;'), name);
        assert.match(found.map(([, say]) => say).join(''), wanted, name);
    }
});

test('W5: where code came from is said as long as it is there, after a reload and without the link, too', async () => {
    const reader = await follow(`${world.site.url}/${await fragmentOf('loop', { code: '<?php echo 2;' })}`);
    await setCode(reader, 'loop', '<?php echo 2, 3;');
    for (let i = 0; i < 2; i++) {
        await reader.goto('about:blank');
        await reader.goto(`${world.site.url}/`);
        await reader.waitForFunction(() => document.getElementById('loop').code === '<?php echo 2, 3;');
        assert.match((await shown(reader, 'loop')).say, /came with a link/);
    }
    await reader.click('#loop #edit');
    assert.equal((await shown(reader, 'loop')).say, '');
    await setCode(reader, 'loop', '<?php echo "my own";');
    await reader.reload();
    await reader.waitForFunction(() => document.getElementById('loop').code === '<?php echo "my own";');
    assert.equal((await shown(reader, 'loop')).say, '');
});

test('W5: the arguments of a link are shown, and Reset brings back those of the page', async () => {
    const body = snippet('id="one" profile="php" args="a"', '<?php echo 1;'), argsOf = (reader) => reader.evaluate(async () => (await document.getElementById('one').request()).args);
    const reader = await follow(`${world.site.url}/${await fragmentOf('one', { code: '<?php echo 2;', args: ['b c'] })}`, body);
    assert.match((await shown(reader, 'one')).say, /Its arguments: \["b c"\]$/);
    assert.deepEqual(await argsOf(reader), ['b c']);
    await reader.click('#one #edit');
    assert.deepEqual(await argsOf(reader), ['a']);
    const odd = await follow(`${world.site.url}/${await fragmentOf('one', { code: '<?php echo 2;', args: ['x', {}] })}`, body);
    assert.deepEqual(await argsOf(odd), ['a']);
});

test('W5: a link that is followed while the page is open', async () => {
    const reader = await visitPage(snippet('id="one" profile="php"', '<?php echo 1;') + snippet('id="two" profile="php" args="own"', '<?php echo 2;'));
    assert.ok(!world.site.requests.some((one) => one.includes('exrun-more')), 'nothing is loaded before');
    const codeIs = (id, code) => reader.waitForFunction(([name, text]) => document.getElementById(name).code === text, [id, code]);
    const fragments = await Promise.all([['one', { code: 'linked' }], ['two', { code: 'linked too', args: ['of the link'] }], ['two', { code: 'third' }], ['three', { code: '' }]].map((row) => fragmentOf(...row)));
    await reader.evaluate((fragment) => { location.hash = fragment; }, fragments[0]);
    await codeIs('one', 'linked');
    assert.deepEqual([(await shown(reader, 'one')).say, (await shown(reader, 'one')).state], ['This code came with a link. Read it before you run it.', 'idle']);
    await reader.evaluate((fragment) => {
        document.body.insertAdjacentHTML('beforeend', `<a id="link" href="${fragment}">a link</a>`);
        document.getElementById('link').click();
    }, fragments[1]);
    await codeIs('two', 'linked too');
    assert.match((await shown(reader, 'two')).say, /Its arguments: \["of the link"\]$/);
    await reader.evaluate((fragment) => { location.hash = fragment; }, fragments[2]);
    await codeIs('two', 'third');
    assert.deepEqual(await reader.evaluate(async () => (await document.getElementById('two').request()).args), ['own'], 'the arguments of the link before are gone');
    await reader.evaluate((fragment) => { location.hash = fragment; }, fragments[3]);
    await reader.waitForFunction(() => document.getElementById('one').shadowRoot.getElementById('sentence').textContent.includes('this page does not show'));
    await reader.evaluate(() => { location.hash = '#two'; });
    await reader.goBack();
    await reader.waitForFunction(() => location.hash.startsWith('#run:three'));
});

test('W5: a link that is followed after a run takes the output away', async () => {
    const reader = await visitPage(snippet('id="one" profile="php" server="/stand-in/instant/runs"', '<?php echo 1;'));
    assert.equal((await run(reader, 'one')).out, 'hello\n');
    await reader.evaluate((fragment) => { location.hash = fragment; }, await fragmentOf('one', { code: 'linked' }));
    await reader.waitForFunction(() => document.getElementById('one').code === 'linked');
    const { out, say, state } = await shown(reader, 'one');
    assert.deepEqual([out, say, state], ['', 'This code came with a link. Read it before you run it.', 'idle']);
});
