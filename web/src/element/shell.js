// SPDX-License-Identifier: MIT
// The tree around the page's code: a bar, and the output. It is built once and cloned for each snippet, because a page
// can have a hundred of them.
import { icon, make } from './dom.js';
import style from '../style/base.css';

const PLAY = 'M3.5 1.6v12.8c0 .8.9 1.3 1.6.9l9.6-6.400c.6-.4.6-1.300 0-1.700L5.100.800c-.7-.5-1.600 0-1.600.8z';
const COPY = 'M6.300 5.500h6.400c.4 0 .8.400.8.800v6.400c0 .4-.4.8-.8.8H6.300c-.4 0-.8-.4-.8-.8V6.300c0-.4.4-.8.8-.8zM3.200 10.500h-.4a.8.8 0 0 1-.8-.8V2.800c0-.4.4-.8.8-.8h6.900c.4 0 .8.400.8.800v.4';
const LINK = 'M6.700 9.300a2.700 2.700 0 0 0 4 .3l2.200-2.200a2.700 2.700 0 0 0-3.800-3.800l-1 1M9.300 6.700a2.700 2.700 0 0 0-4-.3L3.100 8.600a2.700 2.700 0 0 0 3.800 3.800l1-1';

const isApple = /Mac|iP(hone|ad)/.test(navigator.platform);
export const sheet = new CSSStyleSheet();
sheet.replaceSync(style);

let shell, panel;

/** Returns the tree of one snippet. */
export function cloneShell(text) {
    shell ??= build(text);
    return shell.cloneNode(true);
}

/** Returns the panel for the output, which a snippet has from the start if it has recorded output. */
export function clonePanel(text) {
    panel ??= buildPanel(text);
    return panel.cloneNode(true);
}

/** The next clone has the words that @text has then. */
export function forgetShell() {
    shell = panel = undefined;
}

/** Returns the field for a program's input, above the bar. */
export function inputField(text, value) {
    const area = make('textarea', { id: 'stdin', rows: 1, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off' });
    area.value = value;
    return make('div', { class: 'field', id: 'field' }, make('label', { for: 'stdin' }, text.input), area);
}

function build(text) {
    const keys = { title: isApple ? '⌘+Enter' : 'Ctrl+Enter', 'aria-keyshortcuts': 'Control+Enter Meta+Enter' };
    const bar = make('div', { class: 'bar', part: 'bar', id: 'bar' },
        make('button', { class: 'run', id: 'run', part: 'run', ...keys }, icon(PLAY), text.run),
        make('kbd', { 'aria-hidden': 'true' }, isApple ? '⌘\u00a0↵' : 'Ctrl\u00a0↵'),
        make('button', { id: 'edit' }, text.edit),
        make('span', { class: 'language', id: 'language' }),
        iconButton('copy', COPY, text),
        iconButton('share', LINK, text));
    const stage = make('div', { class: 'stage' }, make('div', { class: 'sheet', id: 'sheet' }, make('slot')));
    const code = make('div', { class: 'code', part: 'code' }, stage);
    return make('div', { class: 'box', part: 'box', id: 'box' }, code, bar);
}

function buildPanel(text) {
    const head = make('div', { class: 'head', id: 'head' },
        make('b', {}, text.output),
        make('span', { id: 'note' }, text.recorded),
        make('span', { class: 'meta', id: 'meta' }));
    return make('div', { class: 'panel', part: 'output', id: 'panel' }, head, make('slot', { name: 'expected', id: 'expected' }));
}

function iconButton(id, path, text) {
    return make('button', { class: 'icon', id, title: text[id], 'aria-label': text[id] }, icon(path));
}
