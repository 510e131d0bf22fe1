// SPDX-License-Identifier: MIT
// A reader who comes with a shared link, follows one on the page, or comes back to a page with edits: only then, the
// second file is loaded before a focus. This is asked once for all snippets that a page connects together.

let waiting = [], isListening = false;

/** Opens @snippet's session if it has edits of this browser tab, and the session of the one that a link names. */
export function callOnReturn(snippet) {
    waiting.push(snippet);
    if (waiting.length === 1) setTimeout(look);
    // A link can also be followed while the page is open.
    if (!isListening) addEventListener('hashchange', () => openLink([...document.querySelectorAll('exrun-snippet')]));
    isListening = true;
}

function look() {
    const snippets = waiting;
    waiting = [];
    const connected = snippets.filter((one) => one.isConnected);
    openLink(connected);
    if (connected.length > 0 && hasEdits()) for (const one of snippets) one.open();
}

function openLink(snippets) {
    if (!location.hash.startsWith('#run:')) return;
    const first = snippets.find((one) => one.checkVisibility()) ?? snippets[0]; // it says what is wrong with a link
    first?.open().then((session) => session?.openLink());
}

/** A browser can refuse the storage by throwing. */
function hasEdits() {
    try {
        return Object.keys(sessionStorage).some((key) => key.startsWith(`exrun ${location.pathname} `));
    } catch {
        return false;
    }
}
