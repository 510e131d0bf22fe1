// SPDX-License-Identifier: MIT
// The second file: runs, output, problems, sharing, and the editor. src/element/load.js imports it at the first focus.
export { openSession } from './session.js';
export { sentences } from '../text/en.js';
