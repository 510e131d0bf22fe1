// SPDX-License-Identifier: MIT
// W10: articles as mdBook, VitePress, Docusaurus and a generator of plain HTML write them. tests/adapters/ has their HTML.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { run, setCode, shown } from '../reader.js';
import { visitPage, world } from '../world.js';

const text = (path) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8');
const PRICES = "<?php\n$prices = ['tea' => 3.20, 'cake' => 4.50];\nforeach ($prices as $name => $price) {\n    echo \"$name {$price}\\n\";\n}";
const EXRUN = '<script src="/dist/exrun.js" data-server="/stand-in/instant/runs" defer></script>';

/** Opens an article. @adapter is the script that makes its blocks snippets, if that is done in the browser. */
async function visitArticleOf(tool, adapter) {
    world.site.policy = "default-src 'self'; style-src 'self' 'unsafe-inline'"; // these tools write styles into the page
    for (const name of ['html', 'info', 'mdbook']) world.site.pages[`/exrun/${name}.js`] = await text(`adapters/${name}.js`);
    const script = adapter ? `${EXRUN}<script src="/exrun/${adapter}.js" type="module"></script>` : EXRUN;
    const reader = await visitPage(await text(`tests/adapters/${tool}.html`), {}, { script });
    await reader.waitForSelector('#map #run');
    return reader;
}

function htmlOf(reader, id) {
    return reader.evaluate((name) => document.querySelector(`#${name} code`).innerHTML, id);
}

/** Returns the last request that came. */
function sent() {
    return JSON.parse(world.site.bodies.at(-1));
}

/** The first snippet of each article: its code, its recorded output, its highlighting, a run, and the editor. */
async function holds(reader, code, profile = 'php') {
    const before = await shown(reader, 'map'), html = await htmlOf(reader, 'map');
    assert.deepEqual([before.code, before.note, before.recorded.trim()], [code, 'recorded', 'hello']);
    const after = await run(reader, 'map');
    assert.deepEqual([after.note, after.recorded.trim()], ['as recorded', 'hello']);
    assert.deepEqual([sent().profile, sent().source], [profile, `${code}\n`]);
    assert.equal(await htmlOf(reader, 'map'), html, 'the site’s highlighting');
    await setCode(reader, 'map', '<?php echo 43;');
    await reader.click('#map #edit'); // Reset
    assert.equal(await htmlOf(reader, 'map'), html);
    await reader.click('#map #edit');
    await reader.waitForSelector('#map textarea');
    assert.equal(await reader.evaluate(() => document.getElementById('map').hasAttribute('plain')), false, 'the lines of the editor match');
    assert.equal(await reader.locator('main').getByText('not to be run').evaluate((one) => one.closest('exrun-snippet')), null);
}

test('W10: plain HTML', async () => {
    const reader = await visitArticleOf('html', 'html');
    await holds(reader, '<?php\necho "hello\\n";');
    assert.deepEqual(sent().labels, { example: 'maps/first' });
    const [second, ...others] = await reader.evaluate(() => [...document.querySelectorAll('exrun-snippet')].slice(1).map((one) => one.cloneNode(false).outerHTML));
    assert.deepEqual([second, others.length], ['<exrun-snippet profile="python" args="a"></exrun-snippet>', 0]);
    assert.equal(await reader.evaluate(() => document.querySelectorAll('exrun-snippet')[1].closest('pre')), null, 'its bar is outside of both <pre>');
    assert.equal(await reader.evaluate(() => document.querySelectorAll('exrun-snippet')[1].code), 'import sys');
    assert.deepEqual(reader.errors, []);
});

test('W10: mdBook', async () => {
    const reader = await visitArticleOf('mdbook', 'mdbook');
    await holds(reader, PRICES);
    assert.equal(await reader.locator('exrun-snippet .buttons:visible').count(), 0, 'its own buttons');
    assert.equal(await reader.locator('main > pre .buttons:visible').count(), 2, 'those of other blocks');
    assert.deepEqual(reader.errors, []);
});

test('W10: mdBook’s hidden lines are hidden, and run', async () => {
    const reader = await visitArticleOf('mdbook', 'mdbook');
    assert.equal((await run(reader, 'five')).code, 'let x = 5;\nprintln!("{x}");');
    assert.equal(sent().source, '#![allow(unused)]\nfn main() {\nlet x = 5;\nprintln!("{x}");\n}\n');
    const { code } = await run(reader, 'greet');
    assert.deepEqual([code, await reader.locator('#greet code').innerText()], ['def f():\n    word = "hello"\n    return word', 'def f():\n    word = "hello"\n    return word\n']);
    assert.deepEqual([sent().source, sent().stdin_open], [`import sys\n\n${code}\nprint(f())\n\n`, true]);
});

test('W10: mdBook’s keys do nothing while a reader writes', async () => {
    const reader = await visitArticleOf('mdbook', 'mdbook');
    await reader.evaluate(() => {
        window.keys = [];
        document.addEventListener('keydown', (event) => window.keys.push(event.key));
    });
    await reader.click('#map #edit');
    await reader.waitForSelector('#map textarea');
    await reader.keyboard.press('ArrowRight');
    await reader.keyboard.type('s');
    assert.deepEqual(await reader.evaluate(() => window.keys), []);
    assert.match((await shown(reader, 'map')).code, /s/);
});

/** Shows the article behind the link as frameworks do: its elements are created, filled, and put in place of the first ones. */
async function follow(reader, tool) {
    await reader.evaluate((html) => {
        const create = (node) => {
            if (node.nodeType !== Node.ELEMENT_NODE) return node.cloneNode();
            const element = document.createElement(node.localName);
            for (const { name, value } of node.attributes) element.setAttribute(name, value);
            element.append(...[...node.childNodes].map(create));
            return element;
        };
        const next = new DOMParser().parseFromString(html, 'text/html').body;
        document.querySelector('main').replaceChildren(...[...next.childNodes].map(create));
    }, await text(`tests/adapters/${tool}-next.html`));
    await reader.waitForSelector('#greet #run');
}

for (const tool of ['vitepress', 'docusaurus']) {
    test(`W10: ${tool}`, async () => {
        const reader = await visitArticleOf(tool);
        await holds(reader, PRICES);
        assert.deepEqual(reader.errors, []);
    });

    test(`W10: ${tool}: the next article, with numbers of lines`, async () => {
        const reader = await visitArticleOf(tool);
        await run(reader, 'map');
        await follow(reader, tool);
        const html = await htmlOf(reader, 'greet');
        const { code, out } = await run(reader, 'greet');
        assert.deepEqual([code, out], ['name = input("Name? ")\nif name:\n    print(f"Hello {name}")', 'hello\n']);
        assert.deepEqual([sent().profile, sent().stdin_open, await htmlOf(reader, 'greet')], ['python', true, html]);
        assert.deepEqual(reader.errors, []);
    });
}
