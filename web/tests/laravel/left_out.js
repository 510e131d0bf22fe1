// SPDX-License-Identifier: MIT
// The cases of ../browser that don't run a second time through Laravel, and why. All others do.

/** Files that all.test.js does not import. */
export const FILES = {
    'adapters.js': 'a stand-in answers all of its runs, because it tests what the adapters make of a page',
    'document.js': 'the documented article names the service itself; a Laravel site’s page is tested by ArticleTest.php',
    'play.js': '/play is a page of the service, and a Laravel site does not have it',
};

/** Cases by the start of their names. */
const CASES = {
    'a stand-in gives this answer; cases/ has it from the routes': [
        'W4: if there is no result, the recorded output is still true',
        'W8: gone', 'W8: torn', 'W8: maintenance', 'W8: large', 'W8: old', 'W8: wrong', 'W8: laravel',
        'W8: half an answer stays', 'W8: code or input that is too long', 'W8: 429 counts down', 'W8: the place in the queue',
        'W11: 202 is polled', 'W11: 429, 503 and a lost network', 'W11: a 404 is looked at three times', 'W11: Stop ends the run',
        'W11: the token is asked for once', 'W11: a token that stays wrong', 'W11: settings can be in <meta>',
    ],
    'a stand-in gives an answer that the routes don’t give': [
        'W1: the settings on a module', 'W3: events of a run', 'W3: a token of the page', 'W6: output that was cut says so', 'W6: bytes that are not text', 'W6: a run that begins again',
        'W8: refused', 'W8: broken', 'W8: nonsense', 'W8: late', 'W11: a direct answer has the result as a member',
    ],
    'only the service answers pages of another origin': [
        'W7: a server of another origin', 'W7: a page of an origin that the server does not know',
    ],
    'the page alone decides it, and it takes long': ['W5: axe-core finds nothing', 'W6: bright colours', 'W6: a mebibyte of steps within lines'],
    'it runs nothing': [
        'W1: nothing moves when the script comes', 'W1: the reserved space', 'W1: without a script',
        'W2: the highlighting stays', 'W2: a reader types exactly over', 'W3: the request has only members', 'W4: while a reader types',
        'W5: Copy', 'W5: fields have 16 pixels', 'W5: without a clipboard', 'W5: a phone has buttons', 'W5: a link brings the input along', 'W5: a link for an example',
        'W5: code that is too long for a link', 'W5: a snippet without a name', 'W5: a link sets only code', 'W5: a link that is followed', 'W5: where code came from',
        'W5: the arguments of a link', 'W5: in print, recorded output', 'W5: Tab goes through an article', 'W5: and back', 'W5: Tab indents', 'W5: the browser’s undo',
        'W5: a click sets the caret', 'W5: selecting code with the mouse', 'W5: edits outlive a reload', 'W5: edits are dropped',
        'W5: a reader who only looked', 'W5: an input method', 'W9: the editor has a name', 'W9: many empty lines',
        'frameworks: the page’s own keys', 'frameworks: code that floats', 'frameworks: the space of the bar',
    ],
};

/** Returns the reason why a case is left out, or undefined. */
export function reasonAgainst(name) {
    return Object.entries(CASES).find(([, starts]) => starts.some((start) => name.startsWith(start)))?.[0];
}
