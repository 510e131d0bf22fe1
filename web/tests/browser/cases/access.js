// SPDX-License-Identifier: MIT
// W5 and W9: everybody can use it: axe-core finds nothing, names and roles are there, and it fits on a narrow screen.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from '../case.js';
import { expected, snippet } from '../pages.js';
import { PHONE, run, visit } from '../reader.js';
import { scriptTag } from '../way.js';
import { visitArticle, visitPage, visitSnippet, world } from '../world.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS = { light: {}, dark: { colorScheme: 'dark' }, phone: PHONE, 'phone, dark': { ...PHONE, colorScheme: 'dark' }, 'forced colours': { forcedColors: 'active' } };

async function findings(reader) {
    await reader.evaluate(axe);
    const { violations } = await reader.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target.join(' ')} ${node.any[0]?.message ?? ''}`).join('; ')}`);
}

for (const [name, options] of Object.entries(LOOKS)) {
    test(`W5: axe-core finds nothing: ${name}`, async () => {
        const reader = await visitArticle({ ...options, bypassCSP: true });
        assert.deepEqual(await findings(reader), [], 'before it is used');
        await run(reader, 'map', '<?php\n// a comment\nfunction f() { return "text" . 42; }\necho true, PHP_EOL;\nundefd();');
        await run(reader, 'colours', "for i in 0 1 2 3 4 5 6 7; do printf '\\e[3%smcolour\\e[0m \\e[9%smbright\\e[0m ' $i $i; done; printf '\\e[2mdim\\e[0m'; echo oh >&2");
        for (const id of ['table', 'plot', 'words']) await run(reader, id);
        await reader.click('#ask #run');
        await reader.waitForSelector('#ask #answer');
        await reader.click('#cart #edit');
        await reader.waitForSelector('#cart textarea');
        await reader.click('#loop #run');
        await reader.waitForTimeout(400);
        assert.deepEqual(await findings(reader), [], 'while it is used');
    });
}

/** Returns the luminance of the paper, and of the text and the background of each of the 16 colours, as a screen shows them. */
function luminances(reader) {
    return reader.evaluate(() => {
        const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });
        const luminanceOf = (...colours) => {
            for (const colour of colours) {
                context.fillStyle = colour;
                context.fillRect(0, 0, 1, 1);
            }
            const [red, green, blue] = [...context.getImageData(0, 0, 1, 1).data].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
            return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const paper = getComputedStyle(document.body).backgroundColor, out = document.getElementById('one').shadowRoot.getElementById('out');
        const styleOf = (name) => getComputedStyle(out.querySelector(`.${name}`));
        const all = [...Array(16).keys()];
        return { paper: luminanceOf(paper), ink: luminanceOf(paper, getComputedStyle(out).color), fore: all.map((i) => luminanceOf(paper, styleOf(`fore${i}`).color)), back: all.map((i) => luminanceOf(paper, styleOf(`back${i}`).backgroundColor)) };
    });
}

for (const colorScheme of ['light', 'dark']) {
    test(`W6: bright colours are lighter than the plain ones, and can be read: ${colorScheme}`, async () => {
        const reader = await visitSnippet('profile="bash"', "for i in 0 1 2 3 4 5 6 7; do for at in 3 9 4 10; do printf '\\e[%sm%s\\e[0m ' $at$i $at$i; done; done", '', { colorScheme });
        await run(reader, 'one');
        const { paper, ink, fore, back } = await luminances(reader);
        const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        for (const [i, luminance] of fore.entries()) assert.ok(contrast(luminance, paper) >= 4.5, `text ${i}: ${contrast(luminance, paper)}`);
        for (const [i, luminance] of back.entries()) assert.ok(contrast(luminance, ink) >= 4.5, `background ${i}: ${contrast(luminance, ink)}`);
        for (let i = 0; i < 8; i++) {
            assert.ok(fore[i + 8] > fore[i] * 1.05, `text ${i}: ${fore[i]}, bright ${fore[i + 8]}`);
            assert.ok(back[i + 8] > back[i] * 1.02, `background ${i}: ${back[i]}, bright ${back[i + 8]}`);
        }
    });
}

test('W9: the editor has a name, a role, a value and a way out', async () => {
    const reader = await visitArticle();
    await reader.click('#map #edit');
    await reader.waitForSelector('#map textarea');
    const session = await reader.context().newCDPSession(reader);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const box = nodes.find((node) => node.role?.value === 'textbox' && !node.ignored && node.value?.value.startsWith('<?php'));
    assert.equal(box.name.value, 'Code, can be edited');
    assert.equal(box.description.value, 'Escape, then Tab, leaves the code.');
    const group = nodes.filter((node) => node.role?.value === 'group' && node.name?.value === 'Code, can be edited' && !node.ignored);
    assert.equal(group.length, 7, 'the page’s own code is hidden only while its editor is open');
});

test('W5: 320 pixels wide, nothing makes the page scroll sideways', async () => {
    const reader = await visitArticle({ viewport: { width: 320, height: 600 } });
    await run(reader, 'map', '<?php\necho str_repeat("long ", 100), str_repeat("x", 300);\nundefd();');
    for (const id of ['colours', 'plot', 'table']) await run(reader, id);
    await reader.click('#ask #run');
    await reader.waitForSelector('#ask #answer');
    assert.equal(await reader.evaluate(() => document.documentElement.scrollWidth), 320);
});

