// SPDX-License-Identifier: MIT
// For mdBook: ```php,run and a following ```output become a snippet. Copy this file, info.js and dist/ to src/exrun/, and
// add to theme/head.hbs:
//     <script src="{{ path_to_root }}exrun/exrun.js" data-server="/v1/runs" defer></script>
//     <script src="{{ path_to_root }}exrun/mdbook.js" type="module"></script>
import { attributesOf } from './info.js';

for (const code of document.querySelectorAll('pre > code.run')) {
    const pre = code.parentElement;
    const output = pre.nextElementSibling;
    const language = /\blanguage-(\S+)/.exec(code.className)?.[1] ?? '';
    const snippet = document.createElement('exrun-snippet');
    for (const [name, value] of Object.entries(attributesOf(language, [...code.classList]))) snippet.setAttribute(name, value);
    pre.replaceWith(snippet);
    snippet.append(pre);
    if (!output?.querySelector(':scope > code.language-output')) continue;
    output.slot = 'expected';
    output.textContent = output.querySelector('code').textContent; // without mdBook's buttons
    snippet.append(output);
}
