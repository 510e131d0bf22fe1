// SPDX-License-Identifier: MIT
// The way to the server: its address, and the headers that a request needs. Nothing of a visitor is in the page's HTML,
// which a cache may have kept; the token comes from `token-url`, once for the whole page.
import { PageFault } from './page_fault.js';
import { Problem, problemOf } from './problem.js';

const tokens = new Map(); // by address: a promise of {csrf, token}

export class Link {
    #setting; #text;

    /** @param setting returns a setting of the snippet or the page */
    constructor(setting, text) {
        this.#setting = setting;
        this.#text = text;
    }

    /** Throws PageFault if an address is wrong. */
    check() {
        this.url();
        this.#address('token-url');
    }

    /** The address of all runs, or of one of them. */
    url(id) {
        const url = this.#address('server') ?? new URL('/v1/runs', document.baseURI);
        if (id) url.pathname += `/${encodeURIComponent(id)}`;
        return url;
    }

    /** Asks for the token before the first run needs it. */
    warmUp() {
        this.#token().catch(() => {}); // the run asks again, and reports the problem
    }

    /** Returns a response whose status is 2xx. Throws a Problem, or AbortError. */
    async send(url, options = {}) {
        let response = await this.#try(url, options);
        if ([401, 419].includes(response.status) && this.#setting('token-url')) {
            tokens.delete(this.#setting('token-url'));
            response = await this.#try(url, options);
        }
        if (!response.ok) throw await problemOf(response);
        return response;
    }

    /** Returns the address that a setting has, or undefined. */
    #address(name) {
        const address = this.#setting(name);
        try {
            return address ? new URL(address, document.baseURI) : undefined;
        } catch {
            throw new PageFault(this.#text.wrong(name, address));
        }
    }

    async #try(url, options) {
        const token = await this.#token();
        return reach(url, { ...options, headers: { ...options.headers, ...this.#headers(token, new URL(url).origin) } });
    }

    #token() {
        const url = this.#setting('token-url');
        if (!url) return Promise.resolve({});
        if (!tokens.has(url)) {
            const token = ask(url);
            tokens.set(url, token);
            token.catch(() => tokens.delete(url));
        }
        return tokens.get(url);
    }

    /** The session's token is for the site alone. */
    #headers(token, origin) {
        const csrf = origin === location.origin && (token.csrf ?? document.querySelector('meta[name=csrf-token]')?.content);
        const bearer = token.token ?? this.#setting('token');
        return { ...(csrf && { 'X-CSRF-TOKEN': csrf }), ...(bearer && { Authorization: `Bearer ${bearer}` }) };
    }
}

async function ask(url) {
    const response = await reach(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
    if (!response.ok) throw await problemOf(response);
    return response.json();
}

/** fetch() tells a lost network by a TypeError. */
async function reach(url, options) {
    try {
        return await fetch(url, options);
    } catch (error) {
        throw error instanceof TypeError ? new Problem(0) : error;
    }
}
