// SPDX-License-Identifier: MIT
// Monaco behind the five functions of the snippet's editor (src/more/editor.js). It is built from its parts: those that a
// writer of a short program uses, and the languages that exrun has profiles for. No part here starts a worker, compiles
// texts, or loads anything further, so the page's policy makes no exception for that.
import * as monaco from 'monaco-editor/editor/editor.api.js';
import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/lineSelection/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/toggleTabFocusMode/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/languages/definitions/cpp/register.js'; // C as well
import 'monaco-editor/languages/definitions/go/register.js';
import 'monaco-editor/languages/definitions/java/register.js';
import 'monaco-editor/languages/definitions/javascript/register.js';
import 'monaco-editor/languages/definitions/lua/register.js';
import 'monaco-editor/languages/definitions/perl/register.js';
import 'monaco-editor/languages/definitions/php/register.js';
import 'monaco-editor/languages/definitions/python/register.js';
import 'monaco-editor/languages/definitions/ruby/register.js';
import 'monaco-editor/languages/definitions/rust/register.js';
import 'monaco-editor/languages/definitions/shell/register.js';
import 'monaco-editor/languages/definitions/sql/register.js';

const NAMES = { bash: 'shell' };
const dark = matchMedia('(prefers-color-scheme: dark)');

/** As openEditor(); besides, @language is the profile, and the functions include setLanguage. */
export function openMonaco({ place, code, language, text, onChange }) {
    const box = document.createElement('div');
    box.className = 'monaco';
    place.pre.hidden = true;
    place.element.append(box);
    const editor = monaco.editor.create(box, {
        value: code, language: nameOf(language), theme: themeName(), automaticLayout: true, ariaLabel: text.code, fontSize: 14, lineHeight: 22, minimap: { enabled: false },
        scrollBeyondLastLine: false, links: false, colorDecorators: false, occurrencesHighlight: 'off', unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
        quickSuggestions: false, wordBasedSuggestions: 'off', padding: { top: 12, bottom: 12 }, fixedOverflowWidgets: true,
        // Tab goes to the next control, as everywhere on the page. Ctrl+M lets it indent, and back.
        tabFocusMode: true,
    });
    const marks = editor.createDecorationsCollection();
    let isFilled = false;
    editor.onDidChangeModelContent(() => isFilled || onChange(editor.getValue()));
    const onTheme = () => monaco.editor.setTheme(themeName());
    dark.addEventListener('change', onTheme);
    return {
        text: () => editor.getValue(),
        setText: (value, at) => {
            isFilled = true;
            if (value !== editor.getValue()) editor.setValue(value);
            isFilled = false;
            if (at !== undefined) goTo(editor, at);
        },
        setLanguage: (name) => monaco.editor.setModelLanguage(editor.getModel(), nameOf(name)),
        mark: (line) => {
            marks.set([{ range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className: 'marked' } }]);
            editor.revealLineInCenterIfOutsideViewport(line);
            return { remove: () => marks.clear() };
        },
        close: () => {
            dark.removeEventListener('change', onTheme);
            editor.getModel().dispose();
            editor.dispose();
            box.remove();
            place.pre.hidden = false;
        },
    };
}

function goTo(editor, offset) {
    const position = editor.getModel().getPositionAt(offset);
    editor.setPosition(position);
    editor.revealPositionInCenterIfOutsideViewport(position);
    editor.focus();
}

/** The language of a profile: its name, or the first word of it, as in php83. */
function nameOf(profile) {
    const word = /^[a-z]*/.exec(profile)[0], name = NAMES[word] ?? word;
    return monaco.languages.getLanguages().some(({ id }) => id === name) ? name : 'plaintext';
}

function themeName() {
    if (matchMedia('(forced-colors: active)').matches) return dark.matches ? 'hc-black' : 'hc-light';
    return dark.matches ? 'vs-dark' : 'vs';
}
