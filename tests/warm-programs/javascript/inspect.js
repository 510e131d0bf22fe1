const util = require('util');
class A { #hidden = 1; static s = 2; get g() { return 1; } [util.inspect.custom]() { return 'custom'; } }
console.log(new A(), A, [undefined, null, , -0, 1n, NaN], new Map([[{ a: 1 }, new Set([1])]]), Symbol('s'), () => {}, async function* g() {}, new Date(0), /x/g, new Error('e').message, Buffer.from('ab'), new Uint8Array(3), new Proxy({}, {}), new WeakMap(), globalThis === global, Object.create(null), [['deep', [[['er']]]]]);
console.log(util.inspect('x'.repeat(200)), util.inspect.defaultOptions, util.inspect.styles, util.format('%s', class B {}), util.inspect({ a: 1, b: { c: 2 } }, { compact: false, colors: true }), Object.keys(util).length);
