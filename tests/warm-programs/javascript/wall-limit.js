// exrun: {"limits": {"wall_ms": 1500}}
console.log('begun'); process.on('exit', () => console.log('never')); setInterval(() => {}, 100);
