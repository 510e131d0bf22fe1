// SPDX-License-Identifier: MIT
// The operations of a program's output as text to be shown: complete lines, and the line that is still open. Only take()
// hands it over, so a million steps within a line change the page once.
import { addPiece, OpenLine, penAt } from './open_line.js';

export class Screen {
    #done = []; // complete lines that were not taken yet
    #open = []; // all pieces of the open line, unless the program writes over it
    #line = null; // the open line as an OpenLine, if the program writes over it
    #taken = 0; // pieces of #open that were taken
    #isRedrawn = false;

    get isLineOpen() {
        return this.#line ? !this.#line.isEmpty : this.#open.length > 0;
    }

    /** Begins on another line, which no later step leaves. */
    breakOff() {
        this.#open = [];
        this.#line = null;
        this.#taken = 0;
    }

    /** @param operations as ansi.js gives them; kind: that of all their text */
    write(operations, kind) {
        for (const operation of operations) {
            if (operation.text !== undefined) this.#write(operation.text, { style: operation.style, kind });
            else this.#openLine().move(operation);
        }
    }

    /**
     * Returns {done, open, isRedrawn}, lists of pieces {text, pen}: what has become complete, and what follows it. If
     * isRedrawn, the page has to forget the open line that it got before.
     */
    take() {
        const isRedrawn = this.#isRedrawn;
        const taken = { done: this.#done, open: this.#line ? this.#line.pieces() : this.#open.slice(this.#taken), isRedrawn };
        this.#done = [];
        this.#taken = this.#open.length;
        this.#isRedrawn = this.#line !== null;
        return taken;
    }

    #openLine() {
        if (this.#line) return this.#line;
        this.#line = new OpenLine(this.#open);
        this.#isRedrawn ||= this.#taken > 0;
        this.#open = [];
        this.#taken = 0;
        return this.#line;
    }

    #write(text, pen) {
        const next = text.lastIndexOf('\n') + 1;
        if (next > 0) this.#complete(text.slice(0, next), pen);
        if (next === text.length) return;
        if (this.#line) this.#line.write(text.slice(next), pen);
        else this.#extend(text.slice(next), penAt(this.#open.length, pen));
    }

    /** What was taken does not change any more. */
    #extend(text, pen) {
        if (this.#open.length > this.#taken) addPiece(this.#open, text, pen);
        else this.#open.push({ text, pen });
    }

    #complete(text, pen) {
        const first = text.indexOf('\n');
        this.#line?.write(text.slice(0, first), pen);
        const pieces = this.#line ? this.#line.pieces() : this.#open.slice(this.#taken);
        for (const piece of pieces) addPiece(this.#done, piece.text, piece.pen);
        addPiece(this.#done, this.#line ? text.slice(first) : text, pen);
        this.breakOff();
    }
}
