// SPDX-License-Identifier: MIT
// The site passes requests on, as nginx does it: to exrun's service, or to the web server of a Laravel site.
import { request as ask } from 'node:http';
import { laravelSite } from './way.js';

export const SOCKET = '/run/exrun/exrun.sock';

/** A browser that leaves ends the onward request, too. */
export function pass(site, request, response) {
    if (response.closed) return; // while a test delayed it
    const onward = ask({ ...(laravelSite ? toLaravel(site, request) : toService(request)), path: request.url, method: request.method }, (answered) => {
        site.answers.push({ method: request.method, path: request.url.split('?')[0], status: answered.statusCode });
        response.writeHead(answered.statusCode, answered.headers);
        response.flushHeaders();
        answered.pipe(response);
        answered.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
}

function toService(request) {
    const { origin, ...headers } = request.headers; // the page and the service have one origin, which is the site's
    return { socketPath: SOCKET, headers: { ...headers, host: 'localhost' } };
}

/** Each case has an address of its own, because all visitors of one address share some of Laravel's limits. */
function toLaravel(site, request) {
    const { hostname, port } = new URL(laravelSite);
    return { hostname, port, headers: { ...request.headers, 'x-forwarded-for': site.visitor } };
}
