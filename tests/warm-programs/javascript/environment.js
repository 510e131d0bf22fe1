for (const name of Object.keys(process.env).sort()) console.log(name, '=', process.env[name]);
console.log(process.env.NOTHING, 'HOME' in process.env, delete process.env.HOME, process.env.HOME, (process.env.N = 5, typeof process.env.N), require('fs').readFileSync('/proc/self/environ', 'latin1').split('\0').sort());
