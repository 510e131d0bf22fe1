// SPDX-License-Identifier: MIT
// A case: a test that runs against exrun's service, and a second time through the routes of the Laravel package, unless
// ../laravel/left_out.js has a reason against it.
import { test as register } from 'node:test';
import { reasonAgainst } from '../laravel/left_out.js';
import { laravelSite } from './way.js';

export function test(name, body) {
    const reason = laravelSite ? reasonAgainst(name) : undefined;
    register(name, reason ? { skip: reason } : {}, body);
}
