// SPDX-License-Identifier: MIT
// The output of a run, on its way to the page: at most once a frame, and not before it differs from the recorded
// output, which stays in view until then.
import { Seen, seen, seenDifference, startsLike } from './recorded.js';
import { Terminal } from './terminal.js';

const STEP = 65_536; // characters at a time, so that the page answers in between
const MOST_SHOWN = 4_194_304; // characters: a site can raise the service's limit to more than a page can show

export class Output {
    #terminal; #waiting = []; #frame = 0; #shown = 0; #recorded; #recordedSeen = ''; #seen = new Seen(); #onRelease; #isFirst = true;
    isHeld;
    stdout = '';
    isEmpty = true;
    isCut = false;
    fault = null; // an error of this page, which can't show the output

    /**
     * @param recorded the recorded output, or null if this run is not compared
     * @param onRelease called when the program's own output replaces the recorded one
     */
    constructor(pre, recorded, onRelease) {
        this.#terminal = new Terminal(pre);
        this.#terminal.clear();
        this.#recorded = recorded;
        this.#onRelease = onRelease;
        this.isHeld = recorded !== null;
        if (!this.isHeld) return;
        this.#recordedSeen = seen(recorded);
        if (this.#recordedSeen !== recorded) this.#terminal.write(recorded); // the page's own <pre> can't show it
    }

    write(text, kind = '') {
        this.isEmpty = false;
        if (kind === '') this.stdout += text;
        this.#waiting.push([text, kind]);
        if (this.isHeld && !this.#isAsRecorded(text, kind)) this.release();
        if (this.isHeld) return;
        if (this.#isFirst) this.flush(); // the reader waits for the first output
        else this.#frame ||= requestAnimationFrame(() => this.flush());
        this.#isFirst = false;
    }

    #isAsRecorded(text, kind) {
        if (kind !== '') return false;
        this.#seen.write(text);
        return startsLike(this.#seen.text, this.#recordedSeen);
    }

    /** Keeps the end in view from now on, as a terminal does, unless the reader has scrolled. */
    follow() {
        this.#terminal.follow();
    }

    /** The program has begun again, and so does its output. */
    restart() {
        cancelAnimationFrame(this.#frame);
        if (!this.isHeld) this.#terminal.clear();
        this.#seen = new Seen();
        Object.assign(this, { stdout: '', isEmpty: true, isCut: false });
        this.#waiting = [];
        this.#frame = this.#shown = 0;
    }

    /** Shows the program's own output from now on. */
    release() {
        if (!this.isHeld) return;
        this.isHeld = false;
        this.#terminal.clear();
        this.#onRelease();
    }

    /** Shows a part of the waiting output, and the rest in the next frames. */
    flush() {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        if (this.isHeld) return;
        try {
            this.#showSome();
        } catch (error) {
            this.#waiting = [];
            this.fault ??= error;
        }
        if (this.#waiting.length > 0) this.#frame = requestAnimationFrame(() => this.flush());
    }

    #showSome() {
        this.#waiting = joined(this.#waiting);
        for (let left = STEP; left > 0 && this.#waiting.length > 0;) {
            const [text, kind] = this.#waiting[0];
            this.#show(text.slice(0, left), kind);
            if (text.length <= left) this.#waiting.shift();
            else this.#waiting[0][0] = text.slice(left);
            left -= text.length;
        }
    }

    /** Shows all that waits. A tab in the background has no frames. */
    async drain() {
        for (this.flush(); !this.isHeld && this.#waiting.length > 0; this.flush()) await new Promise((done) => setTimeout(done));
    }

    #show(text, kind) {
        const room = MOST_SHOWN - this.#shown;
        this.isCut ||= text.length > room;
        this.#shown += Math.min(text.length, room);
        if (room > 0) this.#terminal.write(text.slice(0, room), kind);
    }

    /** Returns undefined if this run is not compared, null if it wrote the recorded output, else the first difference. */
    compare() {
        return this.#recorded === null ? undefined : seenDifference(this.stdout, this.#recorded);
    }
}

/** Returns the pieces with neighbours of the same kind as one. */
function joined(pieces) {
    const all = [];
    for (const [text, kind] of pieces) {
        if (all.at(-1)?.[1] === kind) all.at(-1)[0] += text;
        else all.push([text, kind]);
    }
    return all;
}
