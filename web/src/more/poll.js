// SPDX-License-Identifier: MIT
// A run that was accepted with 202 and goes on without a connection: its address is asked until it has a result.
import { Problem } from './problem.js';

const PAUSES_MS = [100, 200, 400, 800, 1000]; // the last one repeats
const MOST_MISSING = 3; // a cache behind the server can need a moment until it knows the run
const PASSING = [0, 429, 502, 503, 504]; // the network or the server is away for a while, but the run goes on

/** Yields events until the answer of @look is 200, then `finished` with its body. @look returns {status, body} or throws a Problem. */
export async function* poll(look, pause) {
    let missing = 0;
    for (let n = 0; ; n++) {
        await pause(PAUSES_MS[Math.min(n, PAUSES_MS.length - 1)]);
        try {
            const { status, body } = await look();
            missing = 0;
            if (status === 200) return yield { name: 'finished', data: body };
            yield { name: body.state === 'running' ? 'started' : 'queued', data: body };
        } catch (problem) {
            if (!(problem instanceof Problem)) throw problem;
            if (problem.status === 404 ? ++missing === MOST_MISSING : !PASSING.includes(problem.status)) throw problem;
            if (problem.status !== 404) yield* countDown(problem, pause);
        }
    }
}

async function* countDown(problem, pause) {
    for (let left = problem.wait || 2; left > 0; left--) {
        yield { name: 'waiting', data: { status: problem.status, seconds: left } };
        await pause(1000);
    }
}
