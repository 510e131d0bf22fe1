// SPDX-License-Identifier: MIT
// The settings of a page for all its snippets: on the script's tag (data-server), or in <meta name="exrun-server">.

// currentScript is null in a module, and after Livewire has replaced the page.
const script = document.currentScript ?? [...document.scripts].find((one) => /\/exrun\.js([?#]|$)/.test(one.src));

/** Returns a setting of an element: its own attribute, else the page's, else undefined. */
export function setting(name, element) {
    return element?.getAttribute(name) ?? script?.getAttribute(`data-${name}`) ??
        document.querySelector(`meta[name="exrun-${name}"]`)?.content;
}

/** Returns the address of one of our other files. Inside a bundle, `files` names their directory. */
export function near(name) {
    const directory = setting('files');
    return new URL(name, directory ? new URL(directory, document.baseURI) : script?.src || document.baseURI).href;
}
