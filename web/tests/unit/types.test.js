// SPDX-License-Identifier: MIT
// exrun.d.ts gives a script in a page the types of the events and of the element, and refuses what they don't have.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const TYPES = fileURLToPath(new URL('../../exrun.d.ts', import.meta.url));
const PAGE = fileURLToPath(new URL('./page.ts', import.meta.url)); // exists only in this test

const parsed = new Map(); // those that every program has

/** Returns the compiler's messages about a script in a page, and about the types themselves. */
function mistakesOf(source) {
    const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], skipDefaultLibCheck: true };
    const host = ts.createCompilerHost(options);
    const { getSourceFile } = host;
    host.getSourceFile = (name, ...rest) => {
        if (name === PAGE) return ts.createSourceFile(name, source, options.target);
        if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...rest));
        return parsed.get(name);
    };
    return ts.getPreEmitDiagnostics(ts.createProgram([TYPES, PAGE], options, host)).map(({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

test('events have their details, wherever they are heard', () => {
    assert.deepEqual(mistakesOf(`
        document.addEventListener('exrun:done', (event) => event.detail.result?.verdict);
        window.addEventListener('exrun:problem', (event) => event.detail.wait.toFixed());
        addEventListener('exrun:run', (event) => event.detail.request.profile);
        document.body.addEventListener('exrun:change', (event) => event.detail.code.length);
        document.querySelector('exrun-snippet')!.addEventListener('exrun:stdout', (event) => event.detail.text.trim());
        document.addEventListener('click', (event) => event.clientX);
    `), []);
});

test('the element is found by its name', () => {
    assert.deepEqual(mistakesOf(`
        const snippet = customElements.get('exrun-snippet')!;
        snippet.text = { run: 'Los', verdict: { timeout: () => 'Zu lange.' } };
        snippet.text.before(2).length;
        snippet.editors.mine = ({ code }) => ({ text: () => code, setText() {}, mark: () => null, close() {} });
        document.createElement('exrun-snippet').run().then((result) => result?.verdict);
        new (customElements.get('another-element')!)();
    `), []);
});

test('a wrong name or member is a mistake', () => {
    assert.match(mistakesOf("document.addEventListener('exrun:done', (event) => event.detail.verdict);").join(), /^TS2339: Property 'verdict'/);
    assert.match(mistakesOf("customElements.get('exrun-snippet')!.text = { runn: 'Los' };").join(), /^TS2\d+: .*'runn'/);
});
