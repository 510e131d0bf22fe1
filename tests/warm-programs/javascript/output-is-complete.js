for (let n = 0; n < 3000; n++) console.log(`line ${n} `.padEnd(60, 'x'));
console.log(process.stdout.writableLength, process.stdout.writableNeedDrain);
process.exit(1);
