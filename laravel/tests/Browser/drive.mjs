// SPDX-License-Identifier: MIT
// drive.mjs ADDRESS FOLDER: a visitor's way through the demo. Prints what they saw as one JSON object; leaves screenshots in FOLDER.
import { browser, patience } from './chromium.mjs';

const [address, folder] = process.argv.slice(2);
const seen = { errors: [], polls: 0 };
const context = await browser.newContext({ viewport: { width: 900, height: 1000 } });
const page = await context.newPage();
page.setDefaultTimeout(patience);
page.on('pageerror', (error) => seen.errors.push(String(error)));
page.on('request', (request) => { seen.polls += request.url().includes('/examples/runs/') ? 1 : 0; });

/* What is shown when the button is back, or when the page has said something that it waits after. */
async function shown() {
    await page.waitForFunction(() => (! document.getElementById('run').disabled || document.getElementById('hint').textContent.startsWith('again')) && ! document.querySelector('#result .spin'), null);
    return page.evaluate(() => ({
        verdict: document.getElementById('result').dataset.verdict,
        title: document.getElementById('verdict').textContent,
        message: document.getElementById('message').textContent,
        stdout: document.getElementById('stdout').textContent,
        stderr: document.getElementById('stderr').textContent,
        time: document.getElementById('usage').hidden ? '' : document.getElementById('time').textContent,
        memory: document.getElementById('usage').hidden ? '' : document.getElementById('memory').textContent,
        selected: getSelection().toString() || document.getElementById('source').value.slice(document.getElementById('source').selectionStart, document.getElementById('source').selectionEnd),
        html: document.getElementById('stdout').children.length,
    }));
}

async function run(name, example, source, { stdin = null, key = false } = {}) {
    await page.click(`[data-example="${example}"]`);
    if (source !== null) await page.fill('#source', source);
    if (stdin !== null) await page.fill('#stdin', stdin);
    if (key) await page.press('#source', 'Control+Enter');
    else await page.click('#run');
    seen[name] = await shown();
    await page.screenshot({ path: `${folder}/${name}.png` });
}

