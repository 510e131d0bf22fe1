const fs = require('fs');
const a = fs.openSync('/dev/null'), b = fs.openSync(__filename); console.log(a, b); fs.closeSync(a); console.log(fs.openSync('.'), fs.opendirSync('.').path);
fs.open('/dev/null', (error, fd) => console.log(fd)); fs.promises.open('/dev/null').then((handle) => { console.log(handle.fd); return handle.close(); });
