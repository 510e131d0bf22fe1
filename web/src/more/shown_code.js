// SPDX-License-Identifier: MIT
// The page's own <code>: its first content, and its present one. The site's highlighting stays until the code is another one.
import { codeOf, readCode } from '../element/code.js';
import { nodesOf } from './tokens.js';

export class ShownCode {
    #element; #nodes; #text;
    original;

    constructor(element) {
        this.#element = element;
        this.original = this.#text = readCode(element);
    }

    get node() {
        return codeOf(this.#element);
    }

    get text() {
        return this.#text;
    }

    get isChanged() {
        return this.#text !== this.original;
    }

    /** Shows @text, in the site's own highlighting if it is the page's own text. */
    show(text) {
        this.#nodes ??= [...this.node.childNodes].map((node) => node.cloneNode(true));
        this.#text = text;
        if (!this.isChanged) {
            this.node.replaceChildren(...this.#nodes.map((node) => node.cloneNode(true)));
        } else {
            const hasColours = this.#element.getAttribute('editor') !== 'plain';
            this.node.replaceChildren(hasColours ? nodesOf(text, this.#element.profile) : text, '\n');
        }
        this.#element.toggleAttribute('tokens', this.isChanged);
    }
}
