// SPDX-License-Identifier: MIT
// Other visitors of the Laravel site, who use up what a reader then has to wait for. They need no browser.
import assert from 'node:assert/strict';
import { laravelSite, way } from '../browser/way.js';
import { until } from './operator.js';

/** A program that goes on until its visitor ends it, or, if a test fails, its limit does. */
export const LONG = 'sleep 50';

/** The runs that were started: [visitor, ID, answer]. fetch() would close the connection of an answer that is not kept. */
const started = [];
let visitors = 0;

export class Visitor {
    #headers = {};
    #address = `10.1.${++visitors >> 8}.${visitors & 255}`;

    /** Returns a visitor with a session. */
    static async come() {
        const visitor = new Visitor();
        const answer = await visitor.#ask('GET', way.settings['token-url']);
        const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
        visitor.#headers = { cookie: cookies.join('; '), 'x-csrf-token': (await answer.json()).csrf };
        return visitor;
    }

    /** Starts a long run that holds a PHP process. Returns its ID. */
    async stream() {
        const answer = await this.#start({ accept: 'text/event-stream' });
        assert.equal(answer.status, 200);
        return this.#note(answer.headers.get('exrun-run'), answer);
    }

    /** Puts a long run into the queue. Returns its ID. */
    async queue() {
        const answer = await this.#start({ accept: 'application/json', prefer: 'respond-async' });
        assert.equal(answer.status, 202);
        return this.#note((await answer.json()).id, answer);
    }

    /** Waits until a run is queued, running, or finished. */
    becomes(id, state) {
        return until(async () => (await this.#look(id)).state === state, `run ${id} does not become ${state}`);
    }

    /** Returns how a run has ended. */
    async verdict(id) {
        await this.becomes(id, 'finished');
        return (await this.#look(id)).result.verdict;
    }

    /** Ends a run. One that waits in the queue ends when the worker comes to it. */
    async callOff(id) {
        assert.equal((await this.#ask('DELETE', `${way.runs}/${id}`)).status, 204);
    }

    /** Ends a run that has begun. */
    async end(id) {
        await this.callOff(id);
        await this.becomes(id, 'finished');
    }

    #note(id, answer) {
        started.push([this, id, answer]);
        return id;
    }

    async #look(id) {
        return (await this.#ask('GET', `${way.runs}/${id}`)).json();
    }

    #start(headers) {
        return this.#ask('POST', way.runs, { ...headers, 'content-type': 'application/json' }, JSON.stringify({ profile: 'bash', source: LONG }));
    }

    #ask(method, path, headers = {}, body = undefined) {
        return fetch(laravelSite + path, { method, body, headers: { accept: 'application/json', 'x-forwarded-for': this.#address, ...this.#headers, ...headers } });
    }
}

/** Uses up the PHP processes that may wait for runs, so that a reader's run goes to the queue. */
export async function crowd() {
    const visitors = [await Visitor.come(), await Visitor.come()];
    await Promise.all(visitors.map((visitor) => visitor.stream()));
}

/** Does the same, and makes the worker busy, with more runs behind that. Returns the visitor, and the IDs of the queue's runs. */
export async function crowdWithQueue(behind = 0) {
    await crowd();
    const visitor = await Visitor.come();
    const ids = [await visitor.queue()];
    await visitor.becomes(ids[0], 'running');
    for (let n = 0; n < behind; n++) ids.push(await visitor.queue());
    return { visitor, ids };
}

/** Ends all of these runs, after a case. */
export async function disperse() {
    const all = started.splice(0);
    await Promise.all(all.map(([visitor, id]) => visitor.callOff(id))); // all at once, or those that wait in the queue begin
    await Promise.all(all.map(([visitor, id]) => visitor.becomes(id, 'finished')));
}
