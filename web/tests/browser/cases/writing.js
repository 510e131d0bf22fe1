// SPDX-License-Identifier: MIT
// W5: editing, by keys and by mouse.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { CODE } from '../pages.js';
import { run, setCode, shown } from '../reader.js';
import { visitArticle, visitSnippet } from '../world.js';

const focus = (reader) => reader.evaluate(() => {
    let element = document.activeElement;
    const path = [element.id || element.parentElement?.id];
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return [...path, element.id || element.className || element.tagName].join(' ');
});

async function openEditor(reader, id) {
    await reader.click(`#${id} #edit`);
    await reader.waitForSelector(`#${id} textarea.editor`);
}

/** Presses a key, and waits until the focus has left its place; code that gets it becomes an editor first. Returns the new place. */
async function step(reader, key) {
    const before = await focus(reader);
    await reader.keyboard.press(key);
    for (const end = Date.now() + 60_000; Date.now() < end; await reader.waitForTimeout(20)) {
        const now = await focus(reader);
        if (now !== before && / (editor|run|edit|copy|share)$/.test(now)) return now;
    }
    return `nowhere from ${before}`;
}

test('W5: Tab goes through an article, into and out of each snippet', async () => {
    const reader = await visitArticle();
    const seen = [];
    for (let i = 0; i < 14; i++) seen.push(await step(reader, 'Tab'));
    assert.deepEqual(seen.slice(0, 6), ['map editor', 'map run', 'map edit', 'map copy', 'map share', 'ask editor']);
    assert.ok(seen.includes('loop editor'), seen.join(', '));
    assert.ok(await reader.locator('textarea.editor').count() <= 1);
});

test('W5: and back', async () => {
    const reader = await visitArticle();
    for (let i = 0; i < 6; i++) await step(reader, 'Tab');
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push(await step(reader, 'Shift+Tab'));
    assert.deepEqual(seen, ['map share', 'map copy', 'map edit', 'map run', 'map editor']);
});

test('W5: Tab indents after a key, and Escape gives it back', async () => {
    const reader = await visitArticle();
    await openEditor(reader, 'loop');
    await setCode(reader, 'loop', '');
    await reader.keyboard.type('<?php\nif (true) {\necho 42;');
    await reader.keyboard.press('Enter');
    await reader.keyboard.press('Shift+Tab');
    await reader.keyboard.type('}');
    assert.equal((await shown(reader, 'loop')).code, '<?php\nif (true) {\n    echo 42;\n}');
    await reader.keyboard.press('Enter');
    await reader.keyboard.press('Tab');
    assert.match((await shown(reader, 'loop')).code, /\}\n {4}$/);
    await reader.keyboard.press('Escape');
    await reader.keyboard.press('Tab');
    assert.equal(await focus(reader), 'loop run');
});

test('W5: the browser’s undo goes back over all of it', async () => {
    const reader = await visitSnippet('profile="php"', '<?php\necho 1;');
    await openEditor(reader, 'one');
    await reader.keyboard.press('Control+End');
    await reader.keyboard.press('Enter');
    await reader.keyboard.press('Tab');
    await reader.keyboard.type('x');
    assert.equal((await shown(reader, 'one')).code, '<?php\necho 1;\n    x');
    for (let i = 0; i < 4; i++) await reader.keyboard.press('Control+z');
    assert.equal((await shown(reader, 'one')).code, '<?php\necho 1;');
    assert.equal((await shown(reader, 'one')).edit, '');
});

