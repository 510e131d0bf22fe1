const ah = require('async_hooks');
console.log(ah.executionAsyncId(), ah.triggerAsyncId(), new ah.AsyncResource('A').asyncId(), +setTimeout(() => {}));
const p = Promise.resolve(); console.log(new ah.AsyncResource('B').asyncId());
setImmediate(() => console.log(ah.executionAsyncId(), ah.triggerAsyncId(), new ah.AsyncResource('C').asyncId()));
