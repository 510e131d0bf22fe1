// SPDX-License-Identifier: MIT
// Recorded output is compared as a reader sees it: without colours, and without what the program has written over. As for
// `examples:verify` of the Laravel package, white space at the end of a line and of the whole does not count.
import { parse, withoutEscapes } from './ansi.js';
import { Screen } from './screen.js';

/** What is seen of a program's output that comes in pieces. */
export class Seen {
    #screen = new Screen(); #state; #done = ''; #open = '';

    get text() {
        return this.#done + this.#open;
    }

    write(text) {
        const { operations, state } = parse(text, this.#state);
        this.#state = state;
        this.#screen.write(operations, '');
        const { done, open, isRedrawn } = this.#screen.take();
        if (isRedrawn) this.#open = '';
        if (done.length > 0) {
            this.#done += this.#open + textOf(done);
            this.#open = '';
        }
        this.#open += textOf(open);
    }
}

/** Returns what is seen of a text. */
export function seen(text) {
    const all = new Seen();
    all.write(text);
    return all.text;
}

/** Returns the first difference as differenceOf() does, or null if the same is seen. */
export function seenDifference(output, recorded) {
    const difference = differenceOf(seen(output), seen(recorded));
    // An HTML parser has made line breaks of the carriage returns in the recorded text.
    const isAsParsed = difference && output.includes('\r') && !differenceOf(parsed(output), parsed(recorded));
    return isAsParsed ? null : difference;
}

function parsed(text) {
    return withoutEscapes(text.replace(/\r\n?/g, '\n'));
}

function textOf(pieces) {
    return pieces.map((piece) => piece.text).join('');
}

/** Returns true if @output can still become @recorded. Its last line may be unfinished. */
export function startsLike(output, recorded) {
    const lines = output.split('\n');
    const last = lines.pop();
    const wanted = trimmed(recorded).split('\n');
    if (trimmed(output).split('\n').length > wanted.length) return false;
    return lines.every((line, i) => line.trimEnd() === (wanted[i] ?? '')) && (wanted[lines.length] ?? '').startsWith(last.trimEnd());
}

/** Returns null, or {line, recorded}: the first line that differs, and the recorded text of it, undefined behind its end. */
export function differenceOf(output, recorded) {
    const [is, was] = [output, recorded].map((text) => trimmed(text).split('\n'));
    const length = Math.max(is.length, was.length);
    for (let i = 0; i < length; i++) if (is[i] !== was[i]) return { line: i + 1, recorded: was[i] };
    return null;
}

function trimmed(text) {
    return text.split('\n').map((line) => line.trimEnd()).join('\n').trimEnd();
}
