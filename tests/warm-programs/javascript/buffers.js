const b = Buffer.from('zażółć');
console.log(b, b.toString('hex'), b.toString('base64url'), b.length, Buffer.poolSize, Buffer.from([1, 2, 300]), Buffer.alloc(3, 'ab'), Buffer.concat([b, b]).equals(b), b.readUInt16BE(0), b.indexOf('ó'), b.subarray(1, 3), JSON.stringify(Buffer.from('x')), require('buffer').constants, Buffer.compare(b, b), Buffer.byteLength('ü'));
