// SPDX-License-Identifier: MIT
// A reader in headless Chromium, and questions about the snippets of a page.
import { chromium } from 'playwright-core';
import { existsSync } from 'node:fs';

const CHROMIUM = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

export function launch() {
    return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** Opens a page of the site. Returns the page; page.errors has what the console and the policy complained about. */
export async function visit(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    page.errors = [];
    page.on('pageerror', (error) => page.errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && page.errors.push(message.text()));
    await page.goto(url);
    return page;
}

/** Returns what a snippet shows. */
export function shown(page, id) {
    return page.evaluate((name) => {
        const element = document.getElementById(name);
        const at = (part) => element.shadowRoot.getElementById(part);
        const text = (part) => (at(part)?.checkVisibility() ? at(part).innerText.trim() : '');
        // Blocks that are out of view have no innerText.
        const lines = [...at('out')?.children ?? []].map((block) => block.textContent).reduce((all, one) => (all && !all.endsWith('\n') ? `${all}\n${one}` : all + one), '');
        const expected = element.querySelector('[slot=expected]');
        return {
            state: element.state, code: element.code, out: at('out')?.checkVisibility() ? lines : '', html: (at('out')?.innerHTML ?? '').replace(/ style="[^"]*content-visibility[^"]*"/g, ''), say: text('sentence'), note: text('note'), meta: text('meta'), foot: text('foot'),
            status: at('status')?.textContent ?? '', run: at('run').textContent, edit: text('edit'), recorded: expected?.checkVisibility() ? expected.innerText : '', marks: element.shadowRoot.querySelectorAll('.mark').length,
        };
    }, id);
}

export function setCode(page, id, code) {
    return page.evaluate(([name, text]) => { document.getElementById(name).code = text; }, [id, code]);
}

/** Waits until no run of the snippet goes on. */
export function settled(page, id) {
    return page.waitForFunction((name) => !['idle', 'queued', 'running'].includes(document.getElementById(name).state), id);
}

/** Clicks Run, with other code if that is given, and returns what the snippet shows at the end. */
export async function run(page, id, code) {
    if (code !== undefined) await setCode(page, id, code);
    await page.evaluate((name) => document.getElementById(name).removeAttribute('state'), id);
    await page.click(`#${id} #run`);
    await settled(page, id);
    return shown(page, id);
}

/** The sum of the layout shifts so far that no click explains. */
export function shifts(page) {
    return page.evaluate(() => new Promise((done) => {
        let sum = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => done(sum), 300);
    }));
}
