// SPDX-License-Identifier: MIT
// The tree of the page's tool: that of a snippet, with tabs above the code, and the language and fields below it.
import { make } from '../../src/element/dom.js';
import { clonePanel, cloneShell, inputField } from '../../src/element/shell.js';

/** Returns the tree. */
export function buildShell(text) {
    const box = cloneShell(text);
    const code = box.querySelector('.code');
    Object.assign(code, { id: 'writing', role: 'tabpanel' });
    code.before(files(text));
    box.querySelector('#edit').remove();
    box.querySelector('#language').replaceWith(choice(text));
    box.append(fields(text), clonePanel(text));
    return box;
}

function files(text) {
    const button = (id, word = text[id]) => make('button', { type: 'button', id }, word);
    const naming = make('form', { id: 'naming', hidden: '' }, make('label', { for: 'name', class: 'unseen' }, text.fileName),
        make('input', { id: 'name', required: '', maxlength: '255', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' }), make('button', {}, text.save), button('cancel'));
    const add = make('button', { type: 'button', id: 'add', title: text.add, 'aria-label': text.add }, '+');
    const monaco = make('button', { type: 'button', id: 'monaco', 'aria-pressed': 'false', hidden: '' }, text.monaco);
    const back = make('button', { type: 'button', id: 'back', hidden: '' }, text.back);
    return make('div', { class: 'files' }, make('div', { class: 'tabs', role: 'tablist', id: 'tabs', 'aria-label': text.files }), add, naming, button('rename'), button('remove'),
        make('div', { class: 'tools' }, back, monaco));
}

function choice(text) {
    const select = make('select', { id: 'profile', 'aria-label': text.language });
    return make('span', { class: 'choice' }, make('span', { id: 'language', hidden: '' }), select);
}

function fields(text) {
    const args = make('input', { id: 'args', 'aria-describedby': 'args-hint', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
    const input = inputField(text, '');
    input.querySelector('textarea').setAttribute('aria-describedby', 'stdin-hint');
    input.append(make('p', { id: 'stdin-hint' }, text.inputHint));
    return make('div', { class: 'fields' },
        make('div', { class: 'field' }, make('label', { for: 'args' }, text.arguments), args, make('p', { id: 'args-hint' }, text.argumentsHint)), input);
}
