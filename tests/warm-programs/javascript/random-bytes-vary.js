// exrun: {"varies": true}
const c = require('crypto'); console.log(c.randomBytes(16).toString('hex'), c.randomInt(1e12), c.getRandomValues(new Uint8Array(8)), c.webcrypto.getRandomValues(new Uint32Array(2)));
