// SPDX-License-Identifier: MIT
// screenshots.js DIRECTORY: pictures of a snippet in every state, light, dark and on a phone, for a change of the style.
// Run it as root, in a /run/exrun of its own: it starts a service.
import { fileURLToPath } from 'node:url';
import { CODE, expected, page, RECORDED, snippet } from './pages.js';
import { launch, PHONE, run, setCode, visit } from './reader.js';
import { startService } from './service.js';
import { openSite } from './site.js';

const [directory] = process.argv.slice(2);
const LOOKS = { light: {}, dark: { colorScheme: 'dark' }, phone: PHONE, 'phone-dark': { ...PHONE, colorScheme: 'dark' }, 'forced-colours': { forcedColors: 'active' } };
const php = 'profile="php" language="PHP 8.2"';

/** Each state: a snippet, and what a reader does with it. */
const STATES = {
    idle: { html: snippet(`id="idle" ${php}`, CODE.loop) },
    recorded: { html: snippet(`id="recorded" ${php}`, CODE.map, expected(RECORDED)) },
    confirmed: { html: snippet(`id="confirmed" ${php}`, CODE.map, expected(RECORDED)), use: (reader) => run(reader, 'confirmed') },
    differs: { html: snippet(`id="differs" ${php}`, CODE.map, expected(RECORDED.replace('4.82', '4.81'))), use: (reader) => run(reader, 'differs') },
    edited: { html: snippet(`id="edited" ${php}`, CODE.map, expected(RECORDED)), use: (reader) => run(reader, 'edited', CODE.map.replace('1.07', '1.19')) },
    error: { html: snippet(`id="error" ${php}`, CODE.map), use: (reader) => run(reader, 'error', CODE.map.replace('printf("%-5s %5.2f\\n", $name, $price)', 'printf("%-5s %5.2f\\n", $name, $price * $tax);\n    undefined_function($price)')) },
    endless: { html: snippet(`id="endless" ${php}`, '<?php\n\nwhile (true) {\n}'), use: (reader) => run(reader, 'endless') },
    compiler: { html: snippet('id="compiler" profile="c" language="GCC 12"', '#include <stdio.h>\n\nint main(void) {\n    printf("%d\\n", x);\n}'), use: (reader) => run(reader, 'compiler') },
    nothing: { html: snippet(`id="nothing" ${php}`, '<?php\n\n$a = 1;'), use: (reader) => run(reader, 'nothing') },
    stopped: { html: snippet(`id="stopped" ${php}`, CODE.loop), use: stopIt },
    input: { html: snippet('id="input" profile="python" language="Python 3.11" stdin="some words of many lengths"', CODE.words), use: (reader) => run(reader, 'input') },
    colours: { html: snippet('id="colours" profile="bash" language="Bash 5.2"', CODE.colours), use: (reader) => run(reader, 'colours') },
    picture: { html: snippet('id="picture" profile="python" language="Python 3.11" output="image" artifacts="plot.png" alt="A blue disc"', CODE.plot), use: (reader) => run(reader, 'picture') },
    table: { html: snippet('id="table" profile="python" language="Python 3.11" output="html" height="90"', CODE.table), use: (reader) => run(reader, 'table') },
    long: { html: snippet(`id="long" ${php}`, '<?php\n\nfor ($i = 1; $i <= 200; $i++) {\n    echo "line $i\\n";\n}'), use: (reader) => run(reader, 'long') },
    cut: { html: snippet(`id="cut" ${php}`, '<?php\n\nwhile (true) {\n    echo "for ever\\n";\n}'), use: (reader) => run(reader, 'cut') },
    throttled: { html: snippet(`id="throttled" ${php} server="/stand-in/throttled/runs"`, CODE.loop), use: (reader) => run(reader, 'throttled') },
    maintenance: { html: snippet(`id="maintenance" ${php} server="/stand-in/maintenance/runs"`, CODE.map, expected(RECORDED)), use: (reader) => run(reader, 'maintenance') },
    away: { html: snippet(`id="away" ${php} server="/stand-in/gone/runs"`, CODE.loop), use: (reader) => run(reader, 'away') },
    wrong: { html: snippet(`id="wrong" ${php} server="/stand-in/wrong/runs"`, CODE.loop), use: (reader) => run(reader, 'wrong') },
    readonly: { html: snippet(`id="readonly" ${php} readonly`, '<?php\n\necho PHP_EOL;') },
    linked: { html: snippet(`id="linked" ${php}`, CODE.loop), use: showLink },
    queued: { html: snippet(`id="queued" ${php} server="/stand-in/queued/runs"`, CODE.loop), use: (reader) => reader.click('exrun-snippet#queued #run'), pause: 300 },
    running: { html: snippet(`id="running" ${php}`, CODE.loop), use: (reader) => reader.click('exrun-snippet#running #run'), pause: 1200 },
    asks: { html: snippet('id="asks" profile="python" language="Python 3.11" stdin="ask"', CODE.ask), use: askIt },
    editor: { html: snippet('id="editor" profile="python" language="Python 3.11"', CODE.ask), use: writeIt },
};

async function stopIt(reader) {
    await reader.click('exrun-snippet#stopped #run');
    await reader.waitForTimeout(900);
    await reader.click('exrun-snippet#stopped #run');
}

async function showLink(reader) {
    await reader.evaluate(async () => {
        const element = document.getElementById('linked');
        element.code = '<?php\n\necho "my own code";';
        const url = new URL(await element.share());
        element.reset();
        history.replaceState(null, '', url.hash);
        (await element.open()).openLink();
    });
}

async function askIt(reader) {
    await reader.click('exrun-snippet#asks #run');
    await reader.waitForSelector('exrun-snippet#asks #answer');
    await reader.keyboard.type('Ada\n');
    await reader.waitForTimeout(500);
}

async function writeIt(reader) {
    await reader.click('exrun-snippet#editor #edit');
    await reader.waitForSelector('exrun-snippet#editor textarea');
    await setCode(reader, 'editor', `${CODE.ask}\nprint("bye")`);
}

const site = await openSite();
const service = await startService([], fileURLToPath(new URL('../../dist/', import.meta.url)));
const browser = await launch();
for (const [look, options] of Object.entries(LOOKS)) {
    site.pages['/'] = page(Object.entries(STATES).map(([name, { html }]) => `<h2>${name}</h2>${html}`).join(''));
    const reader = await visit(browser, `${site.url}/`, options);
    for (const [name, { use, pause = 150 }] of Object.entries(STATES)) {
        await reader.locator(`exrun-snippet#${name}`).scrollIntoViewIfNeeded();
        await use?.(reader);
        await reader.waitForTimeout(pause);
        await reader.locator(`exrun-snippet#${name}`).screenshot({ path: `${directory}/${look}-${name}.png` });
    }
    await reader.context().close();
}
await browser.close();
site.close();
await service.end();
