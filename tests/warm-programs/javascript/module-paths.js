const Module = require('module');
console.log(module.paths, require.resolve.paths('x'), require.resolve.paths('./x'), require.resolve.paths('fs'), Module.globalPaths, Module.builtinModules.length, Module._pathCache, Object.keys(Module._cache), Module.isBuiltin('node:test'), Object.keys(Module).sort());
