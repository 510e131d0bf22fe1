// SPDX-License-Identifier: MIT
// Monaco is fifty times as large as the rest of the page, so it comes only when a visitor asks for it, and only if the page
// was built with it. MONACO_FILES is {script, style}, or null.
import { make } from '../../src/element/dom.js';

export const hasMonaco = MONACO_FILES !== null;

/** Returns a function like openEditor() of src/more/editor.js. */
export async function loadMonaco() {
    const isNew = !document.querySelector('link.monaco');
    const style = isNew && make('link', { class: 'monaco', rel: 'stylesheet', href: MONACO_FILES.style });
    const loaded = isNew && new Promise((done, fail) => {
        style.addEventListener('load', done);
        style.addEventListener('error', fail);
    });
    if (isNew) document.head.append(style);
    const [{ openMonaco }] = await Promise.all([import(new URL(MONACO_FILES.script, import.meta.url).href), loaded]);
    return openMonaco;
}
