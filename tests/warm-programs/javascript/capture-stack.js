const o = {}; Error.captureStackTrace(o); console.log(o.stack, Error.stackTraceLimit, Object.keys(Error), Error.prepareStackTrace);
console.trace('traced');
require('util').inspect(new Error('x')).split('\n').slice(0, 3).forEach((line) => console.log(line));
