// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromBase64, toBase64Url } from '../../src/more/bytes.js';
import { pack, unpack } from '../../src/more/share.js';

// Node 18 does not have it, browsers do.
const skip = hasDeflateRaw() ? false : 'this Node has no deflate-raw';

function hasDeflateRaw() {
    try {
        return Boolean(new CompressionStream('deflate-raw'));
    } catch {
        return false;
    }
}

test('a fragment carries code, input and arguments', { skip }, async () => {
    const content = { code: 'echo "ü €";\n', stdin: 'a\nb', args: ['x', 'y z'] };
    assert.deepEqual(await unpack(await pack('arrays/map=1', content)), { name: 'arrays/map=1', content });
});

test('a fragment that is too long is not made, and not read', { skip }, async () => {
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647);
    const code = Array.from({ length: 20_000 }, () => String.fromCharCode(33 + (random() % 90))).join('');
    assert.equal(await pack('a', { code }), null);
    assert.equal(await unpack(`#run:a=${'A'.repeat(9000)}`), null);
});

test('a few bytes that inflate to gigabytes are not', { skip }, async () => {
    const fragment = await pack('a', { code: 'a'.repeat(1_000_000) });
    assert.ok(fragment.length < 8192);
    assert.equal(await unpack(fragment), null);
});

test('a broken link is null', { skip }, async () => {
    const bytes = (text) => toBase64Url(new TextEncoder().encode(text));
    for (const fragment of ['', '#top', '#run:a=', await pack('', { code: 'a' }), '#run:a=AAAA', `#run:a=${bytes('not deflated')}`, '#run:%E0%A4%A=AAAA']) assert.equal(await unpack(fragment), null, fragment);
    const number = await pack('a', { code: 1 });
    assert.equal(await unpack(number), null);
});

test('base64 of an address is read like any other', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    assert.deepEqual(fromBase64(toBase64Url(bytes)), bytes);
    assert.doesNotMatch(toBase64Url(bytes), /[+/=]/);
});
