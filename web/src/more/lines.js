// SPDX-License-Identifier: MIT
// The position of a line in the page's code, whichever highlighter made its HTML.
import { pieces } from '../element/code.js';

/** Returns {top, left, height} of line @number (from 1) within @sheet, in pixels, or null if there is no such line. */
export function boxOfLine(code, sheet, number) {
    const parts = pieces(code);
    const lines = parts.map((part) => part.text).join('').split('\n');
    if (!(number >= 1 && number <= lines.length)) return null;
    const height = parseFloat(getComputedStyle(code).lineHeight) || 20;
    // An empty line has no rectangle of its own: it is as many lines below one that has.
    let above = number;
    while (above > 0 && !lines[above - 1]) above--;
    const start = lines.slice(0, Math.max(0, above - 1)).reduce((sum, line) => sum + line.length + 1, 0);
    const rects = above ? [...rangeOf(parts, start, start + lines[above - 1].length).getClientRects()].filter((rect) => rect.height > 0) : [];
    if (rects.length === 0) return null;
    const box = boxAround(rects, sheet.getBoundingClientRect(), height);
    return above === number ? box : { top: box.top + box.height + (number - above - 1) * height, left: box.left, height };
}

function boxAround(rects, origin, height) {
    const [first, last] = [rects[0], rects.at(-1)];
    const top = (first.top + first.bottom - height) / 2;
    return { top: top - origin.top, left: first.left - origin.left, height: Math.max(height, (last.top + last.bottom + height) / 2 - top) };
}

/** Returns the range from one offset of the code to another. */
function rangeOf(parts, start, end) {
    const range = document.createRange();
    for (const { node, text, start: at } of parts) {
        if (!node) continue;
        if (at <= start && start <= at + text.length) range.setStart(node, start - at);
        if (at <= end && end <= at + text.length) {
            range.setEnd(node, end - at);
            break;
        }
    }
    return range;
}

/** Returns the offset in the code that is under a click, or undefined. */
export function offsetAt(code, x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    const range = caret ? null : document.caretRangeFromPoint?.(x, y);
    const [node, offset] = caret ? [caret.offsetNode, caret.offset] : [range?.startContainer, range?.startOffset];
    const part = pieces(code).find((one) => one.node === node);
    return part && part.start + offset;
}

/** Marks a line of the code. Returns the mark, or null. */
export function markLine(code, sheet, number) {
    const box = boxOfLine(code, sheet, number);
    if (!box) return null;
    const mark = document.createElement('div');
    mark.className = 'mark';
    mark.style.top = `${box.top}px`;
    mark.style.height = `${box.height}px`;
    sheet.append(mark);
    return mark;
}
