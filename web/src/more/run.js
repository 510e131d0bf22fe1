// SPDX-License-Identifier: MIT
// One run of a snippet, from the request to its end. It turns the events of the server into output and notes while
// the program runs, and into events of the element; finish.js shows the end.
import { answers } from './answer.js';
import { Problem, UNSHOWN } from './problem.js';

export class Run {
    #abort = new AbortController(); #url = null; #parts;
    began = Date.now();
    isQueued = false;
    result = null;
    problem = null;

    /** @param parts {link, output, panel, ask, text, fire(name, detail), setState(state), changed}; changed: by pointer, the members of the request that the reader has changed */
    constructor(parts) {
        this.#parts = parts;
    }

    get isStopped() {
        return this.#abort.signal.aborted;
    }

    /** Sets `result` or `problem`; neither if it is stopped. */
    async go(request) {
        const stopped = new Promise((done) => this.#abort.signal.addEventListener('abort', done));
        await Promise.race([this.#follow(request), stopped]);
        this.#parts.ask.close();
    }

    /** Ends it, also on the server, which would notice the closed connection of a stream, but not that a page asks no more. */
    stop() {
        this.#abort.abort();
        if (this.#url) this.#parts.link.send(this.#url, { method: 'DELETE', keepalive: true }).catch(() => {}); // it has ended by itself
    }

    /** Ends it without a result, because of an error of this page. */
    fail(error) {
        console.error(error);
        this.result = null;
        this.problem = new Problem(UNSHOWN);
    }

    async #follow(request) {
        try {
            for await (const { name, data } of answers(this.#parts.link, request, this.#abort.signal)) {
                if (this.isStopped) return;
                this.#take(name, data);
            }
        } catch (error) {
            if (this.isStopped) return;
            if (!(error instanceof Problem)) console.error(error); // the answer is not one of the contract
            this.problem = error instanceof Problem ? error : new Problem(500);
            this.problem.isReaders = this.#parts.changed[this.problem.pointer] ?? false;
        }
    }

    #take(name, data) {
        const { output, ask, link, fire } = this.#parts;
        if (data.id) this.#url = data.url ?? link.url(data.id).href;
        if (name === 'queued') this.#queued(data);
        else if (name === 'started') this.#started();
        else if (name === 'stdout') output.write(data.text);
        else if (name === 'stderr') output.write(data.text, 'error');
        else if (name === 'restarted') output.restart();
        else if (name === 'reading') ask.open(this.#url);
        else if (name === 'waiting') this.#parts.panel.note(this.#parts.text.waiting(data.seconds));
        else if (name === 'result') this.result = data;
        else return; // of a newer server
        fire(name, data);
    }

    /** The service counts from 1, Laravel's routes count those before. */
    #queued({ position, before = position - 1 }) {
        const { panel, text, setState } = this.#parts;
        this.isQueued = true;
        setState('queued');
        // Nearly every run is the next for a millisecond.
        if (before > 0 || Date.now() - this.began > 150) panel.note(before > 0 ? text.before(before) : text.next);
    }

    #started() {
        const { panel, output, text, setState } = this.#parts;
        this.isQueued = false;
        setState('running');
        panel.note(output.isHeld ? text.recorded : '');
    }
}
