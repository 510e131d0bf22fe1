// SPDX-License-Identifier: MIT
// The way of a run from a page to exrun: straight to the service, or through the routes of the Laravel package, if
// $EXRUN_LARAVEL_SITE is the address of a site that has them. laravel/tests/Machine/ElementTest.php starts such a site.

export const laravelSite = process.env.EXRUN_LARAVEL_SITE;

/** All that differs between the two: the addresses, and the requests that a page sends at its first focus. */
const WAYS = {
    service: { runs: '/v1/runs', settings: { server: '/v1/runs' }, atFocus: [] },
    laravel: { runs: '/examples/runs', settings: { server: '/examples/runs', 'token-url': '/examples/token' }, atFocus: ['GET /examples/token'] },
};

export const way = laravelSite ? WAYS.laravel : WAYS.service;

/** The settings of a page, on the tag of its script. */
export const onScript = Object.entries(way.settings).map(([name, value]) => ` data-${name}="${value}"`).join('');

/** The same in its head. */
export const inHead = Object.entries(way.settings).map(([name, value]) => `<meta name="exrun-${name}" content="${value}">`).join('');

/** The tag of exrun.js. A page of the service's own site needs no settings. */
export function scriptTag(attributes = 'defer', src = '/dist/exrun.js') {
    return `<script src="${src}"${laravelSite ? onScript : ''} ${attributes}></script>`;
}
