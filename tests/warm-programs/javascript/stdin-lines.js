// exrun: {"stdin": "one\ntwo\r\n\nüber\nlast"}
const rl = require('readline').createInterface({ input: process.stdin });
rl.on('line', (line) => console.log(JSON.stringify(line))).on('close', () => console.log('end', rl.closed, rl.line, rl.terminal, process.stdin.bytesRead, process.stdin.readableEnded));
