const fs = require('fs');
fs.writeFileSync('a.txt', 'text'); fs.appendFileSync('a.txt', ' more'); fs.mkdirSync('d/e', { recursive: true }); fs.renameSync('a.txt', 'd/b.txt'); fs.symlinkSync('b.txt', 'd/l'); fs.copyFileSync('d/l', 'd/c');
console.log(fs.readFileSync('d/l', 'utf8'), fs.readdirSync('d', { withFileTypes: true }), fs.lstatSync('d/l').isSymbolicLink(), fs.existsSync('a.txt'), fs.statSync('d/c').size, fs.realpathSync('d/l'), fs.accessSync('d/c'));
fs.rmSync('d', { recursive: true }); fs.promises.readFile('none').catch((error) => console.log(error.message, error.errno, error.stack));
fs.readFileSync('none');
