const fs = require('fs'); const s = fs.statSync(__filename);
console.log(s.mode.toString(8), s.size, s.nlink, s.uid === process.getuid(), s.blocks, s.blksize, fs.readFileSync(__filename, 'utf8'), fs.readdirSync('.'));
