// SPDX-License-Identifier: MIT
// A shared link: code, input and arguments of a snippet, packed into the fragment, which no server gets to see.
import { fromBase64, toBase64Url } from './bytes.js';

const MOST_CHARACTERS = 8192; // of a fragment: some programs cut longer addresses
const MOST_BYTES = 262_144; // of content, unpacked: a link can be made by anybody, and a few bytes can inflate to gigabytes

/** Returns the fragment for a snippet's content, or null if it is too long. */
export async function pack(name, content) {
    const bytes = await collect(new Blob([JSON.stringify(content)]).stream().pipeThrough(new CompressionStream('deflate-raw')), Infinity);
    const fragment = `#run:${encodeURIComponent(name)}=${toBase64Url(bytes)}`;
    return fragment.length > MOST_CHARACTERS ? null : fragment;
}

/** Returns {name, content} of a fragment, or null if it is not a shared link, or broken. */
export async function unpack(fragment) {
    const [, name, packed] = /^#run:([^=]+)=([\w-]+)$/.exec(fragment) ?? [];
    if (!packed || fragment.length > MOST_CHARACTERS) return null;
    try {
        const bytes = await collect(new Blob([fromBase64(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw')), MOST_BYTES);
        const content = JSON.parse(new TextDecoder().decode(bytes));
        return typeof content.code === 'string' ? { name: decodeURIComponent(name), content } : null;
    } catch {
        return null;
    }
}

async function collect(stream, most) {
    const reader = stream.getReader();
    const parts = [];
    let length = 0;
    for (;;) {
        const { done, value } = await reader.read();
        if (done) return new Uint8Array(await new Blob(parts).arrayBuffer());
        length += value.length;
        if (length > most) throw new RangeError('too much');
        parts.push(value);
    }
}
