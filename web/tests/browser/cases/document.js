// SPDX-License-Identifier: MIT
// The article of docs/page.md, as it is there, with the service that it names.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { run, shown, visit } from '../reader.js';
import { world } from '../world.js';

const document = readFileSync(new URL('../../../../docs/page.md', import.meta.url), 'utf8').split('## Snippets in articles')[1];

async function visitDocumented(options) {
    world.site.pages['/article'] = /^```html\n(.*?)^```$/ms.exec(document)[1].replaceAll('/exrun/', '/dist/');
    return visit(world.browser, `${world.site.url}/article`, options);
}

test('the documented article runs under the strictest policy', async () => {
    const reader = await visitDocumented();
    assert.equal((await shown(reader, 'map')).note, 'recorded');
    const { note, recorded } = await run(reader, 'map');
    assert.deepEqual([note, recorded], ['as recorded', '42']);
    assert.deepEqual(reader.errors.filter((error) => !error.includes('404')), []); // a browser asks for an icon
});

test('the documented article without scripts has the code, the label and the recorded output', async () => {
    const reader = await visitDocumented({ javaScriptEnabled: false });
    assert.deepEqual((await reader.locator('body').innerText()).split(/\n+/), ['Maps', '<?php echo 6 * 7;', 'Output:', '42']);
});

test('a text of a site replaces the service’s own sentence', async () => {
    const reader = await visitDocumented();
    await reader.evaluate(/^```js\n(.*?)^```$/ms.exec(document)[1]);
    assert.equal((await shown(reader, 'map')).run.trim(), 'Los');
    const { say } = await run(reader, 'map', '<?php sleep(20);');
    assert.match(say, /^Das hat zu lange gedauert\./);
});
