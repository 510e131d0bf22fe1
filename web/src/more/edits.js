// SPDX-License-Identifier: MIT
// Edits of this browser tab, so that a reload keeps them. They are dropped if the page's own text has changed since.

/** Returns {code, isShared}, or undefined. isShared: it came with a link. */
export function keptEdit(key, original) {
    const kept = read(key);
    return kept?.was === original ? { code: kept.now, isShared: kept.isShared === true } : undefined;
}

/** @param edit as keptEdit() returns it; undefined: the reader went back to the page's own code */
export function keepEdit(key, original, edit) {
    write(key, edit ? { was: original, now: edit.code, isShared: edit.isShared } : null);
}

/** Returns the key of a snippet. Without a name, its number on the page is its name. */
export function editKey(element) {
    const name = element.name || [...document.querySelectorAll('exrun-snippet')].indexOf(element);
    return `exrun ${location.pathname} ${name}`;
}

const LINK = 'exrun link';

/** Returns true if this tab has shown the link before. */
export function isLinkShown(fragment) {
    return read(LINK) === fragment;
}

export function noteLink(fragment) {
    write(LINK, fragment);
}

function read(key) {
    try {
        return JSON.parse(sessionStorage.getItem(key));
    } catch {
        return null;
    }
}

function write(key, value) {
    try {
        if (value === null) sessionStorage.removeItem(key);
        else sessionStorage.setItem(key, JSON.stringify(value));
    } catch {
        // The storage is full or refused: the edit lasts as long as the page.
    }
}
