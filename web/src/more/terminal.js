// SPDX-License-Identifier: MIT
// A program's output in the page. It is kept in blocks: one for each stretch of a stream, so that a line of standard
// error is never torn, and a new one after some thousand characters. A browser lays out a block again whenever it grows;
// a full one it need not lay out as long as it is out of view.
import { make } from '../element/dom.js';
import { parse } from './ansi.js';
import { Screen } from './screen.js';

const BLOCK_CHARACTERS = 8192;
const LINE_HEIGHT = 1.55; // em, as in the style sheet

export class Terminal {
    #pre; #block = null; #length = 0; #states = {}; #screen = new Screen(); #openNodes = []; #isFollowing = false;

    constructor(pre) {
        this.#pre = pre;
    }

    clear() {
        this.#pre.replaceChildren();
        this.#block = null;
        this.#openNodes = [];
        this.#states = {};
        this.#screen = new Screen();
    }

    /** Output that is there at once is read from its start. One that takes its time is followed. */
    follow() {
        if (this.#pre.scrollTop > 0) return;
        this.#isFollowing = true;
        this.#pre.scrollTop = this.#pre.scrollHeight;
    }

    /** @param kind '' for stdout, 'error' for stderr, 'answer' for the reader's own input */
    write(text, kind = '') {
        const isAtEnd = this.#isFollowing && this.#pre.scrollTop + this.#pre.clientHeight >= this.#pre.scrollHeight - 8;
        this.#openBlock(kind === 'error' ? kind : '');
        const { operations, state } = parse(text, this.#states[kind]);
        this.#states[kind] = state;
        this.#screen.write(operations, kind);
        this.#draw(this.#screen.take());
        if (isAtEnd) this.#pre.scrollTop = this.#pre.scrollHeight;
    }

    #openBlock(kind) {
        const last = this.#block;
        if (last && last.className === kind && (this.#length < BLOCK_CHARACTERS || this.#screen.isLineOpen)) return;
        this.#screen.breakOff();
        this.#addBlock(kind);
    }

    #addBlock(kind) {
        if (this.#block && this.#length >= BLOCK_CHARACTERS) rest(this.#block);
        this.#block = make('div', kind ? { class: kind } : {});
        this.#length = 0;
        this.#openNodes = [];
        this.#pre.append(this.#block);
    }

    #draw({ done, open, isRedrawn }) {
        if (isRedrawn) for (const node of this.#openNodes) node.remove();
        if (isRedrawn || done.length > 0) this.#openNodes = [];
        for (const [i, piece] of done.entries()) {
            if (this.#length >= BLOCK_CHARACTERS && done[i - 1]?.text.endsWith('\n')) this.#addBlock(this.#block.className);
            this.#appendLines(piece);
        }
        const nodes = open.map((piece) => styled(piece));
        this.#openNodes = this.#openNodes.concat(nodes);
        this.#append(nodes, open);
    }

    /** Text that comes in one piece would be one block. */
    #appendLines({ text, pen }) {
        for (let at = 0; at < text.length;) {
            const end = text.length - at > 2 * BLOCK_CHARACTERS ? text.indexOf('\n', at + BLOCK_CHARACTERS) + 1 || text.length : text.length;
            const piece = { text: text.slice(at, end), pen };
            this.#append([styled(piece)], [piece]);
            at = end;
            if (at < text.length) this.#addBlock(this.#block.className);
        }
    }

    #append(nodes, pieces) {
        for (const { text } of pieces) this.#length += text.length;
        for (const node of nodes) this.#block.append(node);
    }
}

/** Lets the browser leave a block out until it comes into view. The estimate of its height is for the scroll bar. */
function rest(block) {
    block.style.containIntrinsicBlockSize = `auto ${(block.textContent.split('\n').length * LINE_HEIGHT).toFixed(2)}em`;
    block.style.contentVisibility = 'auto';
}

/** Returns a text node, or a <span> for text that looks different. */
function styled({ text, pen: { style, kind } }) {
    const names = ['bold', 'dim', 'italic', 'underline', 'inverse'].filter((name) => style[name]);
    for (const side of ['fore', 'back']) if (typeof style[side] === 'number') names.push(`${side}${style[side]}`);
    if (kind === 'answer') names.push(kind);
    const hasColour = typeof style.fore === 'string' || typeof style.back === 'string';
    if (names.length === 0 && !hasColour) return document.createTextNode(text);
    const span = make('span', {}, text);
    if (names.length > 0) span.className = names.join(' ');
    if (typeof style.fore === 'string') span.style.color = style.fore;
    if (typeof style.back === 'string') span.style.background = style.back;
    return span;
}
