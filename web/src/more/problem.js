// SPDX-License-Identifier: MIT
// The reason if a run has no result, and the sentence for the reader.

export const UNSHOWN = -1;
const OF_SIZE = /bytes/; // "may have 65536 bytes at most" of Laravel's routes, "does not fit into disk_bytes" of the service

/**
 * status: that of HTTP, 0 if the server can't be reached, UNSHOWN if the page can't show the result; wait: seconds until it makes sense to try again, or 0.
 * isReaders, which run.js sets: the server refuses code or input that the reader has changed.
 */
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
    const { status, detail, wait, isReaders } = problem;
    if (status === UNSHOWN) return text.unshown;
    if (status === 0) return text.away;
    if (status === 401 || status === 419) return text.old;
    if (status === 403) return detail || text.refused;
    if (status === 404) return text.gone;
    if (status === 413 || (isReaders && OF_SIZE.test(detail))) return text.large;
    if (status === 429) return text.throttled(wait);
    if (status === 503) return `${detail ? `${capital(detail)} ` : ''}${text.busy(wait)}`;
    if (status >= 500) return text.broken;
    return `${isReaders ? text.unfit : text.fault}${detail ? ` ${capital(detail)}` : ''}`;
}

/** The service's details begin in lower case and have no full stop. */
function capital(detail) {
    const sentence = detail[0].toUpperCase() + detail.slice(1);
    return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}
