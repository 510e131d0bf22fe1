// SPDX-License-Identifier: MIT
// What the operator of the Laravel site does while it has visitors. ElementTest.php gives this process the site's settings
// in its environment.
import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LARAVEL = fileURLToPath(new URL('../../../laravel/', import.meta.url));
const ARTISAN = [`${LARAVEL}tests/Support/artisan.php`];
const STORE = 2; // Redis' database of the package's own store
const call = promisify(execFile);

/** Calls an artisan command of the site. */
export function artisan(...args) {
    return call('php', [...ARTISAN, ...args], { cwd: `${LARAVEL}demo` });
}

/** Sets or ends the maintenance of exrun's service. */
export function maintenance(...args) {
    return call(process.env.EXRUN_BINARY, ['maintenance', ...args]);
}

/** The site's queue worker. */
export class Worker {
    #process; #ended;

    /** Returns a worker that looks for runs. */
    static async start() {
        const worker = new Worker();
        worker.#process = spawn('php', [...ARTISAN, 'queue:work', '--sleep=0.05'], { cwd: `${LARAVEL}demo`, stdio: ['ignore', 'ignore', 'inherit'] });
        worker.#ended = new Promise((done) => worker.#process.once('exit', done));
        await until(async () => (await keys('exrun:worker:*')).length > 0, 'the worker does not start');
        return worker;
    }

    /** Ends it after its job, so that the site knows that it has no worker. */
    end() {
        this.#process.kill('SIGTERM');
        return this.#ended;
    }
}

/** Waits until the site has noticed that the visitors of the last case have left, and no PHP process waits for their runs. */
export function slotsAreFree() {
    return until(async () => (await keys('exrun:slot:*')).length === 0, 'a run still holds a PHP process');
}

/** Removes what the site knows of a run, as its expiry does. */
export async function forget(id) {
    await redis('DEL', ...await keys(`exrun:${id}:*`));
}

/** Asks after pauses that become longer, because the site counts how often it is asked. */
export async function until(isSo, otherwise) {
    const end = Date.now() + 120_000;
    for (let pause = 20; !await isSo(); pause = Math.min(2 * pause, 1000)) {
        if (Date.now() > end) throw new Error(otherwise);
        await new Promise((done) => setTimeout(done, pause));
    }
}

async function keys(pattern) {
    return (await redis('--scan', '--pattern', `*${pattern}`)).split('\n').filter(Boolean);
}

async function redis(...args) {
    return (await call('redis-cli', ['-p', process.env.REDIS_PORT, '-n', String(STORE), ...args])).stdout;
}
