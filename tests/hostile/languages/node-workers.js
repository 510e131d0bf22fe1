// SPDX-License-Identifier: MIT
// tries: burns CPU time in workers
// layer: cgroup-cpu
// source: Node worker_threads
// expect: cpu_timeout
// limits: cpu=1s processes=64 memory=512M
// breach: BREACH
const { Worker } = require('worker_threads');
for (let n = 0; n < 4; n++)
    new Worker('for (;;);', { eval: true });
setTimeout(() => {}, 60000);
