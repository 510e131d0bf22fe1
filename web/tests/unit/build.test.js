// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { elementFiles, files, manifestOf } from '../../build.js';

const DIST = new URL('../../dist/', import.meta.url);
const read = (name) => readFileSync(new URL(name, DIST), 'utf8');
const sizeOf = (name) => gzipSync(read(name), { level: 9 }).length;
const nameOf = (part) => readdirSync(DIST).find((name) => name.includes(part));

for (const [place, make] of [['../../dist/', files], ['../../../laravel/dist/', elementFiles]]) {
    test(`${place} is what the sources give`, async () => {
        const directory = new URL(place, import.meta.url), all = await make();
        const wanted = { ...all, 'manifest.json': manifestOf(all) };
        assert.deepEqual(readdirSync(directory).sort(), Object.keys(wanted).sort(), 'run: npm run build');
        for (const [name, text] of Object.entries(wanted)) assert.equal(readFileSync(new URL(name, directory), 'utf8'), text, `${name}: run: npm run build`);
    });
}

test('the files are as small as they promise', () => {
    assert.ok(sizeOf('exrun.js') <= 10_240, `exrun.js: ${sizeOf('exrun.js')}`);
    assert.ok(sizeOf(nameOf('exrun-more-')) <= 24_576, `more: ${sizeOf(nameOf('exrun-more-'))}`);
});

test('names and manifest have the hashes of the contents', () => {
    const manifest = JSON.parse(read('manifest.json'));
    assert.match(manifest.hash, /^[0-9a-f]{16}$/);
    for (const [name, { sha256, type }] of Object.entries(manifest.files)) {
        assert.equal(createHash('sha256').update(read(name)).digest('hex'), sha256, name);
        const hash = /-([0-9a-f]{8})\.(js|css|svg)$/.exec(name)?.[1];
        if (hash) assert.ok(sha256.startsWith(hash), name);
        const types = { css: 'text/css; charset=utf-8', html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };
        assert.equal(type, types[name.split('.').pop()]);
    }
});

test('nothing of the sources is outside the licence of exrun', () => {
    const sources = readdirSync(new URL('../../src/', import.meta.url), { recursive: true }).filter((name) => /\.(js|css)$/.test(name));
    for (const name of sources) assert.match(readFileSync(new URL(`../../src/${name}`, import.meta.url), 'utf8'), /^(\/\/|\/\*) SPDX-License-Identifier: MIT/, name);
});
