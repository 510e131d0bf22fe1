const sym = Object.getOwnPropertySymbols(process.stdout).map(String);
console.log(sym, process.stdout[Object.getOwnPropertySymbols(process.stdout).find((s) => String(s).includes('async'))], process.stdout._handle?.getAsyncId?.(), process.stdout._handle?.fd);
