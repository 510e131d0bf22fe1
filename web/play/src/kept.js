// SPDX-License-Identifier: MIT
// What the browser keeps: the program in this tab, so that a reload does not lose it, and the visitor's choices.
import { Program } from './program.js';

const PROGRAM = 'exrun-play';

/** Returns the program that this tab has kept, or null. */
export function keptProgram() {
    return attempt(() => Program.fromKept(JSON.parse(sessionStorage.getItem(PROGRAM)))) ?? null;
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

/** Storage can be empty, full or forbidden; the page works without it. */
function attempt(call) {
    try {
        return call();
    } catch {
        return undefined;
    }
}
