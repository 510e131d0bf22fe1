const { fork } = require('child_process');
if (process.send) { process.on('message', (m) => { process.send([m, process.argv.length, process.execArgv, process.connected]); process.disconnect(); }); }
else { const child = fork(__filename, ['x']); child.on('message', (m) => console.log('from the child', m)).on('exit', (code) => console.log('exit', code)); child.send({ a: 1 }); }
