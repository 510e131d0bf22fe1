// SPDX-License-Identifier: MIT
// Run becomes Stop while a program runs, but not for the moment that most programs take.
import { icon } from '../element/dom.js';

const STOP = 'M3.500 2.500h9a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1z';

export class RunButton {
    #button; #text; #run;

    constructor(button, text) {
        this.#button = button;
        this.#text = text;
        this.#run = [...button.childNodes];
    }

    showStop() {
        // As wide as before, so that nothing beside it moves.
        this.#button.style.minWidth = `${this.#button.offsetWidth}px`;
        this.#button.replaceChildren(icon(STOP), this.#text.stop);
    }

    showRun() {
        this.#button.replaceChildren(...this.#run);
    }

    set isDisabled(value) {
        // Not `disabled`, which would take the focus away.
        this.#button.ariaDisabled = value ? 'true' : null;
    }

    get isDisabled() {
        return this.#button.ariaDisabled === 'true';
    }
}
