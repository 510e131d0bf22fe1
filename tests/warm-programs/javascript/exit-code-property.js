process.exitCode = 3;
console.log(process.exitCode);
process.on('exit', (code) => { console.log('exit', code); process.exitCode = 4; });
