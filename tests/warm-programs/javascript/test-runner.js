const test = require('node:test'), assert = require('assert');
assert.deepStrictEqual({ a: [1] }, { a: [1] }); try { assert.strictEqual(1, 2); } catch (error) { console.log(error.message, error.generatedMessage, error.code); } try { assert(0 > 1); } catch (error) { console.log(error.message); }
assert.throws(() => { throw new TypeError('x'); }, /x/); assert.equal(1 + 1, 3, 'sums');
