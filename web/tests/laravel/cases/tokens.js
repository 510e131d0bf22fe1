// SPDX-License-Identifier: MIT
// W11: the token of the Laravel site, whose pages have nothing of one visitor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page, snippet } from '../../browser/pages.js';
import { run, visit } from '../../browser/reader.js';
import { onScript, way } from '../../browser/way.js';
import { visitSnippet, world } from '../../browser/world.js';

const POST = `POST ${way.runs}?lean=1`, TOKEN = `GET ${way.settings['token-url']}`;
const sent = () => world.site.requests.filter((one) => one.includes('/examples/'));

test('W11 with Laravel: the token is asked for at the first focus, once, and again when the session has expired', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 42;');
    await reader.waitForTimeout(200);
    assert.deepEqual(sent(), []);
    const token = reader.waitForResponse(`**${way.settings['token-url']}`);
    await reader.focus('#one #run');
    await token;
    assert.deepEqual(sent(), [TOKEN]);
    assert.equal((await run(reader, 'one')).out, '42');
    await reader.context().clearCookies();
    assert.equal((await run(reader, 'one')).out, '42');
    assert.equal((await run(reader, 'one')).out, '42');
    assert.deepEqual(sent(), [TOKEN, POST, POST, TOKEN, POST, POST]);
});

test('W11 with Laravel: a token that stays wrong is said once, not asked for again and again', async () => {
    const reader = await visitSnippet('profile="php"', '<?php echo 42;');
    await reader.route(`**${way.settings['token-url']}`, (route) => route.fulfill({ json: { csrf: 'never right' } }));
    const { say, state } = await run(reader, 'one');
    assert.deepEqual([say, state], ['This page has been open for too long. Your code is kept: reload the page, and run it again.', 'problem']);
    assert.deepEqual(sent(), [POST, POST]);
});

test('W11 with Laravel: settings can be in <meta>, and on the element, which wins over the script’s', async () => {
    const plain = { script: '<script src="/dist/exrun.js" defer></script>' };
    const ways = [
        page(snippet('id="one" profile="php"', '<?php echo 42;'), { ...plain, head: `<meta name="exrun-server" content="${way.runs}"><meta name="exrun-token-url" content="${way.settings['token-url']}">` }),
        page(snippet(`id="one" profile="php" server="${way.runs}" token-url="${way.settings['token-url']}"`, '<?php echo 42;'), plain),
        page(snippet(`id="one" profile="php" server="${way.runs}"`, '<?php echo 42;'), { script: `<script src="/dist/exrun.js"${onScript.replace(way.runs, '/nowhere')} defer></script>` }),
    ];
    for (const html of ways) {
        world.site.pages['/'] = html;
        assert.equal((await run(await visit(world.browser, `${world.site.url}/`), 'one')).out, '42');
    }
});

test('W11 with Laravel: a page that has the token itself', async () => {
    world.site.pages['/'] = page(snippet(`id="one" profile="php" server="${way.runs}"`, '<?php echo 42;'), { script: '<script src="/dist/exrun.js" defer></script>' });
    const reader = await visit(world.browser, `${world.site.url}/`);
    await reader.evaluate(async (address) => {
        const { csrf } = await (await fetch(address)).json();
        document.head.append(Object.assign(document.createElement('meta'), { name: 'csrf-token', content: csrf }));
    }, way.settings['token-url']);
    assert.equal((await run(reader, 'one')).out, '42');
});
