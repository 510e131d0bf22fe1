// exrun: {"limits": {"files": 48}}
const fs = require('fs'); let n = 0, last;
try { for (;;) { last = fs.openSync('/dev/null'); n++; } } catch (error) { console.log(error.code, error.message, n, last); }
