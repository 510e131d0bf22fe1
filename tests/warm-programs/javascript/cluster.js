const cluster = require('cluster');
if (cluster.isPrimary) { const w = cluster.fork(); w.on('exit', (code) => console.log('exit', code, w.id)); console.log(cluster.settings.exec, cluster.settings.execArgv); } else { console.log('worker', cluster.worker.id); process.exit(5); }
