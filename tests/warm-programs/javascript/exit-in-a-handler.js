process.on('exit', () => { console.log('exit'); process.exit(6); });
process.on('beforeExit', () => console.log('never'));
setTimeout(() => console.log('never'), 1000);
process.exit(2);
