// exrun: {"stdin": "first\nsecond\nthird\n"}
const fs = require('fs'); const b = Buffer.alloc(6); console.log(fs.readSync(0, b), String(b), require('child_process').execFileSync('head', ['-c', '7'], { stdio: [0, 'pipe', 2] }).toString(), fs.readFileSync(0, 'utf8'), fs.readFileSync('/dev/stdin').length, fs.fstatSync(0).isFIFO(), fs.fstatSync(1).isFIFO());
