// SPDX-License-Identifier: MIT
// W10: pages as mdBook, VitePress, Docusaurus and an editor of plain HTML write them.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import vitepress from '../../../adapters/vitepress.js';
import { run, shown } from '../reader.js';
import { visitPage, world } from '../world.js';

const MARKDOWN = '```php run id=one\n<?php\necho 6 * 7;\n```\n\n```output\n42\n```\n';
const adapter = (name) => readFile(new URL(`../../../adapters/${name}.js`, import.meta.url), 'utf8');

async function holds(reader) {
    const before = await shown(reader, 'one');
    assert.deepEqual([before.code, before.note, before.recorded.trim()], ['<?php\necho 6 * 7;', 'recorded', '42']);
    assert.equal((await run(reader, 'one')).note, 'as recorded');
    assert.equal((await run(reader, 'one', '<?php echo 43;')).out, '43');
    await reader.click('#one #edit'); // Reset
    await reader.click('#one #edit');
    await reader.waitForSelector('#one textarea');
    assert.equal(await reader.evaluate(() => document.getElementById('one').hasAttribute('plain')), false, 'the lines of the editor match');
    assert.deepEqual(reader.errors, []);
}

test('W10: plain HTML', async () => {
    await holds(await visitPage('<exrun-snippet id="one" profile="php"><pre>&lt;?php\necho 6 * 7;\n</pre><p slot="label">Output:</p><pre slot="expected">42</pre></exrun-snippet>'));
});

test('W10: mdBook', async () => {
    Object.assign(world.site.pages, { '/exrun/mdbook.js': await adapter('mdbook'), '/exrun/info.js': await adapter('info') });
    const buttons = '<div class="buttons"><button class="fa fa-copy clip-button" title="Copy"><i class="tooltiptext"></i></button></div>';
    const reader = await visitPage(`<pre>${buttons}<code class="language-php run id=one hljs"><span class="hljs-meta">&lt;?php</span>\n<span class="hljs-keyword">echo</span> 6 * 7;\n</code></pre>
        <pre>${buttons}<code class="language-output hljs">42\n</code></pre>`, {}, { script: '<script src="/dist/exrun.js" defer></script><script src="/exrun/mdbook.js" type="module"></script>' });
    await reader.waitForSelector('#one');
    await holds(reader);
});

test('W10: VitePress', async () => {
    const md = new MarkdownIt({ highlight: (code) => `<pre class="shiki" v-pre=""><code>${code.trimEnd().split('\n').map((line) => `<span class="line"><span style="">${md.utils.escapeHtml(line)}</span></span>`).join('\n')}</code></pre>` });
    md.use((it) => {
        // As VitePress wraps each fence.
        const fence = it.renderer.rules.fence;
        it.renderer.rules.fence = (...all) => `<div class="language-php vp-adaptive-theme"><button title="Copy Code" class="copy"></button><span class="lang">php</span>${fence(...all)}</div>`;
    }).use(vitepress);
    await holds(await visitPage(md.render(MARKDOWN).replaceAll(' style=""', '')));
});

test('W10: Docusaurus', async () => {
    const line = (html) => `<span class="token-line"><span class="token plain">${html}</span><br></span>`;
    await holds(await visitPage(`<exrun-snippet profile="php" id="one"><div class="language-php codeBlockContainer theme-code-block"><div class="codeBlockContent">
        <pre tabindex="0" class="prism-code language-php codeBlock thin-scrollbar"><code class="codeBlockLines">${line('&lt;?php')}${line('echo 6 * 7;')}</code></pre>
        <div class="buttonGroup"><button type="button" aria-label="Copy code to clipboard"></button></div></div></div><pre slot="expected">42</pre></exrun-snippet>`));
});
