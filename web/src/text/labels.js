// SPDX-License-Identifier: MIT
// The words that a snippet shows before anybody uses it. They are so few that each language has them here, so no page
// shows English ones first, or loads a file for them.
const en = {
    run: 'Run', edit: 'Edit', copy: 'Copy', share: 'Copy a link to this code', output: 'Output', input: 'Input', code: 'Code, can be edited',
    codeRead: 'Code', recorded: 'recorded', away: 'The server can’t be reached. Are you online? Try again in a moment.',
};

const fr = {
    run: 'Lancer', edit: 'Modifier', copy: 'Copier', share: 'Copier un lien vers ce code', output: 'Sortie', input: 'Entrée', code: 'Code modifiable',
    codeRead: 'Code', recorded: 'enregistrée', away: 'Le serveur est injoignable. Êtes-vous en ligne ? Réessayez dans un instant.',
};

const labels = { en, fr };

/** Returns the language of the page, if we have it, else English. */
export function languageOf(page) {
    const name = page.lang.slice(0, 2).toLowerCase();
    return Object.hasOwn(labels, name) ? name : 'en';
}

export function labelsOf(language) {
    return { ...labels[language] };
}
