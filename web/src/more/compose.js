// SPDX-License-Identifier: MIT
// The request of a run: the snippet's code, after the ones it depends on, each inside its hidden code, and the files.
import { preOf } from '../element/code.js';

/** A sentence about the page's set-up, for the author of the page. */
export class PageFault extends Error {}

/**
 * Returns {request, place}. Line n of the snippet is line n + place.before of the source; the snippet has place.lines
 * lines, and the source is one file beside place.files. Throws PageFault.
 */
export function compose(element, stdin, text) {
    const profile = element.profile;
    let source = '', before = 0;
    for (const one of inOrder(element, text)) {
        const { whole, above } = withTemplate(one, text);
        const part = source && profile === 'php' ? whole.replace(/^<\?php/, '') : whole;
        before = linesBefore(source) + above;
        source += `${part}\n`;
    }
    const files = filesOf(element, text);
    const example = element.getAttribute('example');
    const members = {
        profile, source, files, args: words(element.getAttribute('args')), stdin,
        stdin_open: element.getAttribute('stdin') === 'ask' || undefined,
        artifacts: element.getAttribute('output') === 'image' ? words(element.getAttribute('artifacts')) ?? ['*.png', '*.svg'] : undefined,
        labels: example ? { example } : undefined,
    };
    // A server refuses members that it does not permit, even if they are empty.
    const request = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
    return { request, place: { before, lines: element.code.split('\n').length, files: files?.map((file) => file.path) ?? [] } };
}

/** Returns the words of an attribute, or the texts of a JSON list, or undefined. */
export function words(value) {
    const trimmed = value?.trim();
    if (!trimmed) return undefined;
    return trimmed.startsWith('[') ? JSON.parse(trimmed) : trimmed.split(/\s+/);
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

/** Returns a snippet's code inside its hidden code, and the number of lines above it. */
function withTemplate(element, text) {
    const selector = element.getAttribute('template');
    if (!selector) return { whole: element.code, above: 0 };
    const hidden = textAt(selector, text);
    return { whole: hidden.replace('##CODE##', () => element.code), above: linesBefore(hidden.split('##CODE##')[0]) };
}

function filesOf(element, text) {
    return element.getAttribute('files')?.split(',').map((entry) => {
        const [, path, selector] = /^\s*(.+?):([#.[].*?)\s*$/.exec(entry) ?? [];
        if (!path) throw new PageFault(text.missing(entry.trim()));
        return { path, content: textAt(selector, text) };
    });
}

/** Returns the text of hidden code: a <template>, a <script type="text/plain">, another snippet, or any element. */
function textAt(selector, text) {
    const found = document.querySelector(selector);
    if (!found) throw new PageFault(text.missing(selector));
    if (preOf(found) && found.tagName === 'EXRUN-SNIPPET') return found.code;
    return (found.content ?? found).textContent.replace(/^\n/, '');
}

function linesBefore(source) {
    return source.split('\n').length - 1;
}
