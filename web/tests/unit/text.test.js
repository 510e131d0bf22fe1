// SPDX-License-Identifier: MIT
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { labelsOf, languageOf } from '../../src/text/labels.js';
import { sentences as en } from '../../src/text/en.js';
import { sentences as fr } from '../../src/text/fr.js';

test('each language has all texts, with the same parameters', () => {
    assert.deepEqual(Object.keys(labelsOf('fr')).sort(), Object.keys(labelsOf('en')).sort());
    for (const [name, text] of Object.entries(en)) {
        assert.equal(typeof fr[name], typeof text, name);
        if (typeof text === 'function') assert.equal(fr[name].length, text.length, name);
    }
    assert.deepEqual(Object.keys(fr).filter((name) => !(name in en)), ['verdict']);
});

test('the page says its language', () => {
    assert.equal(languageOf({ lang: 'fr-CA' }), 'fr');
    assert.equal(languageOf({ lang: 'de' }), 'en');
    assert.equal(languageOf({ lang: '' }), 'en');
    assert.equal(languageOf({ lang: 'constructor' }), 'en');
});

test('French sentences have the numbers of the run', () => {
    const result = { limits: { wall_ms: 5000, cpu_ms: 300, memory_bytes: 134217728, output_bytes: 1048576 }, at: { line: 3 } };
    for (const verdict of ['failed', 'crashed', 'timeout', 'cpu_timeout', 'out_of_memory', 'output_limit', 'denied', 'compile_failed', 'cancelled', 'error']) assert.match(fr.verdict[verdict](result), /[.?]$/, verdict);
    assert.match(fr.verdict.cpu_timeout(result), /300 ms/);
    assert.match(fr.verdict.out_of_memory(result), /128 Mo/);
    assert.match(fr.verdict.failed(result), /ligne 3/);
});

test('figures are short', () => {
    assert.deepEqual([0, 999, 1000, 47_400, 1_500_000].map(en.time), ['under 1 ms', 'under 1 ms', '1 ms', '47 ms', '1.5 s']);
    assert.deepEqual([7_100_000, 134_217_728].map(en.memory), ['6.8 MB', '128 MB']);
});

test('the types name every text', () => {
    const types = readFileSync(new URL('../../exrun.d.ts', import.meta.url), 'utf8').split('export interface Texts')[1].split('\n}')[0];
    for (const [name, text] of Object.entries({ ...labelsOf('en'), ...en })) assert.match(types, new RegExp(typeof text === 'function' ? `\\b${name}\\(` : `\\b${name}: string`), name);
    const named = [...types.matchAll(/\b(\w+)(?:\(\w+:|: string;)/g)].map((match) => match[1]);
    assert.deepEqual(named.filter((name) => !(name in en) && !(name in labelsOf('en'))), []);
});
