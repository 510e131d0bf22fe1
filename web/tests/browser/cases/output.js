// SPDX-License-Identifier: MIT
// W6: output as it comes.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { run, shown } from '../reader.js';
import { laravelSite } from '../way.js';
import { visitArticle, visitSnippet } from '../world.js';

const php = (code) => `<?php ${code}`;

test('W6: output comes while the program runs, in its order, with a bar beside errors', async () => {
    const reader = await visitArticle();
    await reader.evaluate(() => {
        const element = document.getElementById('loop');
        window.times = [];
        element.addEventListener('exrun:stdout', () => window.times.push(performance.now()));
    });
    const { html } = await run(reader, 'loop', php('for ($i = 0; $i < 4; $i++) { echo $i, "\\n"; usleep(150000); } fwrite(STDERR, "oh\\n"); usleep(50000); echo "end\\n";'));
    const times = await reader.evaluate(() => window.times);
    assert.ok(times.length >= 4 && times.at(-1) - times[0] > 350, `${times}`);
    assert.equal(html, '<div>0\n1\n2\n3\n</div><div class="error">oh\n</div><div>end\n</div>');
    const bars = await reader.evaluate(() => [...document.getElementById('loop').shadowRoot.getElementById('out').children].map((one) => { const { borderInlineStartStyle, borderInlineStartWidth } = getComputedStyle(one); return `${borderInlineStartStyle} ${borderInlineStartWidth}`; }));
    assert.deepEqual(bars, ['none 0px', 'solid 2px', 'none 0px']);
});

test('W6: a line is never torn by the other stream', async () => {
    const reader = await visitArticle();
    const { out } = await run(reader, 'loop', php('echo "no end"; usleep(60000); fwrite(STDERR, "error\\n"); usleep(60000); echo "more";'));
    assert.equal(out, 'no end\nerror\nmore');
});

test('W6: nothing written', async () => {
    const reader = await visitArticle();
    const { foot, out, meta } = await run(reader, 'loop', php('$a = 1;'));
    assert.deepEqual([foot, out], ['The program wrote nothing.', '']);
    assert.match(meta, / ms/);
});

test('W6: colours, and HTML as text', async () => {
    const reader = await visitArticle();
    const { html } = await run(reader, 'loop', php('echo "\\e[31mred\\e[0m <b>&amp;</b> \\e]0;title\\x07\\e[38;5;208mo\\e[48;2;1;2;3mb\\e[0m\\x01";'));
    assert.match(html, /<span class="fore1">red<\/span> &lt;b&gt;&amp;amp;&lt;\/b&gt; <span style="color: rgb\(255, 135, 0\);">o<\/span>/);
    assert.match(html, /background: rgb\(1, 2, 3\)/);
    assert.match(html, /␁/);
});

test('W6: carriage return and backspace write over a line', async () => {
    const reader = await visitArticle();
    const text = async (code) => (await run(reader, 'loop', php(code))).out;
    assert.equal(await text('echo "10%\\r20%\\r100%\\ndone\\n";'), '100%\ndone\n');
    assert.equal(await text('echo "abc\\rX";'), 'Xbc');
    assert.equal(await text('echo "abc\\rX\\e[K\\n";'), 'X\n');
    assert.equal(await text('echo "abd\\x08c\\n";'), 'abc\n');
    assert.equal(await text('echo "a\\r\\nb\\r\\n";'), 'a\nb\n');
    assert.equal(await text('foreach ([1, 2, 3] as $i) { echo "\\r$i of 3"; usleep(60000); } echo "\\n";'), '3 of 3\n');
    assert.equal(await text('echo "\\e[31mred\\e[0m blue\\rgrey\\n";'), 'greyblue\n');
    assert.equal(await text('echo "12345\\e[3D_\\e[1G*\\n";'), '*2_45\n');
});

