const { execSync, spawnSync, spawn, fork, execFile } = require('child_process');
console.log(execSync('echo hi').toString(), spawnSync('sh', ['-c', 'echo e >&2; exit 3']), (() => { try { execSync('exit 4', { stdio: 'pipe' }); } catch (error) { return [error.status, error.message]; } })());
spawn('no-such-program').on('error', (error) => console.log(error.code, error.path, error.syscall));
const cat = spawn('cat'); cat.stdout.on('data', (data) => console.log(String(data))); cat.on('exit', (code, signal) => console.log('exit', code, signal)).on('close', () => console.log('close')); cat.stdin.end('piped');
