// exrun: {"varies": true}
console.log(require('crypto').generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }));
