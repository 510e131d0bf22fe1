// exrun: {"varies": true}
const fs = require('fs'); console.log(fs.mkdtempSync('/tmp/x-'), fs.readdirSync('/tmp').length);
