// SPDX-License-Identifier: MIT
// The words of the page: those of a snippet, and a few more. Some sentences differ, because here the visitor has set up
// everything.
import { sentences } from '../../src/text/en.js';
import { labelsOf } from '../../src/text/labels.js';

export const text = {
    ...labelsOf('en'), ...sentences,
    share: 'Copy a link to this program', fault: 'The service refuses this program.', refused: 'You may not run programs here.', gone: 'The result has expired. Run the program again.',
    fromLink: 'This program came with a link. Read it before you run it.', ownKept: 'Your own program is kept.', back: 'Back to my program',
    tooLong: 'This program is too long for a link.', brokenLink: 'The link is damaged, so its program can’t be shown.',
    program: 'Program', files: 'Files of the program', add: 'Add a file', rename: 'Rename', remove: 'Remove', fileName: 'Name of the file', save: 'Save', cancel: 'Cancel',
    nameTaken: (name) => `There is a file "${name}" already.`, removed: (name) => `Removed ${name}.`,
    language: 'Language', disabled: 'not available now', arguments: 'Arguments', argumentsHint: 'Separated by spaces; quotes keep them together.',
    inputHint: 'Leave it empty to answer while the program runs.', inputHintFirst: 'This language needs all input before it starts.',
    openQuote: 'The arguments have a quote that does not end.', monaco: 'Monaco editor', noMonaco: 'The Monaco editor can’t be loaded.',
    noLanguages: 'The service has no languages.', noLongerThere: (name) => `The language "${name}" is not available here.`,
};
