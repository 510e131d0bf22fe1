// SPDX-License-Identifier: MIT
// The languages of the service, and the choice among them.
import { make } from '../../src/element/dom.js';
import { problemOf, Problem } from '../../src/more/problem.js';

const URL_OF_PROFILES = '/v1/profiles';

/** Returns the profiles. Throws a Problem. */
export async function fetchProfiles() {
    const response = await fetch(URL_OF_PROFILES, { headers: { Accept: 'application/json' } }).catch(() => {
        throw new Problem(0);
    });
    if (!response.ok) throw await problemOf(response);
    return (await response.json()).profiles;
}

/**
 * Returns a language's title with its version, as far as the service knows that. What a program says of its version can
 * be a whole line ("ruby 3.1.2p20 (2022-04-12) [x86_64-linux-gnu]"), and a title can have a part of it ("Python 3").
 */
export function labelOf({ title, version }) {
    const number = /\d+(?:\.\d+)+/.exec(version ?? '')?.[0];
    return number ? `${title.replace(/ [\d.]+$/, '')} ${number}` : title;
}

/** Fills the <select>. */
export function fillChoice(select, profiles, text) {
    select.replaceChildren(...profiles.map((profile) => {
        const option = make('option', { value: profile.name }, labelOf(profile));
        if (profile.disabled) option.append(` (${text.disabled})`);
        option.disabled = Boolean(profile.disabled);
        return option;
    }));
}
