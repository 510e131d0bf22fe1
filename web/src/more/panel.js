// SPDX-License-Identifier: MIT
// The output's part of a snippet: a row if something is wrong, a head with notes and figures, the text, and a foot. It
// only shows; session.js, runs.js and finish.js decide.
import { icon, make } from '../element/dom.js';

const ALERT = 'M8 1.300a6.700 6.700 0 1 1 0 13.400A6.700 6.700 0 0 1 8 1.300zM8 4.600v4M8 11.200v.1';

export class Panel {
    out = make('pre', { class: 'out', id: 'out', part: 'text', role: 'group' });
    view = make('div', { class: 'view', id: 'view' });
    #at; #timer;

    /** @param clone returns a new panel, for a snippet without recorded output */
    constructor(root, text, clone) {
        this.#at = (id) => root.getElementById(id);
        this.out.ariaLabel = text.output;
        root.querySelector('.away')?.remove();
        root.append(make('div', { class: 'status', role: 'status', id: 'status' }));
        if (!this.#at('panel')) {
            this.#at('box').append(clone());
            this.isShown = false;
            this.note('');
        }
        const row = make('div', { class: 'say', id: 'say', hidden: '' }, icon(ALERT), make('span', { id: 'sentence' }));
        const head = this.#at('head');
        head.before(row);
        head.after(this.out);
        this.#at('expected').after(this.view, make('div', { class: 'foot', id: 'foot', hidden: '' }));
    }

    /** Empties everything but the output's text, which the next Output does. */
    clear() {
        for (const id of ['say', 'foot']) this.#at(id).hidden = true;
        this.view.replaceChildren();
        this.note('');
        this.meta('');
        this.#at('panel').classList.remove('bare');
    }

    set isShown(value) {
        this.#at('panel').hidden = !value;
    }

    set hasRecorded(value) {
        this.#at('expected').hidden = !value;
    }

    /** @param kind 'bad' if the program is at fault, 'warn' if it is not, 'info' */
    say(kind, ...parts) {
        this.isShown = true;
        this.#at('say').className = `say ${kind}`;
        this.#at('sentence').replaceChildren(...parts);
        this.#at('say').hidden = false;
        this.settle();
    }

    note(text) {
        this.#at('note').textContent = text;
    }

    /** Shows figures, instead of that it runs. */
    meta(text) {
        clearTimeout(this.#timer);
        this.#at('meta').textContent = text;
    }

    /** Shows for how long it runs, or waits. @word returns which of them. */
    spin(word, began) {
        const seconds = Math.floor((Date.now() - began) / 1000);
        this.meta('');
        this.#at('meta').append(make('span', { class: 'spin' }), seconds ? `${word()} ${seconds} s` : word());
        this.#timer = setTimeout(() => this.spin(word, began), 1000 - ((Date.now() - began) % 1000));
    }

    foot(text) {
        this.#at('foot').textContent = text;
        this.#at('foot').hidden = false;
    }

    /** Sets the text that a screen reader says. */
    tell(text) {
        this.#at('status').textContent = text;
    }

    /** A sentence alone needs no head below it. */
    settle() {
        const isBare = this.#at('expected').hidden && !this.out.firstChild && !this.#at('note').textContent && !this.#at('meta').textContent;
        this.#at('panel').classList.toggle('bare', isBare);
        // A long text must be reachable by keys, to be scrolled.
        this.out.tabIndex = this.out.scrollHeight > this.out.clientHeight ? 0 : -1;
    }
}
