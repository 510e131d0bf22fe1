// exrun: {"stdin": "x\n"}
const { inspect } = require('util'); console.log(process.stdin.fd, process.stdin._type, process.stdin.readableFlowing, process.stdin.readableLength, process.stdin.isPaused(), Object.keys(process.stdin), process.stdin.eventNames()); process.stdin.once('readable', () => { console.log(process.stdin.read(1), process.stdin.read(), process.stdin.read()); });
