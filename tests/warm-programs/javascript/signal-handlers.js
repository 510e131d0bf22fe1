console.log(process.listenerCount('SIGINT'), require('os').constants.signals.SIGTERM);
process.on('SIGUSR2', (name, number) => { console.log(name, number); process.kill(process.pid, 'SIGTERM'); });
process.once('SIGTERM', (name) => { console.log(name); clearInterval(t); });
const t = setInterval(() => {}, 1000);
process.kill(process.pid, 'SIGUSR2');
