// SPDX-License-Identifier: MIT
// tries: starts itself with a debugger that others can reach
// layer: network
// source: Node --inspect; NODE_OPTIONS
// expect: ok
// limits: processes=64 memory=512M
// breach: BREACH
const { spawnSync } = require('child_process');
const done = spawnSync(process.execPath, ['-e', '0'], { env: { NODE_OPTIONS: '--inspect=127.0.0.1:0' }, encoding: 'utf8', timeout: 15000 });
console.log(/Debugger listening/.test(done.stderr) ? 'BREACH: it listens' : 'held');
