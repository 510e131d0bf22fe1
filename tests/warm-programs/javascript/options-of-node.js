const v8 = require('v8');
console.log(process.execArgv, process.env.NODE_OPTIONS, process.env.NODE_PATH, require('module').globalPaths, v8.getHeapStatistics().heap_size_limit, process.constrainedMemory?.() > 0, process.permission);
console.log([...process.allowedNodeEnvironmentFlags].filter((f) => /snapshot|require/.test(f)), require('vm').isContext(globalThis));
