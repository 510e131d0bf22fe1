// SPDX-License-Identifier: MIT
// tries: loads machine code of its own
// layer: noexec
// source: Node process.dlopen()
// expect: ok
// breach: BREACH
const fs = require('fs');
fs.copyFileSync('/bin/true', '/tmp/own.node');
try {
    process.dlopen({ exports: {} }, '/tmp/own.node');
    console.log('BREACH: it was loaded');
} catch (error) {
    console.log(/failed to map|Operation not permitted|cannot/.test(error.message) ? 'held' : 'BREACH: ' + error.message);
}
