// SPDX-License-Identifier: MIT
// A button that copies, and shows a tick for a moment.
import { icon } from '../element/dom.js';

const TICK = 'M3 8.500l3.300 3.300L13 4.800';
const SHOWN_MS = 1600;

/** Copies the text that @make promises. Safari lets a page copy only if it asks before it waits. */
export async function copyBy(button, make) {
    const text = make();
    const item = new ClipboardItem({ 'text/plain': text.then((it) => new Blob([it], { type: 'text/plain' })) });
    const copied = navigator.clipboard.write([item]);
    copied.catch(() => {}); // if there is no text, that is the reason to tell
    await text;
    await copied;
    const before = button.firstChild;
    if (button.classList.contains('done')) return;
    button.classList.add('done');
    button.replaceChildren(icon(TICK));
    setTimeout(() => {
        button.classList.remove('done');
        button.replaceChildren(before);
    }, SHOWN_MS);
}
