const fs = require('fs');
console.log(fs.readFileSync('/proc/self/cmdline', 'latin1').split('\0'), fs.readFileSync('/proc/self/comm', 'latin1'), fs.readlinkSync('/proc/self/exe'));
process.title = 'changed';
console.log(process.title, fs.readFileSync('/proc/self/comm', 'latin1'));
