// SPDX-License-Identifier: MIT
// The editor: a text area over the page's own code, whose characters are transparent, so a reader sees the colours
// below. Other editors can take its place, if they have the same five functions: open, text, setText, mark, close.
import { make } from '../element/dom.js';
import { indent, newLine, outdent } from './keys.js';
import { boxOfLine, markLine } from './lines.js';

const COPIED = [
    'fontFamily', 'fontSize', 'fontWeight', 'lineHeight', 'letterSpacing', 'tabSize', 'fontVariantLigatures', 'fontFeatureSettings',
    'whiteSpace', 'overflowWrap', 'wordBreak', 'direction',
];

/**
 * Opens the editor with @code and the caret at @caret, and focuses it. @place is {element, sheet, pre, code}: the
 * snippet, the box around its code, and the page's <pre> and <code>. @onChange gets the code after each change;
 * @onLeave is called when the focus has gone elsewhere on the page.
 */
export function openEditor({ place, code, caret, text, onChange, onLeave }) {
    const area = new Area(place, text, onLeave);
    area.fill(code);
    area.onInput = () => {
        onChange(area.value);
        area.fit();
    };
    area.focus(caret);
    return {
        text: () => area.value,
        setText: (value, at) => {
            if (value !== area.value) area.fill(value);
            if (at !== undefined) area.focus(at);
        },
        mark: (line) => markLine(place.code, place.sheet, line),
        close: () => area.close(),
    };
}

class Area {
    #place; #area; #mayIndent = false;
    onInput;

    constructor(place, text, onLeave) {
        this.#place = place;
        const style = getComputedStyle(place.code);
        const area = this.#area = make('textarea', {
            class: 'editor', spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', autocorrect: 'off',
            'aria-label': text.code, 'aria-description': text.escape,
            wrap: style.whiteSpace === 'pre' ? 'off' : 'soft',
        });
        for (const property of COPIED) area.style[property] = style[property];
        area.addEventListener('input', () => {
            this.#mayIndent = true;
            this.onInput();
        });
        area.addEventListener('pointerdown', () => (this.#mayIndent = true));
        // A window that is left, and comes back, finds its caret again.
        area.addEventListener('blur', () => {
            if (!document.hasFocus()) return;
            this.#mayIndent = false; // who comes back with Tab wants to leave with it again
            onLeave();
        });
        area.addEventListener('keydown', (event) => this.#keyed(event));
        place.element.toggleAttribute('editing', true);
        place.pre.tabIndex = -1;
        place.pre.ariaHidden = 'true';
        place.sheet.append(area);
    }

    get value() {
        return this.#area.value;
    }

    fill(value) {
        this.#area.value = value;
    }

    focus(caret) {
        // A reader who came with Tab wants to leave with it. One who has set the caret wants to write.
        this.#mayIndent ||= caret !== undefined;
        this.fit();
        this.#area.focus({ preventScroll: true });
        this.#area.setSelectionRange(caret ?? 0, caret ?? 0);
    }

    /** Lays the text area's first character over the page's. If the lines would not match, its own characters are shown. */
    fit() {
        const { element, sheet, pre, code } = this.#place;
        const style = getComputedStyle(pre);
        const first = boxOfLine(code, sheet, 1);
        const last = boxOfLine(code, sheet, this.value.split('\n').length);
        const top = first?.top ?? parseFloat(style.paddingTop);
        this.#area.style.padding = `${top}px ${style.paddingRight} 0 ${first?.left ?? parseFloat(style.paddingLeft)}px`;
        const height = last ? last.top + last.height - top : 0;
        const isApart = first && last && Math.abs(this.#area.scrollHeight - Math.max(top + height, this.#area.clientHeight)) > first.height / 2;
        element.toggleAttribute('plain', isApart || element.getAttribute('editor') === 'plain');
    }

    close() {
        const { element, pre } = this.#place;
        this.#area.remove();
        for (const name of ['editing', 'plain']) element.removeAttribute(name);
        pre.tabIndex = 0;
        pre.ariaHidden = null;
    }

    #keyed(event) {
        if (event.key === 'Escape') this.#mayIndent = false;
        if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        const { value, selectionStart, selectionEnd } = this.#area;
        const isTab = event.key === 'Tab' && this.#mayIndent;
        const change = isTab ? (event.shiftKey ? outdent : indent) : event.key === 'Enter' && !event.shiftKey ? newLine : null;
        if (!change) return;
        event.preventDefault();
        this.#replace(change(value, selectionStart, selectionEnd));
    }

    /** execCommand is the only way that the browser's own undo knows. */
    #replace({ from, to, text, start, end }) {
        this.#area.setSelectionRange(from, to);
        const isDone = document.execCommand(text ? 'insertText' : 'delete', false, text);
        if (!isDone && (from < to || text)) {
            this.#area.setRangeText(text, from, to, 'end');
            this.onInput();
        }
        this.#area.setSelectionRange(start, end);
    }
}
