// SPDX-License-Identifier: MIT
// For mdBook: ```php,run becomes a snippet. Copy this file, html.js, info.js and dist/ to src/exrun/ of the book, and add
// to its theme/head.hbs:
//     <script src="{{ path_to_root }}exrun/exrun.js" data-server="/v1/runs" defer></script>
//     <script src="{{ path_to_root }}exrun/mdbook.js" type="module"></script>
import './html.js';

/** Removes the hidden lines at one end of the code. Returns their text. */
function takeHidden(code, end) {
    let text = '';
    for (let line = code[end]; line?.className === 'boring'; line = code[end]) {
        text = end === 'firstChild' ? text + line.textContent : line.textContent + text;
        line.remove();
    }
    return text;
}

/** The program has its hidden lines all the same. Those between others can't be hidden, because a reader can edit there. */
function keepHidden(snippet, code, number) {
    const above = takeHidden(code, 'firstChild'), below = takeHidden(code, 'lastChild');
    code.classList.remove('hide-boring');
    if (!above && !below) return;
    const template = document.createElement('template');
    template.id = `exrun-hidden-${number}`;
    template.content.append(`${above}##CODE##\n${below}`);
    snippet.append(template);
    snippet.setAttribute('template', `#${template.id}`);
}

for (const [number, code] of document.querySelectorAll('exrun-snippet code.run').entries()) {
    const snippet = code.closest('exrun-snippet');
    keepHidden(snippet, code, number);
    // Its buttons run the code elsewhere, and show the hidden lines. It still looks for them later.
    for (const buttons of snippet.querySelectorAll('.buttons')) buttons.hidden = true;
}
