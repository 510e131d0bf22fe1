const fs = require('fs'); fs.createReadStream(__filename, { end: 9 }).on('open', (fd) => console.log('fd', fd)).on('data', (d) => console.log(String(d), d.byteOffset)).on('close', () => console.log('closed'));
const w = fs.createWriteStream('/tmp/w'); w.on('open', (fd) => console.log('write fd', fd)).on('finish', () => console.log(w.bytesWritten)); w.end('text');
