// SPDX-License-Identifier: MIT
// docs/page.md is true: its tables have what the sources read and send, and its blocks do what it says.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import { attributesOf } from '../../adapters/info.js';
import vitepress from '../../adapters/vitepress.js';

const WEB = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, WEB), 'utf8');
const sources = readdirSync(new URL('src/', WEB), { recursive: true }).filter((name) => name.endsWith('.js')).map((name) => read(`src/${name}`)).join('');
const page = read('../docs/page.md'), types = read('exrun.d.ts');

/** Returns the text under a heading. */
function section(document, heading) {
    return document.split(`\n## ${heading}\n`)[1].split('\n## ')[0];
}

/** Returns the code in the first column of the tables in a text. */
function firstColumn(text) {
    return [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell]) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]));
}

function found(text, pattern) {
    return [...new Set([...text.matchAll(pattern)].map((match) => match[1]))];
}

for (const [name, document] of [['docs/page.md', page], ['web/README.md', read('README.md')]]) {
    test(`${name} has the attributes that the sources read, and no others`, () => {
        const isRead = new Set([...found(sources, /(?:words\(element, |#address\()'([\w-]+)'/g), ...found(sources, /(?:get|has)Attribute\('([\w-]+)'\)/g), ...found(sources, /etting\('([\w-]+)'\)/g), 'id']);
        const said = firstColumn(section(document, 'Attributes')).map((one) => one.replace(/=.*/, ''));
        assert.deepEqual([...isRead].filter((one) => !said.includes(one)), [], 'not in the document');
        assert.deepEqual(said.filter((one) => !isRead.has(one)), [], 'not in the sources');
    });
}

test('the document has all events and members', () => {
    const said = firstColumn(section(page, 'From a script')).map((one) => one.replace(/\(.*/, '')).sort();
    const members = types.split('class ExrunSnippet')[1].split('\n}')[0].replace(/^ +static.*$/gm, '');
    assert.deepEqual(said, [...found(types, /'(exrun:\w+)'/g), ...found(members, /^ {4}(?:readonly )?(\w+)[(:]/gm)].sort());
});

test('the document has the variables and parts of the styles', () => {
    const styles = readdirSync(new URL('src/style/', WEB)).map((name) => read(`src/style/${name}`)).join('');
    const said = section(page, 'Style');
    assert.deepEqual(found(said, /`(--exrun-[\w-]+)`/g).sort(), found(styles, /(--exrun-[\w-]+)/g).sort());
    assert.deepEqual(found(said.split('The parts')[1], /`(\w+)`/g).sort(), found(sources, /part: '(\w+)'/g).sort());
});

test('the document has the words of an info string', () => {
    const words = firstColumn(section(page, 'Markdown'));
    const attributes = attributesOf(`php ${words.map((word) => (word === 'output' ? 'output=text' : word)).join(' ')}`);
    assert.deepEqual(Object.keys(attributes).map((name) => name.replace('profile', 'run')).sort(), words.sort());
});

test('the fences of the document become a snippet with recorded output', () => {
    const markdown = found(section(page, 'Markdown'), /^((?: {4}.*\n|\n(?= ))+)/gm)[0].replace(/^ {4}/gm, '');
    assert.match(new MarkdownIt().use(vitepress).render(markdown), /^<exrun-snippet .* id="map">[^]*echo 6 \* 7;[^]*<pre slot="expected" v-pre>42\n<\/pre><\/exrun-snippet>\n$/);
});

test('the files that the document names exist', () => {
    const files = found(page, /exrun\/([\w-]+\.(?:js|css))["']/g);
    assert.deepEqual(files.sort(), ['exrun.js', 'html.js', 'mdbook.js', 'reserve.css']);
    for (const file of files) assert.ok(['dist', 'adapters'].some((directory) => existsSync(new URL(`${directory}/${file}`, WEB))), file);
});

for (const tool of ['VitePress', 'Docusaurus']) {
    test(`the configuration of ${tool} in the document`, async () => {
        const block = /^```js\n(.*?)^```$/ms.exec(section(page, tool))[1];
        const resolved = block.replace(/'(exrun-snippet\/.*?)'/, (_, name) => JSON.stringify(import.meta.resolve(name)));
        const { default: config } = await import(`data:text/javascript,${encodeURIComponent(resolved)}`);
        if (tool === 'VitePress') {
            assert.match(new MarkdownIt().use(config.markdown.config).render('```php run\n1\n```'), /^<exrun-snippet/);
            assert.ok(config.vue.template.compilerOptions.isCustomElement('exrun-snippet'));
        } else {
            const tree = { children: [{ type: 'code', lang: 'php', meta: 'run', value: '1' }] };
            config.presets[0][1].docs.beforeDefaultRemarkPlugins[0]()(tree);
            assert.equal(tree.children[0].name, 'exrun-snippet');
        }
    });
}
