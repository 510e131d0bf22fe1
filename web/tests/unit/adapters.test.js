// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import docusaurus from '../../adapters/docusaurus.js';
import { attributesOf } from '../../adapters/info.js';
import vitepress from '../../adapters/vitepress.js';

test('an info string can’t name a server, a token or scripts', () => {
    assert.equal(attributesOf('php', ['readonly']), null);
    assert.deepEqual(attributesOf('php', ['run', 'readonly', 'id=map', 'stdin="ask"', 'server=//evil', 'token=x', 'allow-scripts', 'onclick=x', '{1,2}']), { profile: 'php', readonly: '', id: 'map', stdin: 'ask' });
});

test('VitePress: a fence that can be run, with its output', () => {
    const html = new MarkdownIt().use(vitepress).render('```php run id=a"b\n<?php echo 1;\n```\n\n```output\n{{ 1 }}\n```\n\n```php\necho 2;\n```\n\n```output\n3\n```\n');
    assert.match(html, /^<exrun-snippet profile="php" id="a&quot;b"><pre><code class="language-php">&lt;\?php echo 1;\n<\/code><\/pre>\n<pre slot="expected" v-pre>\{\{ 1 \}\}\n<\/pre><\/exrun-snippet>/);
    assert.match(html, /<pre><code class="language-php">echo 2;\n<\/code><\/pre>\n<pre><code class="language-output">3\n/);
});

test('Docusaurus: the same in a tree', () => {
    const code = (lang, meta, value) => ({ type: 'code', lang, meta, value });
    const tree = { children: [code('php', 'run id=map', 'echo 1;'), code('output', null, '1'), { type: 'listItem', children: [code('php', 'run', 'echo 2;')] }, code('php', null, 'echo 3;'), code('output', null, '3')] };
    docusaurus()(tree);
    assert.deepEqual(tree.children.map((node) => node.name ?? node.type), ['exrun-snippet', 'listItem', 'code', 'code']);
    const [snippet, item] = tree.children;
    assert.deepEqual(snippet.attributes.map(({ name, value }) => [name, value]), [['profile', 'php'], ['id', 'map']]);
    assert.deepEqual(snippet.children.map((node) => node.value ?? node.children[0].value), ['echo 1;', '1']);
    assert.equal(item.children[0].name, 'exrun-snippet');
});
