// SPDX-License-Identifier: MIT
// exrun's service for the tests of the element. `web/test` gives each suite its own /run/exrun.
import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { SOCKET } from './onward.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXRUN = process.env.EXRUN_BINARY ?? `${ROOT}build/exrun`;

/**
 * Starts the service, with a TCP address for pages of @origins as well, where it serves its own page from the directory
 * @web. Returns {url, end()}.
 */
export async function startService(origins, web) {
    const port = await freePort();
    const listen = [{ address: `unix:${SOCKET}` }, { address: `127.0.0.1:${port}`, auth: 'none', cors: origins, page: true }];
    const profiles = Object.fromEntries(['php', 'python', 'bash'].map((name) => [name, { floor: 2, ceiling: 3 }]));
    writeFileSync('/run/exrun/web.json', JSON.stringify({ listen, cells: { running: 4, profiles } }), { mode: 0o600 });
    const service = spawn(EXRUN, ['serve', '--config', '/run/exrun/web.json'], { stdio: ['ignore', 'inherit', 'inherit'], env: { EXRUN_PROFILES: `${ROOT}profiles`, ...process.env, EXRUN_WEB: web } });
    const ended = new Promise((done) => service.once('exit', done));
    for (let tries = 0; !existsSync(SOCKET) || await status('/readyz') !== 200; tries++) {
        if (tries === 200 || service.exitCode !== null) throw new Error('the service does not get ready');
        await new Promise((done) => setTimeout(done, 100));
    }
    const end = () => {
        service.kill('SIGTERM');
        return ended;
    };
    return { url: `http://127.0.0.1:${port}`, end };
}

/** The network is the machine's, where others may listen. */
function freePort() {
    return new Promise((done) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

function status(path) {
    return new Promise((done) => {
        get({ socketPath: SOCKET, path }, (response) => {
            response.resume();
            done(response.statusCode);
        }).on('error', () => done(0));
    });
}
