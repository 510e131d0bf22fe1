// SPDX-License-Identifier: MIT
// exrun's own page, /play, against the service.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { hasMonaco } from '../built_page.js';
import { PHONE, visit } from '../reader.js';
import { world } from '../world.js';

const AXE = readFileSync(new URL('../../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const LINK = '#run:bash=q1ZKzk9JVbJSSk3OyFfIyczLTk1RqgUA'; // echo linked
const SCHEMES = { light: {}, dark: { colorScheme: 'dark' }, phone: PHONE, forced: { forcedColors: 'active' }, narrow: { viewport: { width: 320, height: 700 } } };

function urlOfPlay() {
    return new URL('/play', world.service.url).href;
}

/** Opens the page, and waits for the languages. */
async function open(options = {}, fragment = '') {
    const page = await visit(world.browser, urlOfPlay() + fragment, options);
    await page.waitForFunction(() => document.querySelector('exrun-play').shadowRoot.getElementById('profile').options.length > 3);
    return page;
}

async function openWith(profile, code, options) {
    const page = await open(options);
    await page.selectOption('#profile', profile);
    if (code !== undefined) await page.fill('.editor', code);
    return page;
}

/** Returns what the page shows. */
function shown(page) {
    return page.evaluate(() => {
        const element = document.querySelector('exrun-play'), at = (id) => element.shadowRoot.getElementById(id);
        const seen = (id) => (at(id)?.checkVisibility() ? at(id).innerText.trim() : '');
        return {
            state: element.getAttribute('state'), code: element.code, text: element.querySelector('code').textContent.replace(/\n$/, ''), out: seen('out'), say: seen('sentence'), note: seen('note'), meta: seen('meta'), status: at('status').textContent,
            tabs: [...at('tabs').children].map((tab) => tab.innerText), tab: [...at('tabs').children].findIndex((tab) => tab.ariaSelected === 'true'), marks: element.shadowRoot.querySelectorAll('.mark').length, profile: at('profile').value,
        };
    });
}

async function run(page) {
    await page.evaluate(() => document.querySelector('exrun-play').removeAttribute('state'));
    await page.click('#run');
    await page.waitForFunction(() => ![null, 'queued', 'running'].includes(document.querySelector('exrun-play').getAttribute('state')));
    return shown(page);
}

function focused(page) {
    return page.evaluate(() => {
        let one = document.activeElement;
        while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
        return one.id || one.className || one.tagName;
    });
}

async function violations(page) {
    await page.evaluate(AXE);
    return page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map((one) => `${one.id}: ${one.nodes[0].html}`));
}

async function close(page) {
    assert.deepEqual(page.errors, []);
    await page.context().close();
}

test('it shows a first program of each language until the visitor writes one', async () => {
    const page = await open();
    await page.selectOption('#profile', 'python');
    assert.equal((await shown(page)).text, 'print("Hello, world")\n');
    await page.selectOption('#profile', 'php');
    assert.match((await shown(page)).text, /^<\?php/);
    await page.fill('.editor', '<?php echo 1;');
    await page.selectOption('#profile', 'python');
    assert.equal((await shown(page)).text, '<?php echo 1;');
    const names = await page.evaluate(() => [...document.querySelector('exrun-play').shadowRoot.getElementById('profile').options].map((one) => one.text));
    assert.ok(names.some((name) => /^PHP \d+\.\d+\.\d+$/.test(name)) && names.some((name) => /^Python 3\.\d+\.\d+$/.test(name)), names.join());
    await close(page);
});

test('it runs a program with arguments, input and files, and shows its output and what it used', async () => {
    const page = await openWith('bash', 'echo "$1|$2"; cat - names.txt; echo oops >&2');
    await page.fill('#args', 'one "two three"');
    await page.fill('#stdin', 'from stdin\n');
    await page.click('#add');
    await page.keyboard.type('names.txt');
    await page.keyboard.press('Enter');
    await page.fill('.editor', 'Ada\n');
    const end = await run(page);
    assert.deepEqual([end.state, end.tabs, end.tab], ['ok', ['Program', 'names.txt'], 1]);
    assert.equal(end.out.replace(/\n+/g, '\n'), 'one|two three\nfrom stdin\nAda\noops');
    assert.match(end.meta, /ms · [\d.]+ MB$/);
    assert.match(end.status, /^Output: one\|two three/);
    await close(page);
});

test('a program that waits for input asks for it', async () => {
    const page = await openWith('python', 'name = input("Name? ")\nprint(f"Hello {name}")');
    await page.click('#run');
    await page.waitForSelector('#answer:visible');
    await page.fill('#answer', 'Ada');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('exrun-play').getAttribute('state') === 'ok');
    assert.equal((await shown(page)).out, 'Name? Ada\nHello Ada');
    await close(page);
});

