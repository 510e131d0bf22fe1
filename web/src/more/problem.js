// SPDX-License-Identifier: MIT
// The reason if a run has no result, and the sentence for the reader.

export const UNSHOWN = -1;

/** status: that of HTTP, 0 if the server can't be reached, UNSHOWN if the page can't show the result; wait: seconds until it makes sense to try again, or 0. */
export class Problem extends Error {
    constructor(status, { detail = '', title = '', wait = 0, pointer } = {}) {
        super(detail || title || `status ${status}`);
        Object.assign(this, { status, detail, title, wait, pointer });
    }
}

/** Returns the problem in a refusal, in the form of RFC 9457, or in Laravel's. */
export async function problemOf(response) {
    const body = await response.json().catch(() => null) ?? {};
    const firstError = Object.values(body.errors ?? {})[0]?.[0];
    const told = body.detail ?? firstError ?? body.message ?? '';
    // Laravel puts the status in words where its operator has given no message.
    const detail = [body.title, 'Service Unavailable'].includes(told) ? '' : told;
    const wait = Math.ceil(Number(response.headers.get('Retry-After'))) || 0;
    return new Problem(response.status, { ...body, detail, wait });
}

/** Returns the sentence for a reader. If the page is set up wrongly, it says that this isn't the reader's mistake. */
export function sentenceOf(problem, text) {
    const { status, detail, wait } = problem;
    if (status === UNSHOWN) return text.unshown;
    if (status === 0) return text.away;
    if (status === 401 || status === 419) return text.old;
    if (status === 403) return detail || text.refused;
    if (status === 404) return text.gone;
    if (status === 413) return text.large;
    if (status === 429) return text.throttled(wait);
    if (status === 503) return `${detail ? `${capital(detail)} ` : ''}${text.busy(wait)}`;
    if (status >= 500) return text.broken;
    return `${text.fault}${detail ? ` ${capital(detail)}` : ''}`;
}

/** The service's details begin in lower case and have no full stop. */
function capital(detail) {
    const sentence = detail[0].toUpperCase() + detail.slice(1);
    return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
