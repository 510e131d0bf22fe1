// SPDX-License-Identifier: MIT
// The tags of PHP, inside of which a text is a program. Outside, it is output.

const OPEN = /<\?(?:php(?=\s|$)|=)/gi;
// Texts and comments can have the closing tag in them, except a comment that ends with its line.
const NEXT = new RegExp([
    String.raw`'(?:[^'\\]|\\[^])*'?`, String.raw`"(?:[^"\\]|\\[^])*"?`, '`(?:[^`\\\\]|\\\\[^])*`?',
    String.raw`(?:#(?!\[)|\/\/)(?:(?!\?>)[^\n])*`, String.raw`\/\*[^]*?(?:\*\/|$)`,
    String.raw`<<<[ \t]*(["']?)(?<label>[a-z_]\w*)\1\r?\n`, String.raw`(?<close>\?>)`,
].join('|'), 'gi');

/** Returns true if text that is added to @source would be in PHP's tags. */
export function endsInPhp(source) {
    for (let at = 0; at >= 0;) {
        OPEN.lastIndex = at;
        if (!OPEN.test(source)) return false;
        at = endOfTags(source, OPEN.lastIndex);
    }
    return true;
}

/** Returns the offset behind the closing tag, or -1. */
function endOfTags(source, start) {
    NEXT.lastIndex = start;
    for (let match = NEXT.exec(source); match; match = NEXT.exec(source)) {
        const { label, close } = match.groups;
        if (close) return NEXT.lastIndex;
        if (!label) continue;
        const end = new RegExp(`^[ \\t]*${label}\\b`, 'gm');
        end.lastIndex = NEXT.lastIndex;
        if (!end.test(source)) return -1;
        NEXT.lastIndex = end.lastIndex;
    }
    return -1;
}
