// exrun: {"files": [{"path": "node_modules/p/package.json", "content": "{\"name\": \"p\", \"main\": \"lib/start.js\", \"version\": \"1.2.3\", \"exports\": {\".\": \"./lib/start.js\", \"./more\": \"./lib/more.mjs\"}}"}, {"path": "node_modules/p/lib/start.js", "content": "module.exports = 'start';"}, {"path": "node_modules/p/lib/more.mjs", "content": "export default 'more';"}]}
console.log(require('p'), require.resolve('p'));
try { require('p/lib/start.js'); } catch (error) { console.log(error.code, error.message); }
import('p/more').then((more) => console.log(more.default, more));
