// exrun: {"artifacts": ["*"]}
const s = require('fs').createWriteStream('half'); s.write('written', () => process.kill(process.pid, 'SIGKILL')); setTimeout(() => {}, 1000);
