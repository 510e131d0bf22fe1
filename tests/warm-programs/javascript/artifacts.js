// exrun: {"artifacts": ["*.txt", "deep/*", "main.js", "none"]}
const fs = require('fs'); fs.mkdirSync('deep/er', { recursive: true }); fs.writeFileSync('1.txt', 'one'); fs.writeFileSync('2.txt', Buffer.from([255, 0])); fs.symlinkSync('1.txt', 'l.txt'); fs.writeFileSync('deep/f', 'in'); fs.createWriteStream('3.txt').end('streamed');
