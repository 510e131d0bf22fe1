// SPDX-License-Identifier: MIT
// W3: hidden code, files, snippets that depend on others, and the line of an error in all of that.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { escaped, snippet } from '../pages.js';
import { run, setCode } from '../reader.js';
import { visitArticle, visitPage, visitSnippet } from '../world.js';

const requestOf = (reader, id = 'one') => reader.evaluate((name) => document.getElementById(name).request(), id);

test('W3: code inside its hidden code', async () => {
    const reader = await visitArticle();
    assert.equal((await run(reader, 'cart')).out, '7.7\n');
    const own = await run(reader, 'cart', 'echo 1;\n$cart->nosuch();');
    assert.match(own.say, /Look at line 2\.$/);
    assert.equal(own.marks, 1);
});

test('W3: an error in the hidden code is not shown as a line of the reader', async () => {
    const reader = await visitPage(`<template id="setup">&lt;?php\nfunction f() { undef(); }\n##CODE##</template>${snippet('id="one" profile="php" template="#setup"', 'f();')}`);
    const { say, marks } = await run(reader, 'one');
    assert.match(say, /Look at a line of the hidden set-up\.$/);
    assert.equal(marks, 0);
});

test('W3: files and arguments', async () => {
    const reader = await visitPage(`<script type="text/plain" id="lib">${'def twice(x): return 2 * x\n'}</script><pre id="data">a,b</pre>
        ${snippet('id="one" profile="python" files="lib.py:#lib, data/in.csv:#data" args="x y"', "import lib, sys\nprint(lib.twice(21), sys.argv[1:], open('data/in.csv').read())")}`);
    assert.equal((await run(reader, 'one')).out, "42 ['x', 'y'] a,b\n");
    const { say, marks } = await run(reader, 'one', 'import lib\nlib.twice()');
    assert.match(say, /line 2/);
    assert.equal(marks, 1);
});

test('W3: an argument with a space, as JSON', async () => {
    const reader = await visitSnippet(`profile="python" args='["a b","c"]'`, 'import sys\nprint(sys.argv[1:])');
    assert.equal((await run(reader, 'one')).out, "['a b', 'c']\n");
});

test('W3: snippets that depend on others, each once, and the line of an error behind them', async () => {
    const reader = await visitPage([
        snippet('id="a" profile="python"', 'a = 20\nlog = ["a"]'), snippet('id="b" profile="python" depends-on="a"', 'b = a + 1\nlog.append("b")'),
        snippet('id="one" profile="python" depends-on="a b"', 'print(a + b + 1, log)'),
    ].join(''));
    assert.equal((await run(reader, 'one')).out, "42 ['a', 'b']\n");
    const { say } = await run(reader, 'one', 'print(1)\nprint(nothing)');
    assert.match(say, /line 2/);
});

test('W3: PHP that depends on PHP has one opening tag', async () => {
    const reader = await visitPage(snippet('id="a" profile="php"', '<?php\n$a = 41;') + snippet('id="one" profile="php" depends-on="a"', '<?php\necho $a + 1;'));
    assert.equal((await run(reader, 'one')).out, '42');
    assert.match((await run(reader, 'one', '<?php\n\nundef();')).say, /line 3\.$/);
});

test('W3: PHP behind PHP that ends outside of its tags keeps its tag', async () => {
    const reader = await visitPage(snippet('id="a" profile="php"', '<?php $a = 41; ?>') + snippet('id="one" profile="php" depends-on="a"', '<?php echo $a + 1;'));
    assert.equal((await run(reader, 'one')).out, '42');
    await setCode(reader, 'a', '<?php $a = "?>"; // ?>\n<p><?= $a ?> and</p>');
    assert.equal((await run(reader, 'one', '<?php echo 1;')).out, '<p>?> and</p>\n1');
});

test('W3: the files of what a snippet depends on are there, and its own ones win', async () => {
    const reader = await visitPage('<pre id="data">1,2</pre><pre id="other">3</pre><pre id="last">4</pre>' + [
        snippet('id="a" profile="python" files="d.txt:#data, e.txt:#data"', 'd = open("d.txt").read()'), snippet('id="b" profile="python" depends-on="a" files="f.txt:#other"', 'f = open("f.txt").read()'),
        snippet('id="one" profile="python" depends-on="b" files="e.txt:#last"', 'print(d, f, open("e.txt").read())'),
    ].join(''));
    assert.equal((await run(reader, 'one')).out, '1,2 3 4\n');
});

test('W3: an error in a snippet that another one depends on is shown there', async () => {
    const reader = await visitPage(snippet('id="a" profile="php" example="lists/first"', '<?php\nfunction f() {\n    undef();\n}') + snippet('id="one" profile="php" depends-on="a"', '<?php f();'));
    const { say, marks } = await run(reader, 'one');
    assert.match(say, /Look at line 3 of the example "lists\/first"\.$/);
    assert.equal(marks, 0);
    await reader.click('#one .line');
    await reader.waitForFunction(() => document.getElementById('a').shadowRoot.querySelectorAll('.mark').length === 1);
    await reader.evaluate(() => { document.getElementById('a').hidden = true; });
    assert.match((await run(reader, 'one')).say, /Look at a line of the hidden set-up\.$/);
});

