const { Worker, MessageChannel, SHARE_ENV, resourceLimits } = require('worker_threads');
new Worker('require("worker_threads").parentPort.postMessage([__filename, typeof require, new Error("x").stack.split("\\n")[1], process.env.A])', { eval: true, env: { A: 'b' } }).on('message', (m) => console.log(m)).on('exit', (c) => console.log(c));
const { port1, port2 } = new MessageChannel(); port2.on('message', (m) => { console.log(m); port2.close(); }); port1.postMessage({ a: new Map([[1, 2]]), b: new Uint8Array(2) }); console.log(resourceLimits);
