// SPDX-License-Identifier: MIT
// The cases of ../browser that don't run a second time through Laravel, and why. All others do.

/** Files that all.test.js does not import. */
export const FILES = {
    'adapters.js': 'a stand-in answers all of its runs, because it tests what the adapters make of a page',
    'document.js': 'the documented article names the service itself; a Laravel site’s page is tested by ArticleTest.php',
    'play.js': '/play is a page of the service, and a Laravel site does not have it',
};

const HAS_REAL = 'a stand-in gives this answer; cases/ has it from the routes';
const NEVER_SAID = 'a stand-in gives an answer that the routes don’t give';
const PAGE_ALONE = 'the page alone decides it, and it takes long';
const SERVICE_ALONE = 'only the service answers pages of another origin';

/** Cases by the start of their names. */
const CASES = {
    'W4: if there is no result, the recorded output is still true': HAS_REAL,
    'W5: axe-core finds nothing': PAGE_ALONE,
    'W6: a mebibyte of steps within lines': PAGE_ALONE,
    'W6: output that was cut says so': NEVER_SAID,
    'W6: bytes that are not text': NEVER_SAID,
    'W6: a run that begins again': NEVER_SAID,
    'W7: a server of another origin': SERVICE_ALONE,
    'W7: a page of an origin that the server does not know': SERVICE_ALONE,
    'W8: gone': HAS_REAL,
    'W8: torn': HAS_REAL,
    'W8: maintenance': HAS_REAL,
    'W8: large': HAS_REAL,
    'W8: old': HAS_REAL,
    'W8: wrong': HAS_REAL,
    'W8: laravel': HAS_REAL,
    'W8: refused': NEVER_SAID,
    'W8: broken': NEVER_SAID,
    'W8: nonsense': NEVER_SAID,
    'W8: late': NEVER_SAID,
    'W8: half an answer stays': HAS_REAL,
    'W8: 429 counts down': HAS_REAL,
    'W8: the place in the queue': HAS_REAL,
    'W11: 202 is polled': HAS_REAL,
    'W11: 429, 503 and a lost network': HAS_REAL,
    'W11: a 404 is looked at three times': HAS_REAL,
    'W11: Stop ends the run': HAS_REAL,
    'W11: a direct answer has the result as a member': NEVER_SAID,
    'W11: the token is asked for once': HAS_REAL,
    'W11: a token that stays wrong': HAS_REAL,
    'W11: settings can be in <meta>': HAS_REAL,
};

/** Returns the reason why a case is left out, or undefined. */
export function reasonAgainst(name) {
    return Object.entries(CASES).find(([start]) => name.startsWith(start))?.[1];
}
