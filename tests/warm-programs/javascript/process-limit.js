const { spawn } = require('child_process'); let ok = 0, bad = 0; const children = [];
for (let n = 0; n < 150; n++) { const c = spawn('sleep', ['5']); c.on('error', (error) => { if (!bad++) console.log(error.code, error.syscall); }); if (c.pid) { ok++; children.push(c); } }
setTimeout(() => { console.log(ok > 0, bad > 0, ok + bad); children.forEach((c) => c.kill('SIGKILL')); }, 200);
