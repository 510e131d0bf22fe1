// SPDX-License-Identifier: MIT
// A snippet's code while a reader changes it: the page's own <code>, the editor over it, the mark of a line, and the
// copy that this browser tab keeps.
import { preOf } from '../element/code.js';
import { editKey, keepEdit, keptEdit } from './edits.js';
import { openEditor } from './editor.js';
import { markLine } from './lines.js';
import { ShownCode } from './shown_code.js';

export class Writing {
    isShared = false; // the code came with a link, even if the reader has changed it since
    #parts; #code; #key; #editor = null; #mark = null;

    /** @param parts {element, root, text, editors, onChange(code)} */
    constructor(parts) {
        this.#parts = parts;
        this.#code = new ShownCode(parts.element);
        this.#key = editKey(parts.element);
        const kept = keptEdit(this.#key, this.#code.original);
        if (kept) this.#code.show(kept.code);
        this.isShared = kept?.isShared ?? false;
        this.dress();
    }

    get text() {
        return this.#code.text;
    }

    get isChanged() {
        return this.#code.isChanged;
    }

    /** Shows other code, in the editor as well if that is open. */
    show(text) {
        if (text === this.text) return;
        this.#changed(text);
        this.#editor?.setText(text);
    }

    /** Shows the code of a link. */
    showShared(text) {
        this.isShared = true;
        this.show(text);
    }

    /** Opens the editor, or takes the caret to an offset. */
    edit(caret) {
        const { element, root, text, editors } = this.#parts;
        if (element.readOnly) return;
        if (this.#editor) {
            this.#editor.setText(this.text, caret ?? 0);
            return;
        }
        const open = editors[element.getAttribute('editor')] ?? openEditor;
        const place = { element, sheet: root.getElementById('sheet'), pre: preOf(element), code: this.#code.node };
        this.#editor = open({ place, code: this.text, caret, text, onChange: (code) => this.#changed(code), onLeave: () => this.#left() });
        this.dress();
    }

    reset() {
        this.show(this.#code.original);
        this.#clearMark();
    }

    mark(line) {
        this.#clearMark();
        const sheet = this.#parts.root.getElementById('sheet');
        this.#mark = this.#editor ? this.#editor.mark(line) : markLine(this.#code.node, sheet, line);
    }

    /** The button is Edit, or Reset once there is something to reset. */
    dress() {
        const { element, root, text } = this.#parts;
        const button = root.getElementById('edit');
        button.textContent = this.isChanged ? text.reset : text.edit;
        button.hidden = element.readOnly || (!this.isChanged && this.#editor !== null);
    }

    /** Edits stay in the tab, and come back with the page. */
    restorePage() {
        this.#close();
        this.#clearMark();
        if (this.isChanged) this.#code.show(this.#code.original);
        this.#parts.element.removeAttribute('tokens');
    }

    #changed(text) {
        this.#clearMark();
        this.#code.show(text);
        if (!this.isChanged) this.isShared = false;
        keepEdit(this.#key, this.#code.original, this.isChanged ? { code: text, isShared: this.isShared } : undefined);
        this.dress();
        this.#parts.onChange(text);
    }

    /** A reader who only passes with Tab finds the page's code as it was. */
    #left() {
        if (!this.isChanged) this.#close();
    }

    #close() {
        this.#editor?.close();
        this.#editor = null;
        this.dress();
    }

    #clearMark() {
        this.#mark?.remove();
        this.#mark = null;
    }
}
