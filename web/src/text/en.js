// SPDX-License-Identifier: MIT
// The sentences of a snippet that is used. A site can replace each of them: customElements.get('exrun-snippet').text.
const seconds = (n) => (n < 90 ? `${n} s` : `${Math.round(n / 60)} minutes`);

export const sentences = {
    stop: 'Stop', reset: 'Reset', copied: 'Copied', linkCopied: 'Link copied', send: 'Send', end: 'End input', answer: 'Input for the program',
    escape: 'Escape, then Tab, leaves the code.', confirmed: 'as recorded', running: 'running', waits: 'waiting', stopped: 'stopped by you',
    none: 'The program wrote nothing.', cut: 'The output was longer. This is its start.', noClipboard: 'The browser does not let this page use the clipboard.',
    differs: 'differs from the recorded output',
    differsAt: (line, was) => (was === undefined ? `Line ${line} was not recorded.` : was === '' ? `Line ${line} was empty.` : `Line ${line} was: ${was}`),
    next: 'next in the queue', before: (n) => `${n} before you`, waiting: (n) => `The connection is interrupted. The run goes on; next look in ${n} s.`,
    fromLink: 'This code came with a link. Read it before you run it.', linkArgs: 'Its arguments:', linkRefused: 'The link is for an example that can’t be changed.', noExample: 'The link is for an example that this page does not show.', brokenLink: 'The link is damaged, so its code can’t be shown.',
    tooLong: 'This code is too long for a link.', picture: (path) => `Picture made by the program: ${path}`, noPicture: 'The program made no picture.', unseen: (path) => `The file ${path} could not be shown as a picture.`, page: 'Page made by the program',
    hidden: 'a line of the hidden set-up', line: (n, name) => (name ? `line ${n} of the example "${name}"` : `line ${n}`), lines: (n) => `${n} lines of output.`,
    old: 'This page has been open for too long. Your code is kept: reload the page, and run it again.', refused: 'You may not run this example.',
    large: 'This is more than may be sent. Shorten the code or its input.', throttled: (n) => (n ? `These were many runs in a short time. You can run again in ${n} s.` : 'These were many runs in a short time. Try again in a moment.'),
    again: 'You can run again now.', busy: (n) => `No program can be run at the moment${n ? `. Try again in ${seconds(n)}` : ''}.`,
    unshown: 'The page could not show the result of this run.', gone: 'The result of this run has expired. Run it again.', broken: 'The server could not run this. Try again in a moment.', unfit: 'The server does not accept this code or its input.', fault: 'This example is not set up correctly. It is not your mistake.',
    circle: (id) => `depends-on of "${id}" leads back to itself.`, wrong: (name, value) => `This example is not set up correctly: its attribute ${name} is not valid: ${value}`, missing: (what) => `The page has no "${what}", which this example needs.`,
    time: (us) => (us < 1000 ? 'under 1 ms' : us < 1e6 ? `${Math.round(us / 1000)} ms` : `${(us / 1e6).toFixed(1)} s`),
    memory: (bytes) => `${(bytes / 1048576).toFixed(bytes < 1e7 ? 1 : 0)} MB`,
};
