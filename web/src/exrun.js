// SPDX-License-Identifier: MIT
// The file that a page loads. It defines <exrun-snippet>, and loads nothing else before a reader needs it.
import { Snippet } from './element/snippet.js';

// A page with two copies of the script, or one that Turbo evaluates again, keeps the first definition.
if (!customElements.get('exrun-snippet')) {
    const sheet = new CSSStyleSheet();
    // A shadow root reaches only the element's own children, and some highlighters wrap the <pre>.
    sheet.replaceSync('exrun-snippet{display:block}exrun-snippet>:not([slot]) pre{margin:0!important;border-radius:0!important}');
    document.adoptedStyleSheets.push(sheet);
    customElements.define('exrun-snippet', Snippet);
}
