console.log(Object.getOwnPropertyNames(console).sort(), console.Console === require('console').Console, console._stdout === process.stdout, console._ignoreErrors);
const own = new console.Console(process.stderr); own.log('to the other'); own.count(); console.count();
