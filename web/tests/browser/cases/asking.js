// SPDX-License-Identifier: MIT
// W6: a program that asks.
import assert from 'node:assert/strict';
import { test } from '../case.js';
import { settled, shown } from '../reader.js';
import { visitArticle, visitSnippet, world } from '../world.js';

async function startAsking(reader, id = 'ask') {
    await reader.click(`#${id} #run`);
    await reader.waitForSelector(`#${id} #answer`);
}

test('W6: the answer is sent and echoed', async () => {
    const reader = await visitArticle();
    await startAsking(reader);
    await reader.waitForTimeout(50);
    await reader.keyboard.type('Ada\n');
    await reader.waitForFunction(() => document.getElementById('ask').shadowRoot.getElementById('out').textContent.includes('born'));
    await reader.keyboard.type('1815\n');
    await settled(reader, 'ask');
    const { out, html } = await shown(reader, 'ask');
    assert.equal(out, 'What is your name? Ada\nWhen were you born? 1815\nHello Ada, you turn 211 this year.\n');
    assert.match(html, /<span class="answer">Ada\n<\/span>/);
    assert.equal(await reader.locator('#ask #answer').isVisible(), false);
    assert.deepEqual(world.site.requests.filter((one) => one.includes('/stdin')).map((one) => one.split('stdin')[1]), ['?at=0', '?at=4']);
});

test('W6: the field takes the focus only from the snippet itself', async () => {
    const reader = await visitArticle();
    await reader.click('#ask #run');
    await reader.evaluate(() => document.activeElement.blur());
    await reader.waitForSelector('#ask #answer');
    assert.equal(await reader.evaluate(() => document.activeElement.tagName), 'BODY');
});

test('W6: End input', async () => {
    const reader = await visitSnippet('profile="python" stdin="ask"', 'import sys\nprint(len(sys.stdin.read()))');
    await startAsking(reader, 'one');
    await reader.fill('#one #answer', 'four');
    await reader.click('#one #send');
    await reader.waitForTimeout(200);
    await reader.click('#one #end');
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, 'four\n5\n');
});

test('W6: an answer is sent again if the network is away for a moment', async () => {
    const reader = await visitSnippet('profile="python" stdin="ask"', 'print(input("? "))');
    await startAsking(reader, 'one');
    let failures = 1;
    await reader.route('**/stdin*', (route) => (failures-- > 0 ? route.abort() : route.continue()));
    await reader.fill('#one #answer', 'again');
    await reader.click('#one #send');
    await settled(reader, 'one');
    assert.equal((await shown(reader, 'one')).out, '? again\nagain\n');
});

test('W6: Stop while it asks', async () => {
    const reader = await visitArticle();
    await startAsking(reader);
    await reader.waitForTimeout(450);
    await reader.click('#ask #run');
    const { note, state } = await shown(reader, 'ask');
    assert.deepEqual([note, state], ['stopped by you', 'cancelled']);
    assert.equal(await reader.locator('#ask #answer').isVisible(), false);
});
