const file = require('fs').statSync(__filename);
const now = Date.now();
console.log(Math.abs(now - file.mtimeMs) < 3000, Math.abs(now - file.birthtimeMs) < 3000, Math.abs(+require('child_process').execSync('date +%s%3N') - now) < 3000, typeof performance.now(), performance.now() < performance.now() + 1, process.hrtime().length, process.hrtime.bigint() > 0n);
