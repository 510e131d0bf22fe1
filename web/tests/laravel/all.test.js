// SPDX-License-Identifier: MIT
// The cases of the element through the routes of the Laravel package: nginx, PHP-FPM, Redis, a queue worker, and the service.
// laravel/tests/Machine/ElementTest.php starts these, and then this.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import '../browser/cases/loading.js';
import '../browser/cases/highlighting.js';
import '../browser/cases/composing.js';
import '../browser/cases/recorded.js';
import '../browser/cases/controls.js';
import '../browser/cases/writing.js';
import '../browser/cases/sharing.js';
import '../browser/cases/output.js';
import '../browser/cases/asking.js';
import '../browser/cases/policy.js';
import '../browser/cases/problems.js';
import '../browser/cases/polling.js';
import '../browser/cases/access.js';
import '../browser/cases/page_life.js';
import '../browser/cases/frameworks.js';
import './cases/problems.js';
import './cases/polling.js';
import './cases/tokens.js';
import './cases/throttles.js';
import { FILES } from './left_out.js';

test('Laravel: each file of cases runs through it, or is left out for a reason', () => {
    const imported = [...readFileSync(new URL(import.meta.url), 'utf8').matchAll(/'\.\.\/browser\/cases\/([\w.]+)'/g)].map(([, name]) => name);
    const wanted = readdirSync(new URL('../browser/cases/', import.meta.url)).filter((name) => !(name in FILES));
    assert.deepEqual(imported.sort(), wanted.sort());
});
