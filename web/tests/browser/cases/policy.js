// SPDX-License-Identifier: MIT
// W7: a page under "default-src 'self'", and stricter ones, has no errors, and a stranger's page can't reach it.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE, page, snippet } from '../pages.js';
import { run, shown, visit } from '../reader.js';
import { way } from '../way.js';
import { visitArticle, visitPage, visitSnippet, world } from '../world.js';

async function useAll(reader) {
    for (const id of ['colours', 'plot', 'table', 'words']) await run(reader, id);
    await run(reader, 'map', '<?php\necho "\\e[38;5;208mx\\e[0m";\nundefd();');
    await reader.click('#cart #edit');
    await reader.waitForSelector('#cart textarea');
    await reader.keyboard.type('//\n');
    await reader.evaluate(() => document.getElementById('map').share());
    await reader.waitForTimeout(200);
}

test('W7: no error under "default-src \'self\'"', async () => {
    const reader = await visitArticle();
    await useAll(reader);
    assert.deepEqual(reader.errors, []);
    const colour = await reader.evaluate(() => getComputedStyle(document.getElementById('colours').shadowRoot.querySelector('.fore2')).color);
    assert.match(colour, /oklch/);
});

test('W7: nor with Trusted Types, which no policy of ours needs', async () => {
    world.site.policy = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; object-src 'none'";
    const reader = await visitArticle();
    await useAll(reader);
    assert.deepEqual(reader.errors, []);
});

test('W7: a picture comes by its own address', async () => {
    const reader = await visitArticle();
    await run(reader, 'plot');
    const picture = await reader.evaluate(() => { const { tagName, alt, naturalWidth, src } = document.getElementById('plot').shadowRoot.querySelector('.view').firstChild; return { tagName, alt, naturalWidth, path: new URL(src).pathname }; });
    assert.deepEqual({ ...picture, path: picture.path.replace(/runs\/[\w-]+/, 'runs/ID') }, { tagName: 'IMG', alt: 'A blue disc on white', naturalWidth: 160, path: `${way.runs}/ID/artifacts/plot.png` });
});

test('W7: or from the result’s bytes, if the server keeps none', async () => {
    const reader = await visitArticle();
    await reader.route('**/artifacts/**', (route) => route.abort());
    await run(reader, 'plot');
    const picture = await reader.evaluate(() => { const { tagName, role, ariaLabel, width } = document.getElementById('plot').shadowRoot.querySelector('.view').firstChild; return [tagName, role, ariaLabel, width]; });
    assert.deepEqual(picture, ['CANVAS', 'img', 'A blue disc on white', 160]);
});

test('W7: an SVG as a picture, and no picture at all', async () => {
    const svg = "open('a.svg', 'w').write('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><rect width=\"9\" height=\"9\"/></svg>')";
    const reader = await visitSnippet('profile="python" output="image"', svg);
    await run(reader, 'one');
    assert.equal(await reader.evaluate(() => document.getElementById('one').shadowRoot.querySelector('.view img').naturalWidth), 30);
    assert.equal((await run(reader, 'one', 'pass')).foot, 'The program made no picture.');
});

test('W7: a picture that can’t be shown is named, beside those that can', async () => {
    const svg = "open('a.svg', 'w').write('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"/>')";
    const reader = await visitSnippet('profile="python" output="image"', svg);
    await reader.route(/artifacts.*a\.svg/, (route) => route.abort());
    const view = () => reader.evaluate(() => [...document.getElementById('one').shadowRoot.querySelector('.view').children].map((one) => one.alt ?? one.textContent));
    assert.equal((await run(reader, 'one')).foot, '');
    assert.deepEqual(await view(), ['The file a.svg could not be shown as a picture.']);
    await run(reader, 'one', `${svg}\n${svg.replace('a.svg', 'b.svg')}`);
    assert.deepEqual(await view(), ['The file a.svg could not be shown as a picture.', 'Picture made by the program: b.svg']);
});

