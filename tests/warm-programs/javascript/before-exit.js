let n = 0;
process.on('beforeExit', (code) => { console.log('before', code, n); if (n++ < 3) setTimeout(() => console.log('more'), 1); });
process.on('exit', (code) => { console.log('exit', code); setTimeout(() => console.log('never'), 1); Promise.resolve().then(() => console.log('never, too')); });