test('Stop ends a program', async () => {
    const page = await openWith('bash', 'echo begun; sleep 60');
    await page.click('#run');
    await page.waitForFunction(() => document.querySelector('exrun-play').shadowRoot.getElementById('out').textContent.includes('begun'));
    const gone = page.waitForRequest((request) => request.method() === 'DELETE');
    await page.waitForTimeout(450); // a second click of a double click is not a Stop
    await page.click('#run');
    assert.match((await gone).url(), /\/v1\/runs\/[\w-]+$/);
    const end = await shown(page);
    assert.deepEqual([end.state, end.note, end.out], ['cancelled', 'stopped by you', 'begun']);
    await close(page);
});

test('the line of an error is marked, and leads into the program from another tab', async () => {
    const page = await openWith('php', '<?php\n\nthrow new Exception("no");\n');
    await page.click('#add');
    await page.keyboard.press('Escape');
    const end = await run(page);
    assert.equal(end.state, 'failed');
    assert.match(end.say, /line 3/);
    assert.deepEqual([end.tab, end.marks], [0, 1]);
    await page.click('.line');
    assert.equal(await focused(page), 'editor');
    await page.keyboard.type('x');
    assert.equal((await shown(page)).marks, 0);
    assert.equal((await shown(page)).code, '<?php\n\nxthrow new Exception("no");\n');
    await close(page);
});

test('a shared link shows the whole program, says so, and runs nothing', async () => {
    const page = await openWith('bash', 'cat a.txt; echo "$1"', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.fill('#args', '"x y"');
    await page.click('#add');
    await page.keyboard.type('a.txt');
    await page.keyboard.press('Enter');
    await page.fill('.editor', 'ü\n');
    await page.click('#share');
    await page.waitForFunction(() => document.querySelector('exrun-play').shadowRoot.getElementById('status').textContent === 'Link copied');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, new RegExp(`^${urlOfPlay()}#run:bash=[\\w-]+$`));
    await close(page);

    const other = await visit(world.browser, 'about:blank');
    const asked = [];
    other.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await other.goto(link);
    await other.waitForFunction(() => document.querySelector('exrun-play')?.shadowRoot.getElementById('sentence')?.textContent);
    const came = await shown(other);
    assert.deepEqual([came.say, came.profile, came.tabs, came.code], ['This program came with a link. Read it before you run it.', 'bash', ['Program', 'a.txt'], 'cat a.txt; echo "$1"']);
    await other.waitForTimeout(300);
    assert.ok(!asked.some((one) => one.startsWith('POST')), asked.join());
    assert.equal((await run(other)).out, 'ü\nx y');
    // After a reload, what the visitor has made of it is there.
    await other.fill('.editor', 'echo mine');
    await other.reload();
    await other.waitForFunction(() => document.querySelector('exrun-play')?.code === 'echo mine');
    await close(other);
});

test('a reload still says that a program came with a link', async () => {
    const page = await open({}, LINK);
    for (let i = 0; i < 2; i++) {
        await page.waitForFunction(() => document.querySelector('exrun-play').shadowRoot.getElementById('sentence')?.textContent);
        assert.deepEqual([(await shown(page)).say, (await shown(page)).code], ['This program came with a link. Read it before you run it.', 'echo linked']);
        assert.equal(await page.isVisible('#back'), false);
        await page.reload();
        await page.waitForFunction(() => document.querySelector('exrun-play')?.code === 'echo linked');
    }
    await close(page);
});

