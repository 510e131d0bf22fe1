// SPDX-License-Identifier: MIT
// Code that a reader has changed gets its colours from here, with the class names of Prism, which many sites have a
// style sheet for.
import { make } from '../element/dom.js';
import { grammarOf } from './languages.js';

// Longer code stays without colours, because a browser creates them and lays them out again at each key.
const MOST_CHARACTERS = 20_000, MOST_TOKENS = 8000;

/** Returns the tokens of code: [kind, text], where kind '' is text without a class. */
export function tokensOf(code, language) {
    const grammar = code.length > MOST_CHARACTERS ? null : grammarOf(language);
    if (!grammar) return [['', code]];
    const tokens = [];
    let at = 0;
    for (const match of code.matchAll(grammar.pattern)) {
        if (match.index > at) tokens.push(['', code.slice(at, match.index)]);
        const kind = grammar.kinds.find((name, i) => match[i + 1] !== undefined);
        tokens.push([kind === 'word' ? wordKind(match, grammar, code) : kind, match[0]]);
        at = match.index + match[0].length;
        if (tokens.length > MOST_TOKENS) return [['', code]];
    }
    if (at < code.length) tokens.push(['', code.slice(at)]);
    return tokens;
}

/** Returns nodes for code, to be put into the page's <code>. */
export function nodesOf(code, language) {
    const nodes = document.createDocumentFragment();
    for (const [kind, text] of tokensOf(code, language)) nodes.append(kind ? make('span', { class: `token ${kind}` }, text) : text);
    return nodes;
}

function wordKind(match, { keywords, ignoresCase, constants }, code) {
    const word = ignoresCase ? match[0].toLowerCase() : match[0];
    if (keywords.has(word)) return 'keyword';
    if (constants.has(word)) return 'boolean';
    const next = /\s*(.?)/.exec(code.slice(match.index + word.length, match.index + word.length + 8))[1];
    if (next === '(' || next === '!') return 'function';
    return /^[A-Z]\w*[a-z]/.test(match[0]) ? 'class-name' : '';
}
