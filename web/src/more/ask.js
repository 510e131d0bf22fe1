// SPDX-License-Identifier: MIT
// The field under the output, in which a reader answers a program that waits for input.
import { make } from '../element/dom.js';
import { Problem, sentenceOf } from './problem.js';

const MOST_TRIES = 6;

export class Ask {
    #form; #input; #url = null; #sent = 0; #line = Promise.resolve(); #parts;

    /** @param parts {root, element, text, link, onAnswer, onProblem} */
    constructor(parts) {
        const { root, text } = this.#parts = parts;
        this.#input = make('input', { id: 'answer', 'aria-label': text.answer, autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
        const end = make('button', { type: 'button', id: 'end' }, text.end);
        this.#form = make('form', { class: 'ask', id: 'question', hidden: '' }, this.#input, make('button', { id: 'send' }, text.send), end);
        this.#form.addEventListener('submit', (event) => {
            event.preventDefault();
            this.#send(`${this.#input.value}\n`);
            this.#input.value = '';
        });
        end.addEventListener('click', () => this.#send('', true));
        root.getElementById('foot').before(this.#form);
    }

    /** @param url the address of the run */
    open(url) {
        if (this.#url !== url) this.#sent = 0;
        this.#url = url;
        this.#form.hidden = false;
        const { root, element } = this.#parts;
        // Never away from something else on the page.
        if (element.matches(':focus-within') && root.activeElement !== this.#input) this.#input.focus({ preventScroll: true });
    }

    close() {
        this.#form.hidden = true;
        this.#url = null;
        this.#input.value = '';
    }

    #send(text, isEnd = false) {
        const body = new TextEncoder().encode(text);
        const url = new URL(this.#url);
        url.pathname += '/stdin';
        url.search = isEnd ? `?at=${this.#sent}&close=1` : `?at=${this.#sent}`;
        this.#sent += body.length;
        if (isEnd) this.#form.hidden = true;
        if (text) this.#parts.onAnswer(text);
        this.#line = this.#line.then(() => this.#post(url, body)).catch((problem) => this.#parts.onProblem(sentenceOf(problem, this.#parts.text)));
    }

    /** The offset in the address makes it safe to send the same again. */
    async #post(url, body) {
        for (let tries = 1; ; tries++) {
            try {
                return await this.#parts.link.send(url, { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' } });
            } catch (error) {
                const problem = error instanceof Problem ? error : new Problem(500);
                const passes = problem.status === 0 || problem.wait > 0;
                if (!this.#url) return null; // the run has ended
                if (!passes || tries === MOST_TRIES) throw problem;
                await new Promise((done) => setTimeout(done, 1000 * (problem.wait || 1)));
            }
        }
    }
}
