// SPDX-License-Identifier: MIT
// For pages that a generator has written: <pre><code class="language-php run id=map"> becomes a snippet, and a block with
// the class "language-output" behind it is its recorded output.
//     <script src="/exrun/exrun.js" data-server="/v1/runs" defer></script>
//     <script src="/exrun/html.js" type="module"></script>
import { attributesOf } from './info.js';

/** Returns the <pre> around a <code>: the outer one, because some generators write two. */
function blockOf(code) {
    const pre = code.parentElement;
    return pre.parentElement.closest('pre') ?? pre;
}

/** The language can be at any place in the list, but is the first word of an info string. */
function infoOf(code) {
    const language = /(?:^|\s)lang(?:uage)?-(\S+)/.exec(code.className)?.[1] ?? '';
    return `${language} ${code.className}`;
}

function makeSnippet(code) {
    const block = blockOf(code);
    const output = block.nextElementSibling?.querySelector(':scope > code.language-output');
    const snippet = document.createElement('exrun-snippet');
    for (const [name, value] of Object.entries(attributesOf(infoOf(code)))) snippet.setAttribute(name, value);
    block.replaceWith(snippet);
    snippet.append(block);
    if (!output) return;
    const expected = document.createElement('pre');
    expected.slot = 'expected';
    expected.textContent = output.textContent;
    output.parentElement.remove();
    snippet.append(expected);
}

for (const code of document.querySelectorAll('pre > code.run')) makeSnippet(code);
