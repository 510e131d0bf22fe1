// SPDX-License-Identifier: MIT
// The request of a run: the snippet's code, after the ones it depends on, each inside its hidden code, and the files.
import { preOf } from '../element/code.js';
import { PageFault } from './page_fault.js';

/**
 * Returns {request, place, isOwn}. Line n of the snippet is line n + place.before of the source; the snippet has place.lines
 * lines, and the source is one file beside place.files. isOwn: the reader has changed none of the code. Throws PageFault.
 */
export function compose(element, stdin, text) {
    const profile = element.profile;
    let source = '', before = 0;
    const used = new Set();
    for (const one of inOrder(element, text)) {
        used.add(one);
        const { whole, above } = withTemplate(one, text, used);
        const part = source && profile === 'php' ? whole.replace(/^<\?php/, '') : whole;
        before = linesBefore(source) + above;
        source += `${part}\n`;
    }
    const files = filesOf(element, text, used);
    const example = element.getAttribute('example');
    const members = {
        profile, source, files, args: words(element, 'args', text), stdin,
        stdin_open: element.getAttribute('stdin') === 'ask' || undefined,
        artifacts: element.getAttribute('output') === 'image' ? words(element, 'artifacts', text) ?? ['*.png', '*.svg'] : undefined,
        labels: example ? { example } : undefined,
    };
    // A server refuses members that it does not permit, even if they are empty.
    const request = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    const place = { before, lines: element.code.split('\n').length, files: files?.map((file) => file.path) ?? [] };
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

function filesOf(element, text, used) {
    return element.getAttribute('files')?.split(',').map((entry) => {
        const [, path, selector] = /^\s*(.+?):([#.[].*?)\s*$/.exec(entry) ?? [];
        if (!path) throw new PageFault(text.missing(entry.trim()));
        return { path, content: textAt(element, 'files', selector, text, used) };
    });
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
