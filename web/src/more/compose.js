// SPDX-License-Identifier: MIT
// The request of a run: the snippet's code, after the ones it depends on, each inside its hidden code, and the files.
import { preOf } from '../element/code.js';
import { PageFault } from './page_fault.js';
import { endsInPhp } from './php.js';

/**
 * Returns {request, place, isOwn}. place is {parts, files}: the source is one file beside those of place.files, and each
 * part {snippet, before, lines} is a snippet whose line n is line n + before of the source. isOwn: the reader has changed
 * none of the code. Throws PageFault.
 */
export function compose(element, stdin, text) {
    const profile = element.profile;
    const order = inOrder(element, text), used = new Set(order), parts = [];
    let source = '';
    for (const one of order) {
        const { whole, above } = withTemplate(one, text, used);
        const part = profile === 'php' && endsInPhp(source) ? whole.replace(/^<\?php/, '') : whole;
        parts.push({ snippet: one, before: linesBefore(source) + above, lines: one.code.split('\n').length });
        source += `${part}\n`;
    }
    const files = filesOf(order, text, used);
    const example = element.getAttribute('example');
    const members = {
        profile, source, files, args: words(element, 'args', text), stdin,
        stdin_open: element.getAttribute('stdin') === 'ask' || undefined,
        artifacts: element.getAttribute('output') === 'image' ? words(element, 'artifacts', text) ?? ['*.png', '*.svg'] : undefined,
        labels: example ? { example } : undefined,
    };
    // A server refuses members that it does not permit, even if they are empty.
    const request = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    const place = { parts, files: files?.map((file) => file.path) ?? [] };
    return { request, place, isOwn: ![...used].some((one) => one.changed) };
}

/** Returns the words of an attribute, or the texts of a JSON list, or undefined. Throws PageFault. */
export function words(element, name, text) {
    const value = element.getAttribute(name)?.trim();
    if (!value) return undefined;
    if (!value.startsWith('[')) return value.split(/\s+/);
    try {
        const list = JSON.parse(value);
        if (isListOfTexts(list)) return list;
    } catch {
        // It is refused below, as a list of something else is.
    }
    throw new PageFault(text.wrong(name, value));
}

export function isListOfTexts(value) {
    return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Returns the snippets that a snippet depends on, each once and before those that need it, then itself. */
function inOrder(element, text) {
    const order = [];
    const add = (one, path) => {
        if (path.includes(one)) throw new PageFault(text.circle(one.id));
        if (order.includes(one)) return;
        for (const id of one.getAttribute('depends-on')?.split(/[\s,]+/).filter(Boolean) ?? []) add(snippetAt(id, text), [...path, one]);
        order.push(one);
    };
    add(element, []);
    return order;
}

function snippetAt(id, text) {
    const found = document.getElementById(id);
    if (found?.tagName !== 'EXRUN-SNIPPET') throw new PageFault(text.missing(id));
    return found;
}

/** Returns a snippet's code inside its hidden code, and the number of lines above it. @used gets the snippets that are a part of it. */
function withTemplate(element, text, used) {
    const selector = element.getAttribute('template');
    if (!selector) return { whole: element.code, above: 0 };
    const hidden = textAt(element, 'template', selector, text, used);
    if (!hidden.includes('##CODE##')) throw new PageFault(text.missing('##CODE##'));
    return { whole: hidden.replace('##CODE##', () => element.code), above: linesBefore(hidden.split('##CODE##')[0]) };
}

/** Returns the files of all @snippets, or undefined. Of two with the same path, the later one counts. */
function filesOf(snippets, text, used) {
    const files = new Map();
    for (const one of snippets) {
        for (const entry of one.getAttribute('files')?.split(',') ?? []) {
            const [, path, selector] = /^\s*(.+?):([#.[].*?)\s*$/.exec(entry) ?? [];
            if (!path) throw new PageFault(text.missing(entry.trim()));
            files.set(path, textAt(one, 'files', selector, text, used));
        }
    }
    return files.size > 0 ? [...files].map(([path, content]) => ({ path, content })) : undefined;
}

/** Returns the text of hidden code: a <template>, a <script type="text/plain">, another snippet, or any element. */
function textAt(element, name, selector, text, used) {
    const found = find(selector, () => new PageFault(text.wrong(name, element.getAttribute(name))));
    if (!found) throw new PageFault(text.missing(selector));
    if (preOf(found) && found.tagName === 'EXRUN-SNIPPET') {
        used.add(found);
        return found.code;
    }
    return (found.content ?? found).textContent.replace(/^\n/, '');
}

/** A browser throws if a selector is not valid. */
function find(selector, faultOf) {
    try {
        return document.querySelector(selector);
    } catch {
        throw faultOf();
    }
}

function linesBefore(source) {
    return source.split('\n').length - 1;
}
