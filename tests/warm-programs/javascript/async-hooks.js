const ah = require('async_hooks'), fs = require('fs');
const seen = [];
ah.createHook({ init(id, type, trigger) { seen.push([id, type, trigger]); }, destroy(id) { seen.push([id, 'destroyed']); } }).enable();
setTimeout(() => {}, 1); process.nextTick(() => {}); Promise.resolve().then(() => {}); setImmediate(() => {}); new (require('events').EventEmitterAsyncResource)({ name: 'E' });
setTimeout(() => fs.writeSync(1, JSON.stringify(seen) + '\n'), 30);
