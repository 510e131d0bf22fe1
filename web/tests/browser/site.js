// SPDX-License-Identifier: MIT
// A documentation site: it serves pages under a strict policy, passes runs on to exrun's service or to a Laravel site, and
// has answers of its own in place of a server's, for what a real one seldom says.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { pass } from './onward.js';
import { SITE_STYLE } from './pages.js';
import { standIn } from './stand_in.js';
import { laravelSite } from './way.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
const TYPES = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };
const PASSED_ON = laravelSite ? '/examples/' : '/v1/';
export const STRICT = "default-src 'self'";

/**
 * Returns {url, pages, policy, requests, answers, visitor, isCut, cut(), close()}. A test sets pages[path] to HTML, and reads
 * the requests that came, and the {method, path, status} of those that were passed on. visitor is the address of its visitors,
 * for a Laravel site. While isCut is true, requests for runs are lost. cut() breaks off all answers.
 */
export async function openSite() {
    const site = { pages: {}, policy: STRICT, requests: [], answers: [], delays: {}, visitor: '10.0.0.1', isCut: false };
    const server = createServer((request, response) => answer(site, request, response).catch((error) => response.destroy(error)));
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    site.url = `http://127.0.0.1:${server.address().port}`;
    site.cut = () => server.closeAllConnections();
    site.close = () => {
        site.cut();
        server.close();
    };
    return site;
}

async function answer(site, request, response) {
    const { pathname } = new URL(request.url, site.url);
    site.requests.push(`${request.method} ${request.url}`);
    if (site.delays[pathname]) await new Promise((done) => setTimeout(done, site.delays[pathname]));
    if (pathname.startsWith(PASSED_ON)) return site.isCut ? request.socket.destroy() : pass(site, request, response);
    if (pathname.startsWith('/examples/') || pathname.startsWith('/stand-in/')) return standIn(site, request, response);
    const [type, text] = await file(site, pathname);
    response.writeHead(text === null ? 404 : 200, { 'Content-Type': TYPES[type] ?? 'text/plain', 'Cache-Control': 'max-age=600', ...(type === 'html' && { 'Content-Security-Policy': site.policy, 'Cache-Control': 'no-store' }) });
    return response.end(text ?? 'There is no such page.');
}

async function file(site, pathname) {
    if (site.pages[pathname] !== undefined) return [pathname.endsWith('.js') ? 'js' : 'html', site.pages[pathname]];
    if (pathname === '/site.css') return ['css', SITE_STYLE];
    const name = /^\/dist\/([\w.-]+)$/.exec(pathname)?.[1];
    const text = name ? await readFile(DIST + name).catch(() => null) : null;
    return [pathname.split('.').pop(), text];
}
