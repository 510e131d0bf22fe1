// SPDX-License-Identifier: MIT
// All cases share a site whose front page is the article, a browser, and the service; or, on the way through Laravel, the
// service behind that site, and its queue worker. Each case has its own visit.
import { after, afterEach, before } from 'node:test';
import { slotsAreFree, Worker } from '../laravel/operator.js';
import { disperse } from '../laravel/visitor.js';
import { buildPage } from './built_page.js';
import { ARTICLE, page, snippet } from './pages.js';
import { launch, visit } from './reader.js';
import { startService } from './service.js';
import { openSite, STRICT } from './site.js';
import { laravelSite } from './way.js';

export const world = {};
let visitors = 1;

before(async () => {
    world.site = await openSite();
    world.other = await openSite(); // a second origin
    if (laravelSite) world.worker = await Worker.start();
    else world.service = await startService([world.other.url], buildPage());
    world.browser = await launch();
});

after(async () => {
    await world.browser?.close();
    world.site?.close();
    world.other?.close();
    await world.service?.end();
    await world.worker?.end();
});

afterEach(async () => {
    await Promise.all(world.browser.contexts().map((context) => context.close()));
    if (laravelSite) await disperse().then(slotsAreFree);
    visitors++;
    Object.assign(world.site, { pages: {}, policy: STRICT, delays: {}, bodies: [], laravel: undefined, isCut: false, visitor: `10.0.${visitors >> 8}.${visitors & 255}` });
});

/** Opens the article. */
export function visitArticle(options) {
    world.site.pages['/'] = page(ARTICLE);
    return open('/', options);
}

/** Opens a page with this HTML. */
export function visitPage(body, options = {}, pageOptions = {}) {
    world.site.pages['/'] = page(body, pageOptions);
    return open(`/${options.hash ?? ''}`, options);
}

/** Opens a page with one snippet, whose name is "one". */
export function visitSnippet(attributes, code, inside, options) {
    return visitPage(snippet(`id="one" ${attributes}`, code, inside), options);
}

async function open(path, { hash, ...options } = {}) {
    world.site.requests.length = world.site.answers.length = 0;
    return visit(world.browser, world.site.url + path, options);
}
