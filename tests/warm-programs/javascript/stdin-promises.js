// exrun: {"stdin": "Ada\n36\n7\n"}
const rl = require('readline/promises').createInterface({ input: process.stdin });
(async () => { console.log(await rl.question('name? ')); for await (const line of rl) console.log('then', line); })();
