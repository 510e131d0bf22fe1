// SPDX-License-Identifier: MIT
// W2: the site's highlighting stays until the first key, whatever HTML it is.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE } from '../pages.js';
import { run, setCode, shown } from '../reader.js';
import { visitArticle, visitPage } from '../world.js';

const TEXT = '<?php\n\necho 1;\necho 2;';
/** How highlighters write four lines. */
const HIGHLIGHTERS = {
    'plain text': '<pre>&lt;?php\n\necho 1;\necho 2;\n</pre>',
    'line breaks as elements': '<pre><code>&lt;?php<br><br>echo 1;<br>echo 2;</code></pre>',
    'a block for each line': '<pre><code><div>&lt;?php</div><div><br></div><div><span>echo</span> 1;</div><div>echo 2;</div></code></pre>',
    'spans that are blocks, as Docusaurus': '<pre><code><span class="block">&lt;?php<br></span><span class="block"><br></span><span class="block">echo 1;<br></span><span class="block">echo 2;<br></span></code></pre>',
    'a span for each line, as Shiki': '<pre><code><span class="line">&lt;?php</span>\n<span class="line"></span>\n<span class="line">echo 1;</span>\n<span class="line">echo 2;</span></code></pre>',
    'line numbers in a table': '<pre><code><table><tr><td class="hljs-ln-numbers">1</td><td>&lt;?php</td></tr><tr><td class="hljs-ln-numbers">2</td><td>\n</td></tr><tr><td class="hljs-ln-numbers">3</td><td>echo 1;</td></tr><tr><td class="hljs-ln-numbers">4</td><td>echo 2;</td></tr></table></code></pre>',
    'line numbers beside it': '<pre><button>Copy</button><span class="line-numbers-rows" aria-hidden="true"><span>1</span></span><code>&lt;?php\n\necho 1;\necho 2;</code></pre>',
    'line numbers in it': '<pre><code><span class="lineno">1 </span>&lt;?php\n<span class="lineno">2 </span>\n<span class="lineno">3 </span>echo 1;\n<span class="lineno">4 </span>echo 2;</code></pre>',
    'a wrapper around it': '<div class="highlight"><pre><code>&lt;?php\n\necho 1;\necho 2;\n</code></pre></div>',
};

for (const [name, html] of Object.entries(HIGHLIGHTERS)) {
    test(`W2: the lines of the code are kept: ${name}`, async () => {
        const reader = await visitPage(`<exrun-snippet id="one" profile="php">${html}</exrun-snippet>`);
        await reader.evaluate(() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync('.block{display:block}');
            document.adoptedStyleSheets.push(sheet);
        });
        assert.equal((await shown(reader, 'one')).code, TEXT);
        assert.equal((await run(reader, 'one')).out, '12');
        await reader.evaluate(() => document.getElementById('one').mark(4));
        const [mark, line] = await reader.evaluate(() => {
            const range = document.createRange();
            const walker = document.createTreeWalker(document.querySelector('#one pre'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) if (walker.currentNode.data.includes('2;')) range.selectNode(walker.currentNode);
            return [document.getElementById('one').shadowRoot.querySelector('.mark'), range].map((one) => one.getClientRects()[0].bottom);
        });
        const bottom = await reader.evaluate(() => document.querySelector('#one pre').getBoundingClientRect().bottom);
        assert.ok(mark <= bottom + 1 && mark > line - 40, `${mark} ${line} ${bottom}`);
    });
}

test('W2: the highlighting stays when a reader goes into the code, and changes with the first key', async () => {
    const reader = await visitArticle();
    const html = () => reader.evaluate(() => document.querySelector('#map code').innerHTML);
    const before = await html();
    await reader.click('#map pre', { position: { x: 40, y: 60 } });
    await reader.waitForSelector('#map textarea');
    assert.equal(await html(), before);
    await reader.keyboard.press('Control+End');
    await reader.keyboard.type('\necho 1;');
    assert.match(await html(), /<span class="token keyword">echo<\/span> <span class="token number">1<\/span>/);
    await reader.click('#map #edit');
    assert.equal(await html(), before);
});

test('W2: a reader types exactly over the page’s own characters', async () => {
    for (const style of ['', 'font-size:19px;line-height:1.9;padding:3px 40px', 'white-space:pre-wrap;width:200px']) {
        const reader = await visitPage(`<style></style><exrun-snippet id="one" profile="python"><pre id="pre"><code>${CODE.ask}</code></pre></exrun-snippet>`);
        await reader.evaluate((text) => { document.getElementById('pre').style.cssText = text; }, style);
        await reader.click('#one #edit');
        await reader.waitForSelector('#one textarea');
        const { isPlain, area, code } = await reader.evaluate(() => {
            const element = document.getElementById('one');
            const field = element.shadowRoot.querySelector('textarea');
            const range = document.createRange();
            range.selectNodeContents(document.querySelector('#pre code'));
            const rect = range.getClientRects()[0], origin = field.getBoundingClientRect(), css = getComputedStyle(field);
            return { isPlain: element.hasAttribute('plain'), area: [origin.left + parseFloat(css.paddingLeft), field.scrollHeight], code: [rect.left, document.getElementById('pre').scrollHeight] };
        });
        assert.equal(isPlain, false, style);
        assert.ok(Math.abs(area[0] - code[0]) < 0.6, `${style}: ${area} ${code}`);
    }
});

test('W2: editor="plain" is a text area without colours', async () => {
    const reader = await visitPage('<exrun-snippet id="one" profile="php" editor="plain"><pre>&lt;?php echo 1;</pre></exrun-snippet>');
    await reader.click('#one #edit');
    await reader.waitForSelector('#one textarea');
    await setCode(reader, 'one', '<?php echo 2;');
    assert.equal(await reader.locator('#one .token').count(), 0);
    assert.equal((await run(reader, 'one')).out, '2');
});
