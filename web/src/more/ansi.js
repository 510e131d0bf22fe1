// SPDX-License-Identifier: MIT
// The escape sequences of a terminal, as far as programs of a documentation use them: colours, and moves within a line.
// All others are left out.

const PATTERN = /\x1b\[([0-9;:?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[()][A-Z0-9]|\x1b.|\r+\n?|\x08/g;
const UNFINISHED = /\x1b(?:\[[0-9;:?]*|\][^\x07\x1b]*|[()])?$/;
const LONGEST = 256; // of a sequence whose end has not come yet
const BRIGHT = 8; // the first of the eight bright colours
const STEPS = [0, 95, 135, 175, 215, 255]; // of a colour in the cube of 256 colours

export const PLAIN = Object.freeze({});

/**
 * Splits text into operations: {text, style}, {move: 'start'|'back'|'column', by}, {erase: 0|1|2}. @state is that of
 * an earlier call: the style, and a sequence whose end has not come yet.
 */
export function parse(text, state = { style: PLAIN, rest: '' }) {
    let { style } = state;
    let whole = state.rest + text, rest = '', at = 0;
    const cut = UNFINISHED.exec(whole);
    if (cut && cut[0].length < LONGEST) {
        rest = cut[0];
        whole = whole.slice(0, cut.index);
    }
    const operations = [];
    const addText = (end) => end > at && operations.push({ text: visible(whole.slice(at, end)), style });
    for (const match of whole.matchAll(PATTERN)) {
        addText(match.index);
        at = match.index + match[0].length;
        const [sequence, parameters, final] = match;
        if (final === 'm') style = nextStyle(style, codesOf(parameters));
        else if (final) operations.push(...motion(final, Number(parameters)));
        else if (sequence.endsWith('\r')) operations.push({ move: 'start' });
        else if (sequence === '\x08') operations.push({ move: 'back', by: 1 });
        else if (sequence.endsWith('\n')) operations.push({ text: '\n', style });
    }
    addText(whole.length);
    return { operations, state: { style, rest } };
}

/** Returns the words of a text, for a screen reader. */
export function withoutEscapes(text) {
    return parse(text).operations.map((operation) => operation.text ?? '').join('');
}

function motion(final, parameter) {
    if (final === 'K') return [{ erase: parameter || 0 }];
    if (final === 'D') return [{ move: 'back', by: parameter || 1 }];
    if (final === 'G') return [{ move: 'column', by: (parameter || 1) - 1 }];
    return [];
}

/** Other control characters get their pictures. */
function visible(text) {
    const picture = (character) => String.fromCharCode(character === '\x7f' ? 0x2421 : 0x2400 + character.charCodeAt(0));
    return text.replace(/[\0-\x08\x0b-\x1f\x7f]/g, picture);
}

const SWITCHES = {
    1: ['bold', true], 2: ['dim', true], 3: ['italic', true], 4: ['underline', true], 7: ['inverse', true],
    23: ['italic', false], 24: ['underline', false], 27: ['inverse', false], 39: ['fore', undefined], 49: ['back', undefined],
};

/** Colons join the numbers of one parameter. A colour can have a field for its colour space, and then a tolerance; a line below can have a form. */
function codesOf(parameters) {
    const flat = parameters.includes(':') ? parameters.replace(/([345]8:2):\d*((?::\d+){3})[:\d]*/g, '$1$2').replace(/(^|;)4:0/g, '$124').replace(/(^|;)4:\d/g, '$14') : parameters;
    return flat.split(/[;:]/).map(Number);
}

function nextStyle(style, codes) {
    let next = { ...style };
    for (let i = 0; i < codes.length; i++) {
        const code = codes[i];
        if (code === 0) next = {};
        else if (code === 22) next.bold = next.dim = false;
        else if (code in SWITCHES) next[SWITCHES[code][0]] = SWITCHES[code][1];
        else if (code === 38 || code === 48 || code === 58) {
            const isIndex = codes[i + 1] === 5;
            if (code !== 58) next[code === 38 ? 'fore' : 'back'] = isIndex ? indexed(codes[i + 2]) : `rgb(${codes.slice(i + 2, i + 5).join()})`;
            i += isIndex ? 2 : 4;
        } else if (/^(3|9)[0-7]$/.test(code)) next.fore = code % 10 + (code < 90 ? 0 : BRIGHT);
        else if (/^(4|10)[0-7]$/.test(code)) next.back = code % 10 + (code < 100 ? 0 : BRIGHT);
    }
    return Object.freeze(next);
}

/** Returns a number from 0 to 15, which the style sheet has a colour for, or a colour. */
function indexed(n) {
    if (!(n >= 0 && n < 256)) return undefined;
    if (n < 2 * BRIGHT) return n;
    if (n > 231) return `rgb(${Array(3).fill(8 + (n - 232) * 10).join()})`;
    return `rgb(${[Math.floor((n - 16) / 36), Math.floor((n - 16) / 6) % 6, (n - 16) % 6].map((step) => STEPS[step]).join()})`;
}
