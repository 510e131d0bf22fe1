// SPDX-License-Identifier: MIT
// node bench/figures.js: the figures of the element, each beside its bound. Things that are compared are measured in turn.
// Run it as root, on a quiet machine, in a /run/exrun of its own (unshare --mount, then a tmpfs): it starts a service.
import { ARTICLE, CODE, highlighted, page, snippet } from '../tests/browser/pages.js';
import { launch, run, shifts, visit } from '../tests/browser/reader.js';
import { startService } from '../tests/browser/service.js';
import { openSite } from '../tests/browser/site.js';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const site = await openSite();
const service = await startService();
const browser = await launch();
let missed = 0;

function tell(what, value, bound, unit, detail = '') {
    const isGood = value <= bound;
    missed += isGood ? 0 : 1;
    console.log(`${isGood ? 'ok    ' : 'MISSED'} ${what}: ${value.toFixed(value < 10 ? 3 : 0)} ${unit} (bound ${bound})${detail && `; ${detail}`}`);
}

function open(body, options) {
    site.pages['/'] = page(body);
    site.requests.length = 0;
    return visit(browser, `${site.url}/`, options);
}

/** A click until the output is in the page, by turns with a bare fetch of the same answer. */
async function share() {
    const reader = await open(snippet('id="one" profile="php" server="/stand-in/instant/runs"', '<?php echo 1;'));
    await run(reader, 'one');
    const pairs = await reader.evaluate(async () => {
        const element = document.getElementById('one'), seen = [];
        const body = JSON.stringify(await element.request());
        const button = element.shadowRoot.getElementById('run'), out = element.shadowRoot.getElementById('out');
        for (let i = 0; i < 120; i++) {
            await new Promise((done) => setTimeout(done, 15));
            let began = performance.now();
            await (await fetch('/stand-in/instant/runs?lean=1', { method: 'POST', body, headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' } })).text();
            const bare = performance.now() - began;
            await new Promise((done) => setTimeout(done, 15));
            const shown = new Promise((done) => {
                const observer = new MutationObserver(() => out.textContent === 'hello\n' && (observer.disconnect(), done(performance.now())));
                observer.observe(out, { childList: true, subtree: true, characterData: true });
            });
            const ended = new Promise((done) => element.addEventListener('exrun:done', done, { once: true }));
            began = performance.now();
            button.click();
            seen.push([bare, await shown - began]);
            await ended;
        }
        return seen.slice(20);
    });
    const [bare, own] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])));
    tell('click to output, in bare fetches', own / bare, 2, 'times', `${own.toFixed(2)} ms and ${bare.toFixed(2)} ms`);
}

/** A hundred snippets, by turns with the same highlighted <pre>s. */
async function hundred() {
    const reader = await open('<div id="here"></div>');
    const pre = `<pre class="language-php"><code class="language-php">${highlighted(CODE.map, 'php')}\n</code></pre>`;
    const pairs = await reader.evaluate(async ([plain, whole]) => {
        const here = document.getElementById('here'), seen = [];
        const time = async (html) => {
            const template = document.createElement('template');
            template.innerHTML = html;
            const fragment = document.createDocumentFragment();
            for (let i = 0; i < 100; i++) fragment.append(document.importNode(template.content, true));
            await new Promise((done) => setTimeout(done, 30));
            const began = performance.now();
            here.append(fragment);
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); // all of the frame, as a reader sees it
            const took = performance.now() - began;
            here.replaceChildren();
            return took;
        };
        for (let i = 0; i < 25; i++) seen.push([await time(plain), await time(whole)]);
        return seen.slice(5);
    }, [pre, snippet('profile="php" language="PHP 8.2" example="a/b"', CODE.map)]);
    const [plain, own] = [0, 1].map((i) => median(pairs.map((pair) => pair[i])));
    tell('100 snippets, in 100 highlighted <pre>s', own / plain, 1.8, 'times', `${own.toFixed(1)} ms and ${plain.toFixed(1)} ms`);
}

/** Shifts and requests while the script loads, also if it is late. */
async function coming() {
    for (const delay of [0, 700]) {
        site.delays = { '/dist/exrun.js': delay };
        const reader = await open(ARTICLE);
        await reader.waitForFunction(() => customElements.get('exrun-snippet'));
        tell(`layout shift, script after ${delay} ms`, await shifts(reader), 0.001, '');
    }
    site.delays = {};
    const others = site.requests.filter((one) => /exrun-|\/v1\/|token/.test(one)).length;
    tell('requests before a focus, besides exrun.js', others, 0, '');
}

/** Stop, until the page says so. */
async function stopping() {
    const reader = await open(snippet('id="one" profile="php"', CODE.loop));
    const times = [];
    for (let i = 0; i < 10; i++) {
        times.push(await reader.evaluate(async () => {
            const element = document.getElementById('one'), root = element.shadowRoot;
            const ended = element.run();
            await new Promise((done) => setTimeout(done, 600));
            const said = new Promise((done) => {
                const observer = new MutationObserver(() => root.getElementById('note').textContent === 'stopped by you' && (observer.disconnect(), done(performance.now())));
                observer.observe(root.getElementById('note'), { childList: true, subtree: true, characterData: true });
            });
            const began = performance.now();
            root.getElementById('run').click();
            const took = await said - began;
            await ended;
            return took;
        }));
    }
    tell('Stop, until the page says "stopped"', Math.max(...times), 16.7, 'ms', 'the longest of 10');
}

/** A mebibyte of output. */
async function mebibyte() {
    const reader = await open(snippet('id="one" profile="php"', ''));
    await run(reader, 'one', '<?php echo 1;');
    const seen = await reader.evaluate(async () => {
        const element = document.getElementById('one');
        const rounds = [];
        for (let i = 0; i < 5; i++) {
            element.code = `<?php // ${i}\nfor ($n = 0; $n < 65536; $n++) echo "fifteen letters\\n";`; // 16 bytes a line
            let isOn = true, longest = 0, last = performance.now();
            const tick = (now) => {
                longest = Math.max(longest, now - last);
                last = now;
                if (isOn) requestAnimationFrame(tick);
            };
            requestAnimationFrame(tick);
            const began = performance.now();
            const result = await element.run();
            const took = performance.now() - began;
            await new Promise((done) => setTimeout(done, 50));
            isOn = false;
            rounds.push({ took, program: result.usage.wall_us / 1000, longest, length: element.shadowRoot.getElementById('out').textContent.length });
        }
        return rounds;
    });
    const middle = seen.sort((a, b) => a.took - b.took)[2];
    tell('1 MiB of output, from click to end', middle.took, 1000, 'ms', `${middle.length} characters; ${middle.program.toFixed(0)} ms of it are the program's`);
    tell('meanwhile, the longest frame', middle.longest, 100, 'ms');
}

for (const figure of [share, hundred, coming, stopping, mebibyte]) {
    await figure();
    await Promise.all(browser.contexts().map((context) => context.close()));
}
await browser.close();
site.close();
await service.end();
process.exitCode = missed ? 1 : 0;
