// SPDX-License-Identifier: MIT
// streams.mjs ADDRESS: visitors of the demo, each with a session of their own, ask for runs and read their events. Prints what they saw as one JSON object.
import { browser, patience } from './chromium.mjs';

const address = process.argv[2];

/* A page with functions for its scripts: ask() starts a run, and notes its events in window.events as they come. */
async function visitor() {
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(patience);
    await page.goto(address);
    await page.evaluate(async () => {
        const { csrf } = await (await fetch('/examples/token')).json();
        window.headers = { 'Accept': 'text/event-stream, application/problem+json', 'Content-Type': 'application/json', 'X-CSRF-TOKEN': csrf };
        window.pause = (ms) => new Promise((done) => setTimeout(done, ms));
        window.events = [];

        window.ask = async (run) => {
            const answer = await fetch('/examples/runs', { method: 'POST', headers: window.headers, body: JSON.stringify({ profile: 'bash', ...run }) });
            const type = answer.headers.get('Content-Type').split(';')[0];
            window.id = answer.headers.get('Exrun-Run');
            if (type !== 'text/event-stream') return { status: answer.status, type, ...await window.poll(await answer.json()) };
            const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
            let rest = '';
            for (;;) {
                const { value, done } = await reader.read();
                if (done) break;
                rest += value;
                const records = rest.split('\n\n');
                rest = records.pop();
                for (const record of records.filter((one) => one.startsWith('event: '))) {
                    const [head, data] = record.split('\ndata: ');
                    window.events.push({ name: head.slice(7), data: JSON.parse(data), at: performance.now() });
                }
            }
            const last = window.events.at(-1);
            const first = window.events.find((event) => event.name === 'stdout');
            return { status: answer.status, type, verdict: last.data.verdict, stdout: last.data.stdout, cameBeforeTheEnd: last.at - first.at > 1000 };
        };

        window.poll = async ({ url }) => {
            for (;;) {
                const answer = await (await fetch(url, { headers: { Accept: 'application/json' } })).json();
                if (answer.state === 'finished') return { verdict: answer.result.verdict, stdout: answer.result.stdout };
                await window.pause(200);
            }
        };
    });
    return page;
}

const seen = {};

try {
    const visitors = [];
    for (let n = 0; n < 5; n++) visitors.push(await visitor());
    const runs = visitors.map((page) => page.evaluate(() => window.ask({ source: 'echo one; sleep 10; echo two' })));
    let hasEnded = false;
    Promise.all(runs).then(() => { hasEnded = true; }, () => { hasEnded = true; });
    const states = () => Promise.all(visitors.map((page) => page.evaluate(() => window.events.filter((event) => event.name === 'stdout').length)));
    while ((await states()).filter((n) => n > 0).length < 2 && !hasEnded) await new Promise((done) => setTimeout(done, 50));
    const other = await (await browser.newContext()).newPage();
    seen.page = String((await other.goto(address, { timeout: patience })).status());
    seen.sameSession = await visitors[(await states()).findIndex((n) => n > 0)].evaluate(async () => (await fetch('/')).status === 200 && !window.events.some((event) => event.name === 'result'));
    seen.pageCameFirst = !hasEnded;
    seen.five = await Promise.all(runs);

    const asker = await visitor();
    seen.asked = await asker.evaluate(async () => {
        const end = window.ask({ source: 'printf "name? "; read name; echo "hello $name"', stdin_open: true });
        while (!window.events.some((event) => event.name === 'reading' || event.name === 'result')) await window.pause(20);
        const { status: stdin } = await fetch(`/examples/runs/${window.id}/stdin?at=0`, { method: 'POST', headers: { ...window.headers, 'Content-Type': 'application/octet-stream' }, body: 'Ada\n' });
        const { status, stdout } = await end;
        return { status, events: window.events.map((event) => event.name).filter((name) => name === 'reading' || name === 'result'), stdin, stdout };
    });

    // The page is closed while its program runs. Its run is known by its ID to those who have that.
    const leaver = await visitor();
    leaver.evaluate(() => window.ask({ source: 'echo one; sleep 18' })).catch(() => {});
    await leaver.waitForFunction(() => window.events.some((event) => event.name === 'stdout'));
    const id = await leaver.evaluate(() => window.id);
    await leaver.context().close();
    seen.left = (await asker.evaluate((id) => window.poll({ url: `/examples/runs/${id}` }), id)).verdict;
    seen.csrf = await asker.evaluate(async () => (await fetch('/examples/runs', { method: 'POST', headers: { ...window.headers, 'X-CSRF-TOKEN': 'x' }, body: '{}' })).status);
} finally {
    await browser.close();
}

console.log(JSON.stringify(seen));
