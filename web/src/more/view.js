// SPDX-License-Identifier: MIT
// Pictures and pages that a program has made. A stranger's HTML or SVG comes only by the server's own address for it, in a frame
// that may do nothing; pictures come by theirs, or from the result's bytes. data: and blob: are blocked by
// "default-src 'self'".
import { make } from '../element/dom.js';
import { fromBase64 } from './bytes.js';

/** Returns a frame with the output as a page, or null if the server keeps none. */
export function frameOf(result, element, { link, text }) {
    if (!result.output_url) return null;
    const hasScripts = element.getAttribute('scripts') === 'allow-scripts';
    const url = new URL(result.output_url, link.url());
    url.searchParams.set('as', element.getAttribute('output'));
    if (hasScripts) url.searchParams.set('scripts', '1');
    const frame = make('iframe', {
        title: element.getAttribute('alt') ?? text.page, height: element.getAttribute('height') ?? '220',
        sandbox: hasScripts ? 'allow-scripts' : '', referrerpolicy: 'no-referrer',
    });
    frame.src = url.href;
    return frame;
}

/** Returns the pictures of a result, and a sentence in place of each that can't be shown. */
export async function picturesOf(result, element, { link, text }) {
    return Promise.all((result.artifacts ?? []).map(async (artifact) => {
        const label = element.getAttribute('alt') ?? text.picture(artifact.path);
        return (artifact.url && await image(new URL(artifact.url, link.url()).href, label)) || await canvas(artifact, label)
            || make('div', { class: 'foot' }, text.unseen(artifact.path));
    }));
}

/** Returns an <img> that has loaded, or null. */
async function image(url, label) {
    const element = make('img', { alt: label });
    element.src = url;
    try {
        await element.decode();
        return element;
    } catch {
        return null;
    }
}

/** Returns a <canvas> with the bytes of an artifact, or null if they are not those of a picture. */
async function canvas({ content, encoding }, label) {
    if (encoding !== 'base64' || !content) return null;
    try {
        const bitmap = await createImageBitmap(new Blob([fromBase64(content)]));
        const element = make('canvas', { role: 'img', 'aria-label': label, width: bitmap.width, height: bitmap.height });
        element.getContext('2d').drawImage(bitmap, 0, 0);
        return element;
    } catch {
        return null;
    }
}
