const { Worker } = require('worker_threads');
const shared = new Int32Array(new SharedArrayBuffer(8));
new Worker('const s = require("worker_threads").workerData; Atomics.add(s, 0, 5); Atomics.store(s, 1, 1); Atomics.notify(s, 1)', { eval: true, workerData: shared }).on('exit', () => console.log(shared[0]));
console.log(Atomics.wait(shared, 1, 7, 10), shared.byteLength);
