// SPDX-License-Identifier: MIT
// article.mjs ADDRESS FOLDER: a reader of the demo's article runs each of its programs. Prints what they saw as one JSON object; leaves a screenshot in FOLDER.
import { browser, patience } from './chromium.mjs';

const [address, folder] = process.argv.slice(2);
const page = await (await browser.newContext({ viewport: { width: 1000, height: 1400 } })).newPage();
page.setDefaultTimeout(patience);
const seen = { errors: [], runs: {} };
const asked = [];
page.on('pageerror', (error) => seen.errors.push(String(error)));
page.on('console', (message) => message.type() === 'error' && seen.errors.push(message.text()));
page.on('request', (request) => asked.push(new URL(request.url()).pathname));

const at = (name) => `#exrun-article-${name}`;
const final = ['ok', 'failed', 'cancelled', 'compile_failed', 'cpu_timeout', 'timeout', 'problem'];
const is = (name, states) => page.waitForFunction(([id, wanted]) => wanted.includes(document.querySelector(id).state), [at(name), states]);
const result = (name) => page.evaluate((id) => (({ verdict, stdout }) => [verdict, stdout])(document.querySelector(id).result), at(name));
const click = (name) => page.locator(`${at(name)} button#run`).click();
const edit = (name, from, to) => page.evaluate(async ([id, old, now]) => {
    const snippet = document.querySelector(id);
    await snippet.edit();
    snippet.code = snippet.code.replace(old, now);
}, [at(name), from, to]);

async function run(name) {
    await click(name);
    await is(name, final);
    return result(name);
}

try {
    const answer = await page.goto(address);
    await page.waitForLoadState('networkidle');
    seen.policy = answer.headers()['content-security-policy'];
    seen.snippets = await page.locator('exrun-snippet').count();
    seen.before = asked.filter((path) => path !== '/').map((path) => path.split('/').at(-1)).sort();

    for (const name of ['prices', 'cheapest', 'table', 'average', 'primes']) seen.runs[name] = await run(name);

    await edit('prices', "'milk' => 1.18]", "'milk' => 1.18, 'water' => 0.4]");
    const [verdict, stdout] = await run('cheapest');
    seen.edited = [verdict, stdout.split('\n').slice(1).join('\n')];

    await click('greeting');
    await page.locator(`${at('greeting')} #ask input, ${at('greeting')} input`).first().fill('Grace');
    await page.keyboard.press('Enter');
    await is('greeting', final);
    seen.asked = await result('greeting');

    const [plot] = await run('plot');
    const frame = await page.locator(`${at('plot')} iframe`).elementHandle();
    const content = await frame.contentFrame();
    await content.waitForSelector('polyline');
    seen.plot = [plot, new URL(content.url()).pathname.slice(-7), await frame.getAttribute('sandbox'), await content.locator('path').getAttribute('d')];

    await click('endless');
    await is('endless', ['running']);
    await page.waitForTimeout(600);
    await click('endless');
    await is('endless', final.concat('idle'));
    seen.stopped = [await page.evaluate((id) => document.querySelector(id).state, at('endless')), await page.evaluate((id) => document.querySelector(id).shadowRoot.textContent.includes('stopped by you'), at('endless'))];

    await edit('average', 'i < n; i++)', 'i < m; i++)');
    await click('average');
    await is('average', ['compile_failed', 'problem']);
    // What the page says: the line in its sentence, and the code under its mark.
    seen.mistake = await page.evaluate((id) => {
        const snippet = document.querySelector(id);
        const mark = snippet.shadowRoot.querySelector('.mark').getBoundingClientRect();
        const text = document.createRange();
        text.selectNodeContents(snippet.querySelector('code'));
        const line = Math.round((mark.top - text.getClientRects()[0].top) / mark.height);
        return [snippet.result.verdict, snippet.shadowRoot.querySelector('#sentence .line').textContent, snippet.code.split('\n')[line].trim()];
    }, at('average'));
    await page.screenshot({ path: `${folder}/article.png`, fullPage: true });
} catch (error) {
    seen.errors.push(String(error));
    await page.screenshot({ path: `${folder}/article.png`, fullPage: true }).catch(() => {});
}
await browser.close();
console.log(JSON.stringify(seen));
