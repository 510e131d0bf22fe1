// SPDX-License-Identifier: MIT
// All cases in one process, because they share a browser, a site and a service.
import './cases/loading.js';
import './cases/highlighting.js';
import './cases/composing.js';
import './cases/recorded.js';
import './cases/controls.js';
import './cases/writing.js';
import './cases/sharing.js';
import './cases/output.js';
import './cases/asking.js';
import './cases/policy.js';
import './cases/problems.js';
import './cases/polling.js';
import './cases/access.js';
import './cases/page_life.js';
import './cases/adapters.js';
import './cases/document.js';
import './cases/frameworks.js';
import './cases/play.js';