/** Seconds of processor that the page's own scripts and rendering have taken so far: a busy machine makes them no longer. */
async function processorTime(reader) {
    const devtools = await reader.context().newCDPSession(reader);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    return async () => (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration').value;
}

test('W6: a mebibyte is shown whole, and the page answers meanwhile', async () => {
    const reader = await visitArticle();
    await reader.evaluate(() => {
        window.turns = [0];
        // What one task of the page has added is reported when it ends.
        new MutationObserver((changes) => window.turns.push(changes.reduce((sum, { addedNodes }) => [...addedNodes].reduce((all, node) => all + node.textContent.length, sum), 0)))
            .observe(document.getElementById('loop').shadowRoot, { childList: true, subtree: true });
    });
    const whole = await run(reader, 'loop', php('for ($i = 0; $i < 65536; $i++) printf("line %010d\\n", $i);'));
    assert.deepEqual([whole.state, whole.out.length, whole.foot], ['ok', 1_048_576, '']);
    assert.match(whole.html, /line 0000065535\n<\/div>$/);
    const most = await reader.evaluate(() => Math.max(...window.turns));
    assert.ok(most > 0 && most <= 2 * 65_536, `${most} characters in one task`);
    const cut = await run(reader, 'loop', php('for ($i = 0; $i < 200000; $i++) echo "line $i\\n";'));
    assert.equal(cut.state, 'output_limit');
    assert.match(cut.say, /Only the start of its output is shown/);
    assert.match(cut.out, /^line 0\n/);
});

test('W6: a mebibyte of steps within lines takes no longer than one of lines', async () => {
    const reader = await visitArticle();
    const now = await processorTime(reader);
    const timeOf = async (unit) => {
        const began = await now();
        const { state } = await run(reader, 'loop', php(`$text = "${unit}"; echo str_repeat($text, intdiv(1048576, strlen($text)));`));
        assert.equal(state, 'ok');
        return await now() - began;
    };
    await timeOf('warm up ');
    const usual = await timeOf('a\\n');
    for (const unit of ['a\\n\\x08', 'row\\n\\r', '\\e[31ma\\e[m', '\\e[31ma\\e[mb', '\\r', 'a\\e[1K']) {
        const time = await timeOf(unit);
        assert.ok(time < 3 * usual, `${unit}: ${time} s, where lines take ${usual} s`);
    }
});

test('W6: a long line that the program returns into', async () => {
    const reader = await visitArticle();
    assert.equal((await run(reader, 'loop', php('echo str_repeat("a", 130000), "\\rb";'))).out.length, 130_000);
    assert.equal((await run(reader, 'loop', php('echo str_repeat("a", 130000), "\\e[K";'))).state, 'ok');
});

test('W6: an error of the page ends a run with a sentence, and the next one shows its output', async () => {
    const reader = await visitArticle();
    await reader.evaluate(() => {
        window.kept = document.createTextNode;
        document.createTextNode = () => { throw new RangeError('a fault'); };
    });
    const { state, say } = await run(reader, 'loop', php('echo "a"; usleep(300000); echo "b";'));
    assert.deepEqual([state, say], ['problem', 'The page could not show the result of this run.']);
    await reader.evaluate(() => { document.createTextNode = window.kept; });
    const next = await run(reader, 'loop', php('echo "c";'));
    assert.deepEqual([next.state, next.out, next.run], ['ok', 'c', 'Run']);
});

test('W6: output that was cut says so', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/cut/runs"', '');
    assert.equal((await run(reader, 'one')).foot, 'The output was longer. This is its start.');
});

test('W6: one very long line', async () => {
    const reader = await visitArticle();
    const { out, state } = await run(reader, 'loop', php('echo str_repeat("abcdefghi ", 50000);'));
    assert.deepEqual([state, out.length], ['ok', 500_000]);
});

test('W6: bytes that are not text', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/bytes/runs"', '');
    assert.equal((await run(reader, 'one')).out, '€\n');
});

test('W6: a run that begins again begins with empty output, and events of a newer server are no harm', async () => {
    const reader = await visitSnippet('profile="php" server="/stand-in/restarted/runs"', '');
    const { out, state } = await run(reader, 'one');
    assert.deepEqual([out, state], ['second\n', 'ok']);
});

test('W6: a compiler’s messages', async () => {
    const reader = await visitSnippet('profile="c"', 'int main(void) {\n    return x;\n}');
    const { say, out, marks, meta } = await run(reader, 'one');
    assert.match(say, /could not be compiled.*line 2\.$/);
    assert.match(out, /main\.c:2:\d+: error/);
    assert.deepEqual([marks, meta], [1, '']);
});

test('W6: an endless loop', async () => {
    const reader = await visitSnippet('profile="php"', '<?php while (true);');
    // So little CPU time that it comes first on a busy machine, too. The routes of a Laravel site have limits of their own.
    if (!laravelSite) await reader.evaluate(() => document.addEventListener('exrun:run', (event) => { event.detail.request.limits = { cpu_ms: 300, wall_ms: 10_000 }; }));
    const { say, state, meta } = await run(reader, 'one');
    assert.equal(state, 'cpu_timeout');
    assert.match(say, /endless loop/);
    assert.match(meta, /^[\d.]+ m?s · /);
});

test('W6: a reader who scrolled up stays there', async () => {
    const reader = await visitSnippet('profile="php"', php('echo str_repeat("line\\n", 100); for ($i = 0; $i < 90; $i++) { usleep(100000); echo "more\\n"; }'));
    const more = (n) => reader.waitForFunction((least) => document.getElementById('one').shadowRoot.getElementById('out').textContent.split('more').length > least, n);
    await reader.click('#one #run');
    await more(1);
    const at = () => reader.evaluate(() => { const out = document.getElementById('one').shadowRoot.getElementById('out'); return [out.scrollTop, out.scrollHeight - out.clientHeight]; });
    const [top, most] = await at();
    assert.ok(most - top < 10, 'follows');
    await reader.evaluate(() => { document.getElementById('one').shadowRoot.getElementById('out').scrollTop = 20; });
    const n = await reader.evaluate(() => document.getElementById('one').shadowRoot.getElementById('out').textContent.split('more').length);
    await more(n + 1);
    assert.equal((await at())[0], 20);
    await reader.evaluate(() => document.getElementById('one').stop());
});
