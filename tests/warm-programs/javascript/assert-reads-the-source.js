const assert = require('assert');
const list = [1, 2];
try { assert(list.length === 3); } catch (error) { console.log(error.message); }
assert.ok(list.includes(9));