test('W7: HTML is in a frame that can do nothing', async () => {
    const reader = await visitArticle();
    const { out } = await run(reader, 'table', `print("<p id=p>plain</p><style>p{color:rgb(1,2,3)}</style><script>p.textContent='script'; parent.document.title='reached'</script>")`);
    assert.equal(out.includes('script'), false);
    const frame = await reader.waitForSelector('#table iframe').then((one) => one.contentFrame());
    await frame.waitForSelector('#p');
    assert.equal(await frame.innerText('#p'), 'plain');
    assert.equal(await frame.evaluate(() => getComputedStyle(document.getElementById('p')).color).catch(() => 'rgb(1, 2, 3)'), 'rgb(1, 2, 3)');
    assert.deepEqual(await reader.evaluate(() => { const one = document.getElementById('table').shadowRoot.querySelector('iframe'); return [one.getAttribute('sandbox'), one.contentDocument, one.height]; }), ['', null, '110']);
    assert.equal(await reader.title(), 'Working with arrays');
});

test('W7: the frame has a name', async () => {
    for (const [attribute, name] of [['alt="Two rows"', 'Two rows'], ['', 'Page made by the program']]) {
        const reader = await visitSnippet(`profile="python" output="html" ${attribute}`, 'print("<p>1<p>2")');
        await run(reader, 'one');
        assert.equal(await reader.locator('#one iframe').getAttribute('title'), name);
    }
});

test('W7: its scripts run only if the page says so, and then have no origin', async () => {
    const code = `print("<p id=p>plain</p><script>p.textContent=self.origin; try { parent.document.title='reached' } catch {}</script>")`;
    const reader = await visitSnippet('profile="python" output="html" scripts="allow-scripts"', code);
    await run(reader, 'one');
    const frame = await reader.waitForSelector('#one iframe').then((one) => one.contentFrame());
    await frame.waitForFunction(() => document.getElementById('p')?.textContent === 'null');
    assert.equal(await reader.title(), 'Working with arrays');
});

test('W7: SVG output, and a failed page shows its text', async () => {
    const reader = await visitSnippet('profile="python" output="svg"', `print('<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>')`);
    await run(reader, 'one');
    const frame = await reader.waitForSelector('#one iframe').then((one) => one.contentFrame());
    await frame.waitForSelector('circle', { state: 'attached' });
    const failed = await run(reader, 'one', 'print("<p>half")\nnothing');
    assert.match(failed.out, /^<p>half\n[\s\S]*NameError/);
    assert.equal(await reader.locator('#one iframe').count(), 0);
});

test('W7: a server of another origin, if both sides permit it', async () => {
    const server = world.service.url;
    world.other.policy = `default-src 'self'; connect-src 'self' ${server}; img-src 'self' ${server}; frame-src ${server}`;
    world.other.pages['/'] = page(snippet(`id="one" profile="php" server="${server}/v1/runs"`, '<?php echo 42;') + snippet(`id="plot" profile="python" output="image" artifacts="plot.png" server="${server}/v1/runs"`, CODE.plot)
        + snippet(`id="ask" profile="python" stdin="ask" server="${server}/v1/runs"`, 'print(input())') + snippet(`id="table" profile="python" output="html" server="${server}/v1/runs"`, CODE.table));
    const reader = await visit(world.browser, `${world.other.url}/`);
    // The site's own token must not go to the other server, which would also refuse the header.
    await reader.evaluate(() => document.head.append(Object.assign(document.createElement('meta'), { name: 'csrf-token', content: 'secret' })));
    assert.equal((await run(reader, 'one')).out, '42');
    await run(reader, 'plot');
    assert.equal(await reader.evaluate(() => document.getElementById('plot').shadowRoot.querySelector('.view').firstChild.tagName), 'IMG');
    await run(reader, 'table');
    const frame = await reader.waitForSelector('#table iframe').then((one) => one.contentFrame());
    await frame.waitForSelector('td');
    await reader.click('#ask #run');
    await reader.waitForSelector('#ask #answer');
    await reader.keyboard.type('hi\n');
    await reader.waitForFunction(() => document.getElementById('ask').state === 'ok');
    assert.equal((await shown(reader, 'ask')).out, 'hi\nhi\n');
    assert.deepEqual(reader.errors, []);
});

test('W7: a page of an origin that the server does not know', async () => {
    const server = world.service.url;
    world.site.policy = `default-src 'self'; connect-src 'self' ${server}`;
    const reader = await visitPage(snippet(`id="one" profile="php" server="${server}/v1/runs"`, '<?php echo 42;'));
    assert.match((await run(reader, 'one')).say, /can’t be reached/);
});
