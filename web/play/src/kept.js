// SPDX-License-Identifier: MIT
// What the browser keeps: the program in this tab, so that a reload does not lose it, and the visitor's choices.
import { Program } from './program.js';

const PROGRAM = 'exrun-play';

/** Returns the program that this tab has kept, or null. */
export function keptProgram() {
    try {
        return Program.fromKept(JSON.parse(sessionStorage.getItem(PROGRAM)));
    } catch {
        return null; // nothing is kept, or the browser keeps nothing
    }
}

export function keepProgram(program) {
    attempt(() => sessionStorage.setItem(PROGRAM, JSON.stringify(program.toKept())));
}

/** Returns a choice that was kept, or null. */
export function keptChoice(name) {
    return attempt(() => localStorage.getItem(`${PROGRAM}:${name}`)) ?? null;
}

export function keepChoice(name, value) {
    attempt(() => localStorage.setItem(`${PROGRAM}:${name}`, value));
}

/** Storage can be full, or forbidden; the page works without it. */
function attempt(call) {
    try {
        return call();
    } catch {
        return undefined;
    }
}
