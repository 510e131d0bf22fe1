process.on('uncaughtException', (error) => { throw new Error('in the handler of ' + error.message); });
throw new Error('first');
