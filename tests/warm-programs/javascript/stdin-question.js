// exrun: {"stdin": "Ada\n36\n"}
const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout });
rl.question('name? ', (name) => { console.log('hello', name); rl.question('age? ', (age) => { console.log(+age + 1); rl.question('more? ', () => console.log('never')); rl.on('close', () => console.log('closed')); }); });
