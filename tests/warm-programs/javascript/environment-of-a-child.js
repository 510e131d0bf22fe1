process.env.NEW = 'yes'; delete process.env.TZ;
const { execSync, execFileSync } = require('child_process');
console.log(execSync('env | sort').toString(), execFileSync('env', { env: { A: 'b' } }).toString());
