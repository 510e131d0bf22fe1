// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import MarkdownIt from 'markdown-it';
import docusaurus from '../../adapters/docusaurus.js';
import { attributesOf } from '../../adapters/info.js';
import vitepress from '../../adapters/vitepress.js';

test('an info string can’t name a server, a token or scripts', () => {
    assert.equal(attributesOf('php readonly'), null);
    assert.deepEqual(attributesOf('php run readonly id=map stdin="ask" server=//evil token=x token-url=x scripts=allow-scripts allow-scripts onclick=x template=#a {1,2}'),
        { profile: 'php', readonly: '', id: 'map', stdin: 'ask' });
});

test('an info string: quotation marks, the outputs that a page of a stranger can have, and words of the site', () => {
    assert.deepEqual(attributesOf('python run args="a b" output=svg example=x/y'), { profile: 'python', args: 'a b', output: 'svg', example: 'x/y' });
    for (const output of ['html', 'none', '']) assert.deepEqual(attributesOf(`php run output=${output}`), { profile: 'php' });
    for (const info of ['php:line-numbers run {2}', 'php{1,3} run', 'php:no-line-numbers{1} run [two words]']) assert.deepEqual(attributesOf(info), { profile: 'php' }, info);
    for (const info of ['', 'run', 'php [how to run it]', 'php title="how to run it"', 'php running', 'php xrun=run']) assert.equal(attributesOf(info), null, info);
});

test('VitePress: a fence that can be run, with its output', () => {
    const html = new MarkdownIt().use(vitepress).render('```php run id=a<b\n<?php echo 1;\n```\n\n```output\n{{ 1 }}\n```\n\n```php\necho 2;\n```\n\n```output\n3\n```\n');
    assert.match(html, /^<exrun-snippet :profile.attr="'php'" id="a&lt;b"><pre><code class="language-php">&lt;\?php echo 1;\n<\/code><\/pre>\n<pre slot="expected" v-pre>\{\{ 1 \}\}\n<\/pre><\/exrun-snippet>/);
    assert.match(html, /<pre><code class="language-php">echo 2;\n<\/code><\/pre>\n<pre><code class="language-output">3\n/);
});

test('VitePress: the language can’t leave its attribute', () => {
    assert.match(new MarkdownIt().use(vitepress).render('```a\'+alert(1)+\'"> run\n1\n```\n'), /^<exrun-snippet :profile.attr="'a'">/);
});

test('Docusaurus: the same in a tree', () => {
    const code = (lang, meta, value) => ({ type: 'code', lang, meta, value });
    const tree = { children: [code('php', 'run id=map', 'echo 1;'), code('output', null, '1'), { type: 'listItem', children: [code('php', 'run', 'echo 2;')] }, code('php', null, 'echo 3;'), code('output', null, '3'), code(null, null, 'run')] };
    docusaurus()(tree);
    assert.deepEqual(tree.children.map((node) => node.name ?? node.type), ['exrun-snippet', 'listItem', 'code', 'code', 'code']);
    const [snippet, item] = tree.children;
    assert.deepEqual(snippet.attributes.map(({ name, value }) => [name, value]), [['id', 'map']]);
    assert.deepEqual(snippet.children.map((node) => node.value ?? node.attributes.map(({ value }) => value)), ['echo 1;', ['expected', '1']]);
    assert.equal(item.children[0].name, 'exrun-snippet');
});
