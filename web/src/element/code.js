// SPDX-License-Identifier: MIT
// The code that a page shows, whatever its highlighter made of it: the text without line numbers and buttons, and with
// the line breaks that a reader sees, although some highlighters have none (<br>, or a block for each line).

const NOT_CODE = '[aria-hidden=true],.line-number,.line-numbers,.line-numbers-rows,.linenos,.lineno,.gutter,.hljs-ln-numbers,button,[role=button]';
const INLINE = /^(inline|contents|table-cell|none|$)/;

/** Returns the <pre> of a snippet, or null while the page has not come so far. */
export function preOf(element) {
    for (const child of element.children) {
        if (child.slot) continue;
        const pre = child.tagName === 'PRE' ? child : child.querySelector('pre');
        if (pre) return pre;
    }
    return null;
}

/** Returns the element that has the code as its text. */
export function codeOf(element) {
    const pre = preOf(element);
    return pre?.querySelector('code') ?? pre;
}

/**
 * Returns the pieces of the code in order: {text, node, start}. A line break that no text node has is a piece without
 * a node. `start` is the piece's offset in the code.
 */
export function pieces(root) {
    const found = [];
    let length = 0, owesBreak = false;
    const add = (text, node) => {
        found.push({ text, node, start: length });
        length += text.length;
    };
    const isInLine = () => length > 0 && !found.at(-1).text.endsWith('\n');
    const endLine = () => isInLine() && add('\n', null);
    const walk = (parent) => {
        for (const node of parent.childNodes) {
            if (node.nodeType === Node.TEXT_NODE && node.data) {
                if (owesBreak && !node.data.startsWith('\n')) endLine();
                owesBreak = false;
                add(node.data, node);
            } else if (node.nodeType === Node.ELEMENT_NODE && node.tagName === 'BR') {
                if (owesBreak) endLine();
                owesBreak = false;
                add('\n', null);
            } else if (node.nodeType === Node.ELEMENT_NODE && !node.matches(NOT_CODE)) {
                const isBlock = !INLINE.test(getComputedStyle(node).display);
                if (isBlock) endLine();
                walk(node);
                owesBreak ||= isBlock;
            }
        }
    };
    walk(root);
    return found;
}

/** Returns the code of a snippet, without the line break at its end. */
export function readCode(element) {
    const root = codeOf(element);
    return root ? pieces(root).map((piece) => piece.text).join('').replace(/\n$/, '') : '';
}