test('W3: a circle, and what is missing, are said', async () => {
    const reader = await visitPage(`${snippet("id='f' profile=\"php\" args='[broken'", '1')}${snippet('id="a" profile="php" depends-on="b"', '1')}` + snippet('id="b" profile="php" depends-on="a"', '1')
        + snippet('id="c" profile="php" depends-on="nothing"', '1') + snippet('id="d" profile="php" template="#none"', '1') + snippet('id="e" profile="php" files="a.txt:#none"', '1'));
    const say = async (id) => {
        await reader.click(`#${id} #run`);
        return reader.locator(`#${id} #sentence`).innerText();
    };
    assert.equal(await say('a'), 'depends-on of "a" leads back to itself.');
    assert.equal(await say('c'), 'The page has no "nothing", which this example needs.');
    assert.equal(await say('d'), 'The page has no "#none", which this example needs.');
    assert.equal(await say('e'), 'The page has no "#none", which this example needs.');
    assert.equal(await say('f'), 'This example is not set up correctly: its attribute args is not valid: [broken');
});

const WRONG = [['args', '[a, b]'], ['args', '[1]'], ['artifacts', '[x'], ['template', '#1abc'], ['template', "#a'b"], ['files', 'a:#x.y:z('], ['server', 'http://['], ['token-url', 'http://[']];

test('W3: an attribute that is wrong is named', async () => {
    const reader = await visitPage(WRONG.map(([name, value], i) => snippet(`id="s${i}" profile="php" output="image" ${name}="${value}"`, '1')).join(''));
    for (const [i, [name, value]] of WRONG.entries()) {
        await reader.click(`#s${i} #run`);
        assert.equal(await reader.locator(`#s${i} #sentence`).innerText(), `This example is not set up correctly: its attribute ${name} is not valid: ${value}`);
    }
});

test('W3: hidden code without a place for the code is said', async () => {
    const reader = await visitPage(`<template id="setup">1</template>${snippet('id="one" profile="php" template="#setup"', '1')}`);
    await reader.click('#one #run');
    assert.match(await reader.locator('#one #sentence').innerText(), /"##CODE##"/);
});

test('W3: the request has only members that an attribute asks for', async () => {
    const reader = await visitPage(`${snippet('id="one" profile="php"', '<?php 1;')}<exrun-snippet id="two" example="a/b" stdin="hello" output="image"><pre><code class="language-python">${escaped('print(1)')}</code></pre></exrun-snippet>
        ${snippet('id="three" profile="python" stdin="ask" output="image" artifacts="*.png"', 'print(1)')}`);
    assert.deepEqual(await requestOf(reader), { profile: 'php', source: '<?php 1;\n' });
    assert.deepEqual(await requestOf(reader, 'two'), { profile: 'python', source: 'print(1)\n', stdin: 'hello', artifacts: ['*.png', '*.svg'], labels: { example: 'a/b' } });
    assert.deepEqual(await requestOf(reader, 'three'), { profile: 'python', source: 'print(1)\n', stdin_open: true, artifacts: ['*.png'] });
});

test('W3: the input’s field', async () => {
    const reader = await visitArticle();
    await reader.fill('#words #stdin', 'ccc a bb');
    assert.equal((await run(reader, 'words')).out, '1 a\n2 bb\n3 ccc\n');
});

test('W3: a page can look at a run before it starts, and refuse it', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 1;');
    const seen = await reader.evaluate(async () => {
        const element = document.getElementById('one'), events = [];
        for (const name of ['run', 'queued', 'started', 'stdout', 'stderr', 'reading', 'result', 'problem', 'done', 'change']) document.addEventListener(`exrun:${name}`, ({ detail }) => events.push([name, detail]));
        document.addEventListener('exrun:run', (event) => event.preventDefault(), { once: true });
        await element.run();
        const refused = events.splice(0).map(([name]) => name);
        element.code = '<?php echo 2; fwrite(STDERR, "e\n");';
        const result = await element.run();
        return { refused, events: events.map(([name, detail]) => (name === 'stdout' ? `${name} ${detail.text}` : name)), state: element.state, verdict: result.verdict, same: element.result === result };
    });
    assert.deepEqual(seen.refused, ['run']);
    assert.deepEqual(seen.events.filter((name) => name !== 'queued'), ['change', 'run', 'started', 'stdout 2', 'stderr', 'result', 'done']);
    assert.deepEqual([seen.state, seen.verdict, seen.same], ['ok', 'ok', true]);
});

test('W3: readonly code can be run, but not edited', async () => {
    const reader = await visitSnippet('profile="php" readonly', '<?php echo 1;');
    assert.equal((await run(reader, 'one')).edit, '');
    await reader.click('#one pre');
    await reader.keyboard.press('Shift+Tab');
    assert.equal(await reader.locator('#one textarea').count(), 0);
});

test('W3: output="none" shows figures and problems only', async () => {
    const reader = await visitSnippet('profile="php" output="none"', '<?php echo 1;');
    const ok = await run(reader, 'one');
    assert.deepEqual([ok.out, ok.foot], ['', '']);
    assert.match(ok.meta, / ms/);
    assert.match((await run(reader, 'one', '<?php undef();')).say, /undef/);
});
