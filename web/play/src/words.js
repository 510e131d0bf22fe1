// SPDX-License-Identifier: MIT
// Arguments as a person writes them, and as a list.

/** Returns the words of a line; quotes keep spaces, and a backslash keeps the next character. Returns null if a quote does not end. */
export function wordsOf(line) {
    const words = [];
    let word = null, quote = '';
    for (let i = 0; i < line.length; i++) {
        const character = line[i];
        if (character === '\\' && quote !== "'" && i + 1 < line.length) word = (word ?? '') + line[++i];
        else if (quote) {
            if (character === quote) quote = '';
            else word += character;
        } else if (character === '"' || character === "'") {
            quote = character;
            word ??= '';
        } else if (/\s/.test(character)) {
            if (word !== null) words.push(word);
            word = null;
        } else word = (word ?? '') + character;
    }
    if (quote) return null;
    return word === null ? words : [...words, word];
}

/** Returns a line whose words are these. */
export function lineOf(words) {
    return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `"${word.replace(/["\\]/g, '\\$&')}"`)).join(' ');
}
