// SPDX-License-Identifier: MIT
// A reader who comes with a shared link, or back to a page with edits: only then, the second file is loaded before a
// focus. This is asked once for all snippets that a page connects together.

let waiting = [];

/** Opens @snippet's session if it has edits of this browser tab, and the session of the one that a link names. */
export function callOnReturn(snippet) {
    waiting.push(snippet);
    if (waiting.length === 1) setTimeout(look);
}

function look() {
    const snippets = waiting;
    waiting = [];
    const connected = snippets.filter((one) => one.isConnected);
    const first = connected.find((one) => one.checkVisibility()) ?? connected[0]; // it says what is wrong with a link
    if (!first) return;
    if (location.hash.startsWith('#run:')) first.open().then((session) => session?.openLink());
    if (hasEdits()) for (const one of snippets) one.open();
}

/** A browser can refuse the storage by throwing. */
function hasEdits() {
    try {
        return Object.keys(sessionStorage).some((key) => key.startsWith(`exrun ${location.pathname} `));
    } catch {
        return false;
    }
}
