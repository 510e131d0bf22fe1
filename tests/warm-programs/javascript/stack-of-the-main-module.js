console.log(new Error('main').stack);
Error.stackTraceLimit = 100;
console.log(new Error('all').stack);
Error.prepareStackTrace = (error, sites) => sites.map((s) => [s.getFileName(), s.getLineNumber(), s.getColumnNumber(), s.getFunctionName(), s.isNative(), s.isToplevel()]);
console.log(new Error('sites').stack);
