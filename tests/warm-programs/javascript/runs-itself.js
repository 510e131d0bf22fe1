const { spawnSync } = require('child_process');
console.log(process.env.INNER ? 'inner' : 'outer', process.argv, process.execArgv, Object.keys(require.cache));
if (!process.env.INNER) { const r = spawnSync(process.execPath, [...process.execArgv, __filename, 'x'], { env: { ...process.env, INNER: '1' }, stdio: ['ignore', 'pipe', 'inherit'] }); console.log(String(r.stdout), r.status); } else process.exit(9);
