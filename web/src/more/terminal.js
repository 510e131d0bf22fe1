// SPDX-License-Identifier: MIT
// A program's output in the page. It is kept in blocks: one for each stretch of a stream, so that a line of standard
// error is never torn, and a new one after some thousand characters. A browser lays out a block again whenever it grows;
// a full one it need not lay out as long as it is out of view.
import { make } from '../element/dom.js';
import { parse } from './ansi.js';

const BLOCK_CHARACTERS = 8192;
const LINE_HEIGHT = 1.55; // em, as in the style sheet

export class Terminal {
    #pre; #block = null; #length = 0; #states = {}; #column = null; #isFollowing = false;

    constructor(pre) {
        this.#pre = pre;
    }

    clear() {
        this.#pre.replaceChildren();
        this.#block = this.#column = null;
        this.#states = {};
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
        let line = this.#column === null ? null : this.#takeLine(this.#column);
        for (const operation of operations) {
            if (operation.text === undefined) line = moved(line ?? this.#takeLine(), operation);
            else if (line) line = this.#overwrite(line, operation, kind);
            else this.#append(operation.text, operation.style, kind);
        }
        this.#column = line && line.column < line.cells.length ? line.column : null;
        if (line) this.#putLine(line);
        if (isAtEnd) this.#pre.scrollTop = this.#pre.scrollHeight;
    }

    #openBlock(kind) {
        const last = this.#block;
        if (last && last.className === kind && this.#length < BLOCK_CHARACTERS) return;
        if (last && last.className === kind && !last.textContent.endsWith('\n')) return;
        if (last && this.#length >= BLOCK_CHARACTERS) rest(last);
        this.#block = make('div', kind ? { class: kind } : {});
        this.#length = 0;
        this.#column = null;
        this.#pre.append(this.#block);
    }

    #append(text, style, kind) {
        // Text that comes in one piece would be one block.
        for (let at = 0; at < text.length;) {
            const end = text.length - at > 2 * BLOCK_CHARACTERS ? text.indexOf('\n', at + BLOCK_CHARACTERS) + 1 || text.length : text.length;
            this.#appendPiece(text.slice(at, end), style, kind);
            at = end;
            if (at < text.length) this.#openBlock(this.#block.className);
        }
    }

    #appendPiece(text, style, kind) {
        const last = this.#block.lastChild;
        this.#length += text.length;
        if (last && last.look === style && last.kind === kind) {
            (last.firstChild ?? last).appendData(text);
            return;
        }
        const node = styled(text, style, kind);
        this.#block.append(Object.assign(node, { look: style, kind }));
    }

    /** Takes the characters after the last line break out of the page, to change them. */
    #takeLine(column) {
        const cells = [];
        for (let node; (node = this.#block.lastChild);) {
            const { look, kind, textContent } = node;
            const start = textContent.lastIndexOf('\n') + 1;
            cells.unshift(...[...textContent.slice(start)].map((character) => ({ character, look, kind })));
            if (start > 0) {
                (node.firstChild ?? node).data = textContent.slice(0, start);
                break;
            }
            node.remove();
        }
        return { cells, column: column ?? cells.length };
    }

    #putLine({ cells }) {
        for (let i = 0; i < cells.length;) {
            const { look, kind } = cells[i];
            let text = '';
            for (; i < cells.length && cells[i].look === look && cells[i].kind === kind; i++) text += cells[i].character;
            this.#append(text, look, kind);
        }
    }

    /** Returns the line that text leaves open, or null if its cursor is at the end of the line in the page. */
    #overwrite(line, { text, style }, kind) {
        const [first, ...others] = text.split('\n');
        for (const character of first) {
            while (line.cells.length < line.column) line.cells.push({ character: ' ', look: style, kind });
            line.cells[line.column++] = { character, look: style, kind };
        }
        if (others.length === 0) return line;
        this.#putLine(line);
        this.#append(`\n${others.join('\n')}`, style, kind);
        return null;
    }
}

/** Lets the browser leave a block out until it comes into view. The estimate of its height is for the scroll bar. */
function rest(block) {
    block.style.containIntrinsicBlockSize = `auto ${(block.textContent.split('\n').length * LINE_HEIGHT).toFixed(2)}em`;
    block.style.contentVisibility = 'auto';
}

function moved({ cells, column }, { move, by, erase }) {
    if (move === 'start') column = 0;
    if (move === 'back') column = Math.max(0, column - by);
    if (move === 'column') column = Math.min(by, 500);
    if (erase === 0) cells = cells.slice(0, column);
    if (erase === 1) cells = cells.map((cell, i) => (i <= column ? { ...cell, character: ' ' } : cell));
    if (erase === 2) cells = [];
    return { cells, column };
}

/** Returns a text node, or a <span> for text that looks different. */
function styled(text, style, kind) {
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
