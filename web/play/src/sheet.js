// SPDX-License-Identifier: MIT
// The sheet on which a visitor writes: one text at a time, in the snippet's editor or in Monaco. Both have the same five
// functions: open, text, setText, mark, close.
import { openEditor } from '../../src/more/editor.js';
import { nodesOf } from '../../src/more/tokens.js';

export class Sheet {
    #parts; #place; #editor = null; #mark = null; #language = ''; #text = '';

    /** @param parts {element, root, text, onChange(code)} */
    constructor(parts) {
        this.#parts = parts;
        const { element, root } = parts;
        const pre = element.querySelector('pre');
        this.#place = { element, sheet: root.getElementById('sheet'), pre, code: pre.querySelector('code') };
        element.toggleAttribute('tokens', true);
    }

    /** Shows a text, whose colours are those of @language. */
    show(text, language) {
        this.#language = language;
        this.#draw(text);
        this.mark(0);
        this.#editor?.setText(text);
        this.#editor?.setLanguage?.(language);
    }

    /** Opens one editor instead of another. @open: as openEditor() of src/more/editor.js. */
    use(open = openEditor) {
        const { text, onChange } = this.#parts;
        this.#editor?.close();
        this.#editor = open({
            place: this.#place, code: this.#text, language: this.#language, text,
            onChange: (code) => {
                this.mark(0);
                this.#draw(code);
                onChange(code);
            },
            onLeave: () => {},
        });
    }

    /** Takes the caret to an offset. */
    edit(offset) {
        this.#editor.setText(this.#text, offset);
    }

    mark(line) {
        this.#mark?.remove();
        this.#mark = line ? this.#editor.mark(line) : null;
    }

    /** The line break at the end gives a last, empty line its place. */
    #draw(text) {
        this.#text = text;
        this.#place.code.replaceChildren(nodesOf(`${text}\n`, this.#language));
    }
}
