const b = require('fs').readFileSync(__filename); console.log(b.byteOffset, b.buffer.byteLength, Buffer.from('x').byteOffset, new TextEncoder().encode('ü').byteOffset);
