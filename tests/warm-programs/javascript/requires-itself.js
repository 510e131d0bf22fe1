globalThis.n = (globalThis.n || 0) + 1;
console.log(globalThis.n, require('./main') === module.exports, require.cache[__filename] === module);
delete require.cache[__filename];
if (globalThis.n < 3) require(__filename);