test('a link does not take the visitor’s own program away', async () => {
    const page = await openWith('bash', 'echo mine');
    await page.evaluate((hash) => { location.hash = hash; }, LINK);
    const sayIt = 'This program came with a link. Read it before you run it. Your own program is kept.';
    await page.waitForFunction(() => document.querySelector('exrun-play').code === 'echo linked');
    assert.equal((await shown(page)).say, sayIt);
    await page.reload();
    await page.waitForFunction(() => document.querySelector('exrun-play')?.code === 'echo linked');
    assert.equal((await shown(page)).say, sayIt);
    assert.equal((await run(page)).out, 'linked');
    await page.click('#back');
    const back = await shown(page);
    assert.deepEqual([back.code, back.text, back.say, await page.isVisible('#back')], ['echo mine', 'echo mine', '', false]);
    // A link that is opened in the tab from elsewhere is no other case.
    await page.goto('about:blank');
    await page.goto(urlOfPlay() + LINK);
    await page.click('#back');
    assert.equal((await shown(page)).code, 'echo mine');
    await close(page);
});

test('a damaged link, or one for a language that the service does not have, says so', async () => {
    const page = await open({}, '#run:php=AAAA');
    assert.equal((await shown(page)).say, 'The link is damaged, so its program can’t be shown.');
    await page.evaluate(() => { location.hash = '#run:cobol=q1ZKzk9JVbJSqlCqBQA'; });
    await page.waitForFunction(() => /cobol/.test(document.querySelector('exrun-play').shadowRoot.getElementById('sentence').textContent));
    await close(page);
});

test('files are tabs that keys can use', async () => {
    const page = await openWith('bash', 'ls');
    await page.click('#add');
    await page.keyboard.press('Enter');
    await page.click('#add');
    await page.keyboard.type('file1.txt'); // taken
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.querySelector('exrun-play').shadowRoot.getElementById('name').validationMessage), 'There is a file "file1.txt" already.');
    await page.keyboard.type('b.txt');
    await page.keyboard.press('Enter');
    assert.deepEqual((await shown(page)).tabs, ['Program', 'file1.txt', 'file1.txtb.txt']);
    assert.equal(await focused(page), 'tab2');
    for (const [key, tab] of [['ArrowRight', 0], ['ArrowRight', 1], ['End', 2], ['Home', 0], ['ArrowLeft', 2]]) {
        await page.keyboard.press(key);
        assert.deepEqual([(await shown(page)).tab, await focused(page)], [tab, `tab${tab}`], key);
    }
    await page.keyboard.press('F2');
    await page.keyboard.press('Escape');
    assert.equal(await focused(page), 'tab2');
    await page.keyboard.press('Delete');
    assert.deepEqual([(await shown(page)).tabs, (await shown(page)).status, await focused(page)], [['Program', 'file1.txt'], 'Removed file1.txtb.txt.', 'tab1']);
    await close(page);
});

test('Tab goes through all controls, and Ctrl+Enter runs', async () => {
    const page = await openWith('bash', 'echo ran');
    await page.evaluate(() => document.querySelector('exrun-play').shadowRoot.activeElement?.blur());
    const seen = [];
    for (let i = 0; i < 14; i++) {
        await page.keyboard.press('Tab');
        seen.push(await focused(page));
    }
    for (const id of ['tab0', 'add', 'editor', 'run', 'profile', 'copy', 'share', 'args', 'stdin']) assert.ok(seen.includes(id), `${id}: ${seen}`);
    assert.equal((await shown(page)).code, 'echo ran');
    // Who has written in the editor leaves it with Escape.
    await page.click('.editor');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'editor');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await focused(page), 'editor');
    await page.focus('#args');
    await page.keyboard.press('Control+Enter');
    await page.waitForFunction(() => document.querySelector('exrun-play').getAttribute('state') === 'ok');
    await close(page);
});

