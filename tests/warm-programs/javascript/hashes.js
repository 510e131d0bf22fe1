const c = require('crypto');
console.log(c.createHash('sha256').update('x').digest('hex'), c.createHmac('md5', 'k').update('d').digest('base64'), c.pbkdf2Sync('p', 's', 10, 16, 'sha1'), c.scryptSync('p', 's', 8), c.getHashes().length, c.getCiphers().length, c.getCurves().length, c.getFips(), c.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), c.constants.defaultCoreCipherList.length, c.secureHeapUsed());
c.pbkdf2('p', 's', 10, 8, 'sha1', (error, key) => console.log(error, key));
