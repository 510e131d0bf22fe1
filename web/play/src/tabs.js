// SPDX-License-Identifier: MIT
// The files as tabs (ARIA's pattern of the same name): arrow keys go from tab to tab, Delete removes a file, F2 renames
// it. The same is done by buttons, which only files have, because the program's own code has no name and always exists.
import { make } from '../../src/element/dom.js';

export class Tabs {
    #root; #program; #text; #onChange; #list; #form; index = 0;

    /** @param parts {root, text, tell(sentence), onChange()} onChange: another text is shown, or a file has another name */
    constructor({ root, text, tell, onChange }) {
        this.#root = root;
        this.#text = text;
        this.#onChange = onChange;
        this.tell = tell;
        this.#list = root.getElementById('tabs');
        this.#form = root.getElementById('naming');
        this.#list.addEventListener('click', (event) => event.target.closest('[role=tab]') && this.show(this.#tabs.indexOf(event.target.closest('[role=tab]'))));
        this.#list.addEventListener('keydown', (event) => this.#keyed(event));
        this.#at('add').addEventListener('click', () => this.#add());
        this.#at('rename').addEventListener('click', () => this.#beginNaming());
        this.#at('remove').addEventListener('click', () => this.#remove());
        this.#at('cancel').addEventListener('click', () => this.#endNaming());
        this.#form.addEventListener('submit', (event) => this.#named(event));
        this.#form.addEventListener('keydown', (event) => event.key === 'Escape' && this.#endNaming());
    }

    set program(program) {
        this.#program = program;
        this.show(0);
    }

    show(index) {
        this.index = index;
        this.#form.hidden = true;
        this.#draw();
        this.#onChange();
    }

    get #tabs() {
        return [...this.#list.children];
    }

    #at(id) {
        return this.#root.getElementById(id);
    }

    #draw() {
        const names = [this.#text.program, ...this.#program.files.map((file) => file.path)];
        const hadFocus = this.#list.contains(this.#root.activeElement);
        this.#list.replaceChildren(...names.map((name, i) => make('button', {
            role: 'tab', type: 'button', id: `tab${i}`, 'aria-controls': 'writing', 'aria-selected': String(i === this.index), tabindex: i === this.index ? '0' : '-1',
        }, name)));
        if (hadFocus) this.#tabs[this.index].focus();
        this.#at('writing').setAttribute('aria-labelledby', `tab${this.index}`);
        for (const id of ['rename', 'remove']) this.#at(id).hidden = this.index === 0 || !this.#form.hidden;
    }

    #keyed(event) {
        const last = this.#program.files.length;
        const to = { ArrowRight: this.index === last ? 0 : this.index + 1, ArrowLeft: this.index === 0 ? last : this.index - 1, Home: 0, End: last }[event.key];
        if (to !== undefined) this.show(to);
        else if (event.key === 'Delete' && this.index > 0) this.#remove();
        else if (event.key === 'F2' && this.index > 0) this.#beginNaming();
        else return;
        event.preventDefault();
    }

    #add() {
        this.show(this.#program.addFile());
        this.#beginNaming();
    }

    #remove() {
        const [{ path }] = this.#program.files.splice(this.index - 1, 1);
        this.show(this.index - 1);
        this.#tabs[this.index].focus();
        this.tell(this.#text.removed(path));
    }

    #beginNaming() {
        const field = this.#at('name');
        this.#form.hidden = false;
        field.value = this.#program.files[this.index - 1].path;
        field.setCustomValidity('');
        this.#draw();
        field.focus();
        field.select();
    }

    #named(event) {
        event.preventDefault();
        const field = this.#at('name'), file = this.#program.files[this.index - 1], name = field.value.trim();
        const isTaken = name !== file.path && this.#program.has(name);
        field.setCustomValidity(isTaken ? this.#text.nameTaken(name) : '');
        if (!field.reportValidity()) {
            field.addEventListener('input', () => field.setCustomValidity(''), { once: true });
            return;
        }
        file.path = name;
        this.#endNaming();
        this.#onChange();
    }

    #endNaming() {
        this.#form.hidden = true;
        this.#draw();
        this.#tabs[this.index].focus();
    }
}