try {
    await page.goto(address);
    seen.tabs = await page.$$eval('[role=tab]', (tabs) => tabs.map((tab) => tab.textContent));
    await page.screenshot({ path: `${folder}/page.png` });

    await run('good', 'collections/map', null);
    await run('input', 'basics/greeting', null, { stdin: 'Grace\n', key: true });
    await run('loop', 'collections/map', '<?php\n\necho "before";\nwhile (true) {\n}\n');
    await run('syntax', 'collections/map', '<?php\n\n$a = 1;\necho $a +;\n');
    await run('compile', 'basics/squares', '#include <stdio.h>\n\nint main(void)\n{\n    printf("%d\\n", x);\n    return 0;\n}\n');
    await run('markup', 'collections/map', '<?php echo "<b>bold</b><script>document.title = \'taken\'</scr", "ipt>";');
    seen.title = await page.title();

    // As a form of another site would send it: without the token.
    seen.csrf = await page.evaluate(async () => (await fetch('/examples/run', { method: 'POST', headers: { Accept: 'application/json', 'Content-Type': 'application/json' }, body: '{}' })).status);

    const polls = seen.polls;
    await new Promise((done) => setTimeout(done, 700));
    seen.pollsAfterTheEnd = seen.polls - polls;

    // exrun refuses this one in the worker: it has no such profile.
    await page.evaluate(() => { document.querySelector('[data-example="collections/map"]').dataset.profile = 'nonesuch'; });
    await run('error', 'collections/map', '<?php');
    await page.evaluate(() => { document.querySelector('[data-example="collections/map"]').dataset.profile = 'php'; });

    // The site is being updated, and then the throttle holds: both while a run is waited for.
    const answers = [503, 429];
    await page.route('**/examples/runs/*', (route) => {
        const status = answers.shift();
        return status ? route.fulfill({ status, headers: { 'Retry-After': '1', 'Content-Type': 'text/html' }, body: '<h1>Service Unavailable</h1>' }) : route.fallback();
    });
    await run('patience', 'collections/map', null);
    seen.unanswered = answers.length;
    await page.unroute('**/examples/runs/*');

    // The queue is full when the button is pressed.
    await page.route('**/examples/run', (route) => route.fulfill({ status: 503, headers: { 'Retry-After': '2', 'Content-Type': 'application/json' }, body: '{"message":"Many programs are waiting to be run."}' }), { times: 1 });
    await page.click('#run');
    await page.waitForFunction(() => document.getElementById('hint').textContent.startsWith('again'));
    seen.full = { message: await page.textContent('#message'), hint: await page.textContent('#hint'), isDisabled: await page.isDisabled('#run') };
    await page.waitForFunction(() => ! document.getElementById('run').disabled);

    // A run that waits says how many are before it.
    await page.route('**/examples/runs/*', (route) => route.fulfill({ status: 202, contentType: 'application/json', body: '{"state":"queued","before":7}' }), { times: 1 });
    const waiting = page.waitForFunction(() => document.getElementById('message').textContent.includes('before you'));
    await page.click('#run');
    await waiting.then(async () => { seen.waiting = await page.textContent('#message'); });
    await shown();
    await page.unroute('**/examples/runs/*');

    // The guide's own page, with the policy that the guide names.
    if (process.env.GUIDE_HTML) {
        const token = await page.getAttribute('meta[name=csrf-token]', 'content');
        const guide = await context.newPage();
        guide.setDefaultTimeout(patience);
        guide.on('pageerror', (error) => seen.errors.push(`guide: ${error}`));
        guide.on('console', (message) => message.type() === 'error' && ! /status of (404|429|503)/.test(message.text()) && seen.errors.push(`guide: ${message.text()}`));
        await guide.route('**/try', (route) => route.fulfill({ contentType: 'text/html', headers: { 'Content-Security-Policy': process.env.GUIDE_POLICY }, body: process.env.GUIDE_HTML.replace('{{ csrf_token() }}', token) }));
        await guide.route('**/run.js', (route) => route.fulfill({ contentType: 'text/javascript', body: process.env.GUIDE_SCRIPT }));
        const pending = [['**/examples/run', 503], ['**/examples/runs/*', 429], ['**/examples/runs/*', 503]];
        for (const [url, status] of pending) {
            await guide.route(url, (route) => route.fulfill({ status, headers: { 'Retry-After': '1' }, contentType: 'text/html', body: '<h1>Later</h1>' }), { times: 1 });
        }
        await guide.goto(new URL('/try', address).href);
        const click = async () => {
            await guide.click('#run');
            await guide.waitForFunction(() => ! document.getElementById('run').disabled);
            return [await guide.textContent('#message'), await guide.textContent('#output')];
        };
        seen.guide = [await click()];
        await guide.fill('#source', '<?php echo "\\xff";');
        seen.guide.push(await click());
        await guide.close();
    }

    // As a visitor with a nervous finger: more than there are in a minute. Again where a new minute has just begun.
    for (let n = 0; n < 5; n++) {
        await page.evaluate(async () => {
            const headers = { 'Accept': 'application/json', 'Content-Type': 'application/json', 'X-CSRF-TOKEN': document.querySelector('meta[name=csrf-token]').content };
            for (let click = 0; click < 13; click++) await fetch('/examples/run', { method: 'POST', headers, body: JSON.stringify({ profile: 'php', source: '' }) });
        });
        await run('throttle', 'basics/squares', null);
        if (seen.throttle.verdict === '') break;
    }
    seen.hint = await page.textContent('#hint');
    seen.isDisabled = await page.isDisabled('#run');
} catch (error) {
    seen.errors.push(String(error));
} finally {
    await browser.close();
}
console.log(JSON.stringify(seen));