test('W5: text of twice the size, and nothing makes the page scroll sideways', async () => {
    const reader = await visitArticle({ viewport: { width: 640, height: 600 } });
    await reader.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('html { font-size: 200%; } body { font-size: 34px; }');
        document.adoptedStyleSheets.push(sheet);
    });
    await run(reader, 'map', '<?php\necho str_repeat("long ", 100), str_repeat("x", 300);\nundefd();');
    assert.equal(await reader.evaluate(() => document.documentElement.scrollWidth), 640);
});

test('W5: text from right to left', async () => {
    world.site.pages['/rtl'] = `<!DOCTYPE html><html lang="ar" dir="rtl"><title>a</title>${scriptTag()}<main><exrun-snippet id="map" profile="php"><pre dir="ltr">&lt;?php echo 1;</pre></exrun-snippet></main>`;
    const reader = await visit(world.browser, `${world.site.url}/rtl`);
    await run(reader, 'map');
    const [bar, button] = await reader.evaluate(() => ['bar', 'run'].map((id) => document.getElementById('map').shadowRoot.getElementById(id).getBoundingClientRect().right));
    assert.ok(bar - button < 20, 'Run is at the right');
});

test('W5: less motion for readers who want less', async () => {
    const reader = await visitArticle({ reducedMotion: 'reduce' });
    await reader.click('#loop #run');
    await reader.waitForSelector('#loop .spin');
    assert.equal(await reader.evaluate(() => getComputedStyle(document.getElementById('loop').shadowRoot.querySelector('.spin')).animationDuration), '4s');
});

test('W5: in print there is the code and the output, without controls', async () => {
    const reader = await visitArticle();
    await run(reader, 'loop', '<?php echo str_repeat("line\\n", 100);');
    await reader.emulateMedia({ media: 'print' });
    assert.equal(await reader.locator('#loop #bar').isVisible(), false);
    assert.ok((await reader.locator('#loop #out').boundingBox()).height > 1900);
});

test('W5: in print, a field for input is hidden, and so is a question', async () => {
    const reader = await visitArticle();
    await reader.click('#ask #run');
    await reader.waitForSelector('#ask #answer');
    const visible = () => Promise.all(['#words #stdin', '#ask #answer', '#ask #end', '#ask #run'].map((selector) => reader.locator(selector).isVisible()));
    assert.deepEqual(await visible(), [true, true, true, true]);
    await reader.emulateMedia({ media: 'print' });
    assert.deepEqual(await visible(), [false, false, false, false]);
});

test('W5: with forced colours, the line of an error has an outline', async () => {
    const outline = async (options) => {
        const reader = await visitSnippet('profile="php"', '<?php undef();', '', options);
        await run(reader, 'one');
        return reader.evaluate(() => { const { outlineStyle, outlineWidth } = getComputedStyle(document.getElementById('one').shadowRoot.querySelector('.mark')); return [outlineStyle, outlineWidth]; });
    };
    assert.deepEqual(await outline({ forcedColors: 'active' }), ['solid', '2px']);
    assert.equal((await outline({}))[0], 'none');
});

test('W5: in print, recorded output is whole', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 1;', expected('line\n'.repeat(100)));
    const heights = () => reader.evaluate(() => { const { clientHeight, scrollHeight } = document.querySelector('[slot=expected]'); return [clientHeight, scrollHeight]; });
    const [shown, whole] = await heights();
    assert.ok(shown < 400 && whole > 1900, `on the screen: ${shown} of ${whole}`);
    await reader.emulateMedia({ media: 'print' });
    const [printed, needed] = await heights();
    assert.ok(printed > 1900 && printed === needed, `in print: ${printed} of ${needed}`);
});

test('W5: in print, code is whole, also where the site has set its height, and in an open editor', async () => {
    const code = '// a line\n'.repeat(60);
    world.site.pages['/tall.js'] = "const sheet = new CSSStyleSheet(); sheet.replaceSync('exrun-snippet { --exrun-code-height: 100px; --exrun-output-height: 100px; }'); document.adoptedStyleSheets.push(sheet);";
    const reader = await visitPage(`${snippet('id="read" profile="php"', code)}${snippet('id="one" profile="php"', code)}`, {}, { head: '<script src="/tall.js" defer></script>' });
    await reader.click('#one #edit');
    await reader.waitForSelector('#one textarea');
    await run(reader, 'one', `<?php echo str_repeat("line\\n", 100);\n${code}`);
    const heights = () => reader.evaluate(() => [
        document.querySelector('#read pre').clientHeight,
        ...['.stage', '#out'].map((selector) => document.getElementById('one').shadowRoot.querySelector(selector).clientHeight)]);
    for (const height of await heights()) assert.ok(height < 140, `on the screen: ${height}`);
    await reader.emulateMedia({ media: 'print' });
    for (const height of await heights()) assert.ok(height > 1300, `in print: ${height}`);
});
