// SPDX-License-Identifier: MIT
// The effect of Tab and Enter on code. All functions return {from, to, text, start, end}: the text that replaces a stretch,
// and the selection after it; so the browser's undo keeps working.

/** Returns the unit by which a program is indented. */
export function unitOf(code) {
    if (/^\t/m.test(code)) return '\t';
    return /^ {2}\S/m.test(code) ? '  ' : '    ';
}

/** Tab: indents the selected lines, or inserts one unit. */
export function indent(code, from, to) {
    const unit = unitOf(code);
    if (from === to) return { from, to, text: unit, start: from + unit.length, end: from + unit.length };
    return changeLines(code, from, to, (lines) => lines.replace(/^(?=.)/gm, unit));
}

/** Shift+Tab: takes one unit from the start of the selected lines. */
export function outdent(code, from, to) {
    return changeLines(code, from, to, (lines) => lines.replace(/^(\t| {1,4})/gm, (spaces) => spaces.slice(unitOf(code).length)));
}

/** Enter: the new line begins as deep as this one, and one unit deeper after an opening bracket or a colon. */
export function newLine(code, from, to) {
    const line = code.slice(code.lastIndexOf('\n', from - 1) + 1, from);
    const text = `\n${/^[ \t]*/.exec(line)[0]}${/[{([:]\s*$/.test(line) ? unitOf(code) : ''}`;
    return { from, to, text, start: from + text.length, end: from + text.length };
}

function changeLines(code, from, to, change) {
    const first = code.lastIndexOf('\n', from - 1) + 1;
    const next = code.indexOf('\n', to);
    const last = next < 0 ? code.length : next;
    const before = code.slice(first, last);
    const text = change(before);
    const grown = text.length - before.length;
    const caret = Math.max(first, from + grown);
    return { from: first, to: last, text, ...(from === to ? { start: caret, end: caret } : { start: first, end: last + grown }) };
}
