const fs = require('fs'), os = require('os');
console.log(process.cwd(), __dirname, __filename, os.homedir(), os.tmpdir(), fs.readdirSync('.'), fs.readdirSync('/').sort(), fs.readdirSync('/etc').sort(), fs.readdirSync('/etc/exrun').sort(), fs.readdirSync('/tmp'), fs.readdirSync('/dev').sort(), process.umask().toString(8));
process.chdir('/tmp'); console.log(process.cwd(), require('path').resolve('x'));
