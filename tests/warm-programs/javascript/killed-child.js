const { spawn } = require('child_process'); const c = spawn('sleep', ['10']); c.on('exit', (code, signal) => console.log(code, signal, c.killed, c.signalCode)); c.kill();
spawn('sh', ['-c', 'kill -SEGV $$'], { stdio: 'inherit' }).on('exit', (...all) => console.log(all));
