// SPDX-License-Identifier: MIT
// The line that a program writes over: one character for each column, and the column of the cursor. A step costs as
// much as the program has written for it, because a program can repeat a step a million times.
import { PLAIN } from './ansi.js';

const BLANK = Object.freeze({ style: PLAIN, kind: '' });
const LAST_COLUMN = 500; // that a sequence can move the cursor to

export class OpenLine {
    #characters = []; #pens = []; #column = 0;
    #erased = 0; // all columns before this one are erased

    /** @param pieces the line so far: {text, pen}; pen: {style, kind} */
    constructor(pieces) {
        for (const { text, pen } of pieces) this.write(text, pen);
    }

    get isEmpty() {
        return this.#characters.length === 0;
    }

    /** Writes text without a line break over the characters at the cursor. */
    write(text, pen) {
        for (let at = this.#characters.length; at < this.#column; at++) this.#erase(at);
        this.#erased = Math.min(this.#erased, this.#column);
        for (const character of text) {
            this.#characters[this.#column] = character;
            this.#pens[this.#column++] = pen;
        }
    }

    /** @param operation {move, by} or {erase}, as ansi.js gives it */
    move({ move, by, erase }) {
        if (move === 'start') this.#column = 0;
        if (move === 'back') this.#column = Math.max(0, this.#column - by);
        if (move === 'column') this.#column = Math.min(by, LAST_COLUMN);
        if (erase === 0 || erase === 2) this.#cut(this.#column);
        if (erase === 1 || erase === 2) this.#eraseStart(Math.min(this.#column + 1, this.#characters.length));
    }

    /** Returns the line: {text, pen}. Erased characters at its end are left out. */
    pieces() {
        const pieces = [];
        let end = this.#characters.length;
        while (end > 0 && this.#pens[end - 1] === BLANK) end--;
        for (let at = 0; at < end; at++) addPiece(pieces, this.#characters[at], penAt(pieces.length, this.#pens[at]));
        return pieces;
    }

    #cut(length) {
        if (length >= this.#characters.length) return;
        this.#characters.length = this.#pens.length = length;
        this.#erased = Math.min(this.#erased, length);
    }

    #eraseStart(end) {
        for (let at = this.#erased; at < end; at++) this.#erase(at);
        this.#erased = Math.max(this.#erased, end);
    }

    #erase(at) {
        this.#characters[at] = ' ';
        this.#pens[at] = BLANK;
    }
}

const MOST_PIECES = 2000; // a browser lays a line out again whenever it grows

/** Returns the pen for a line that has @n pieces. Behind a line's first ones, its text has no colours. */
export function penAt(n, pen) {
    return n < MOST_PIECES ? pen : { style: PLAIN, kind: pen.kind };
}

/** Adds text to a list of pieces: to its last one, if that looks the same. */
export function addPiece(pieces, text, pen) {
    const last = pieces.at(-1);
    if (last && isSamePen(last.pen, pen)) last.text += text;
    else pieces.push({ text, pen });
}

const LOOKS = ['fore', 'back', 'bold', 'dim', 'italic', 'underline', 'inverse'];

function isSamePen(one, other) {
    if (one === other) return true;
    return one.kind === other.kind && (one.style === other.style || LOOKS.every((look) => (one.style[look] ?? false) === (other.style[look] ?? false)));
}
