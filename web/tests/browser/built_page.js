// SPDX-License-Identifier: MIT
// The files that the service serves: with Monaco if that is installed, because such a page has everything of one without.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../', import.meta.url));
export const hasMonaco = existsSync(`${WEB}node_modules/monaco-editor`);

/** Returns the directory of the files. */
export function buildPage() {
    if (!hasMonaco) return `${WEB}dist`;
    const directory = mkdtempSync('/run/exrun/web-'); // a file system of the suite's own
    execFileSync('node', [`${WEB}build.js`, '--monaco', directory]);
    return directory;
}
