const vm = require('vm');
console.log(vm.runInNewContext('x + 1', { x: 2 }), vm.runInThisContext('typeof require'), new vm.Script('throw new Error("x")', { filename: 'own.js' }).cachedDataRejected, vm.createContext({}) !== null, Object.keys(vm));
try { vm.runInNewContext('for (;;);', {}, { timeout: 20 }); } catch (error) { console.log(error.code, error.message); }
vm.runInThisContext('\n\nthrow new Error("line 3")', 'own.js');
