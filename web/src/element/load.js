// SPDX-License-Identifier: MIT
// The second file, and the texts of another language: loaded at the first focus or run.
import { near } from './page.js';

let loading;

/** Returns the exports of the second file. @text gets the sentences that the site has not set itself. */
export function loadMore(text, language) {
    loading ??= load(text, language).catch((error) => {
        loading = undefined; // the next click tries again
        throw error;
    });
    return loading;
}

/** The build sets the names of both files, which contain their hashes. */
async function load(text, language) {
    const name = TEXT_FILES[language];
    const [more, texts] = await Promise.all([import(near(MORE_FILE)), name && import(near(name))]);
    for (const source of [texts?.sentences, more.sentences]) Object.assign(text, { ...source, ...text });
    return more;
}