test('a service that is away, and a refusal, have their sentences', async () => {
    const page = await openWith('bash', 'true');
    await page.fill('#args', '"open');
    await page.click('#run');
    assert.equal((await shown(page)).say, 'The arguments have a quote that does not end.');
    await page.fill('#args', '');
    await page.click('#add');
    await page.keyboard.type('../x');
    await page.keyboard.press('Enter');
    const refused = await run(page);
    assert.match(refused.say, /^The service refuses this program\. ./);
    await page.route('**/v1/runs*', (route) => route.abort());
    assert.equal((await run(page)).say, 'The server can’t be reached. Are you online? Try again in a moment.');
    page.errors = page.errors.filter((error) => !/Failed to load resource/.test(error)); // the browser's own, of the two
    await close(page);
});

for (const [name, options] of Object.entries(SCHEMES)) {
    test(`axe finds nothing: ${name}`, async () => {
        const page = await openWith('php', '<?php\necho "\\e[31mred\\e[0m plain\\n";\nthrow new Exception("no");\n', options);
        await page.click('#add');
        assert.deepEqual(await violations(page), [], 'with a name');
        await page.keyboard.press('Enter');
        await page.click('#tab0');
        const end = await run(page);
        assert.equal(end.state, 'failed');
        assert.deepEqual(await violations(page), [], 'after a run');
        const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(width <= 0, `wider than the window by ${width}`);
        await close(page);
    });
}

test('code and input that are too long are the visitor’s own, also after a reload', async () => {
    const page = await openWith('bash', 'echo 1');
    await page.fill('#stdin', 'words');
    for (const pointer of ['/source', '/stdin']) {
        await page.route('**/v1/runs*', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', json: { detail: 'may have 65536 bytes at most', pointer } }));
        assert.equal((await run(page)).say, 'This is more than may be sent. Shorten the code or its input.');
        await page.reload();
        await page.waitForFunction(() => document.querySelector('exrun-play').code === 'echo 1');
    }
});

test('Monaco comes when it is asked for, in the bounds of the policy', { skip: !hasMonaco }, async () => {
    const asked = [];
    const page = await openWith('php', '<?php\n\necho 1;\n');
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.waitForTimeout(300);
    assert.deepEqual(asked, []);
    await page.click('#monaco');
    await page.waitForSelector('.monaco-editor .view-line');
    assert.match(asked.join(), /monaco-[0-9a-f]{8}\.js/);
    await page.click('.monaco-editor .view-line >> nth=1');
    await page.keyboard.type('$x = new Exception("no"); throw $x;');
    assert.equal((await shown(page)).code, '<?php\n$x = new Exception("no"); throw $x;\necho 1;\n');
    await page.keyboard.press('Tab');
    assert.equal(await focused(page), 'run');
    assert.match((await run(page)).say, /line 2/);
    assert.equal(await page.locator('.monaco-editor .marked').count(), 1);
    assert.deepEqual(await violations(page), []);
    // Other texts, other languages, and back.
    await page.click('#add');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.querySelector('.monaco-editor .view-lines').innerText.trim()), '');
    await page.click('#tab0');
    await page.selectOption('#profile', 'python');
    await page.click('#monaco');
    assert.equal(await page.inputValue('.editor'), '<?php\n$x = new Exception("no"); throw $x;\necho 1;\n');
    assert.equal(await page.locator('.monaco').count(), 1, 'only the link of its style sheet');
    await close(page);
});

test('Monaco is dark with the page, and a visitor who chose it gets it again', { skip: !hasMonaco }, async () => {
    const page = await openWith('php', undefined, { colorScheme: 'dark' });
    await page.click('#monaco');
    await page.waitForSelector('.monaco-editor.vs-dark .view-line');
    assert.deepEqual(await violations(page), []);
    await page.reload();
    await page.waitForSelector('.monaco-editor.vs-dark .view-line');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForSelector('.monaco-editor.vs .view-line');
    await close(page);
});

test('touch gets the plain editor', async () => {
    const page = await open(PHONE);
    assert.equal(await page.isVisible('#monaco'), false);
    assert.equal(await page.isVisible('.editor'), true);
    await close(page);
});
