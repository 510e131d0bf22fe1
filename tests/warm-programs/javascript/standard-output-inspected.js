const { inspect } = require('util');
const text = inspect(process.stdout, { depth: 1 });
process.stdout.write(text.replace(/\[Symbol\((asyncId|asyncIdSymbol)\)\]: \d+/g, 'ID') + '\n' + Object.getOwnPropertyNames(process.stdout).join() + '\n');
