// SPDX-License-Identifier: MIT
// The file that a page loads. It defines <exrun-snippet>, and loads nothing else before a reader needs it.
import { Snippet } from './element/snippet.js';

// A page with two copies of the script, or one that Turbo evaluates again, keeps the first definition.
if (!customElements.get('exrun-snippet')) {
    const display = new CSSStyleSheet();
    display.replaceSync('exrun-snippet{display:block}');
    document.adoptedStyleSheets.push(display);
    customElements.define('exrun-snippet', Snippet);
}