test('W5: a click sets the caret where it is', async () => {
    const reader = await visitSnippet('profile="php"', '<?php\n\necho 1;\necho 2;');
    const box = await reader.evaluate(() => {
        const range = document.createRange();
        const walker = document.createTreeWalker(document.querySelector('#one code'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && walker.currentNode.data !== '2');
        range.selectNode(walker.currentNode);
        const { left, top, height } = range.getBoundingClientRect();
        return { left, top, height };
    });
    await reader.mouse.click(box.left + 1, box.top + box.height / 2);
    await reader.waitForSelector('#one textarea');
    await reader.keyboard.type('4');
    assert.equal((await shown(reader, 'one')).code, '<?php\n\necho 1;\necho 42;');
});

test('W5: selecting code with the mouse opens no editor', async () => {
    const reader = await visitArticle();
    const box = await reader.locator('#map pre').first().boundingBox();
    await reader.mouse.move(box.x + 30, box.y + 30);
    await reader.mouse.down();
    await reader.mouse.move(box.x + 300, box.y + 90, { steps: 4 });
    await reader.mouse.up();
    await reader.waitForTimeout(200);
    assert.equal(await reader.locator('#map textarea').count(), 0);
    assert.ok((await reader.evaluate(() => getSelection().toString())).length > 5);
});

test('W5: edits outlive a reload, and Reset drops them', async () => {
    const reader = await visitArticle();
    await openEditor(reader, 'map');
    await reader.keyboard.press('Control+End');
    await reader.keyboard.type('\necho "mine";');
    await reader.reload();
    await reader.waitForFunction(() => document.getElementById('map').code.includes('mine'));
    assert.ok(await reader.locator('#map .token.keyword').count() > 0);
    assert.equal((await shown(reader, 'map')).edit, 'Reset');
    await reader.click('#map #edit');
    assert.equal((await shown(reader, 'map')).code, CODE.map);
    assert.equal(await reader.evaluate(() => sessionStorage.length), 0);
});

test('W5: edits are dropped when the page’s own text has changed', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 1;');
    await setCode(reader, 'one', '<?php echo 2;');
    await reader.waitForFunction(() => sessionStorage.length === 1);
    await reader.route('**/', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).replace('>1<', '>3<') });
    });
    await reader.reload();
    await reader.click('#one #edit');
    assert.equal((await shown(reader, 'one')).code, '<?php echo 3;');
});

test('W5: the line of an error is marked, not selected, until the next key, and its link leads there', async () => {
    const reader = await visitArticle();
    const { say, marks } = await run(reader, 'map', '<?php\n\necho $a +;');
    assert.match(say, /line 3\.$/);
    assert.equal(marks, 1);
    assert.equal(await reader.evaluate(() => getSelection().toString()), '');
    await reader.click('#map .line');
    await reader.waitForSelector('#map textarea');
    assert.equal((await shown(reader, 'map')).marks, 1);
    await reader.keyboard.type('// ');
    const after = await shown(reader, 'map');
    assert.deepEqual([after.code, after.marks], ['<?php\n\n// echo $a +;', 0]);
});

test('W5: the mark is over its line, also in a long program', async () => {
    const reader = await visitSnippet('profile="php"', `<?php\n${'$a = 1;\n'.repeat(30)}undef();\n${'$a = 1;\n'.repeat(5)}`);
    const { marks } = await run(reader, 'one');
    assert.equal(marks, 1);
    const [mark, line] = await reader.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('#one code'), NodeFilter.SHOW_TEXT);
        while (walker.nextNode() && walker.currentNode.data !== 'undef');
        const range = document.createRange();
        range.selectNode(walker.currentNode);
        return [document.getElementById('one').shadowRoot.querySelector('.mark'), range].map((one) => one.getBoundingClientRect()).map(({ top, bottom }) => (top + bottom) / 2);
    });
    assert.ok(Math.abs(mark - line) < 2, `${mark} ${line}`);
});

test('W5: a reader who only looked finds the page’s code as it was', async () => {
    const reader = await visitArticle();
    await openEditor(reader, 'loop');
    await reader.click('h1');
    await reader.waitForFunction(() => !document.querySelector('#loop[editing]'));
    assert.equal(await reader.evaluate(() => document.querySelector('#loop pre').ariaHidden), null);
    await reader.click('#loop #edit');
    await reader.keyboard.type('// x\n');
    await reader.click('h1');
    assert.equal(await reader.locator('#loop textarea').count(), 1);
});

test('W5: an input method’s characters', async () => {
    const reader = await visitSnippet('profile="python"', '');
    await openEditor(reader, 'one');
    const session = await reader.context().newCDPSession(reader);
    await session.send('Input.imeSetComposition', { text: 'に', selectionStart: 1, selectionEnd: 1 });
    await session.send('Input.imeSetComposition', { text: '日本', selectionStart: 2, selectionEnd: 2 });
    await session.send('Input.insertText', { text: '日本' });
    assert.equal((await shown(reader, 'one')).code, '日本');
});

test('W9: many empty lines do not slow down the editor', async () => {
    const reader = await visitSnippet('profile="c"', 'int a;');
    await openEditor(reader, 'one');
    await reader.evaluate(() => {
        const area = document.getElementById('one').shadowRoot.querySelector('.editor');
        area.value = `int a;${'\n'.repeat(20_000)}`;
        area.dispatchEvent(new Event('input'));
        return document.getElementById('one').mark(10_000);
    });
    const { marks, code } = await shown(reader, 'one');
    assert.deepEqual([marks, code.length], [1, 20_006]);
});
