process.on('uncaughtException', (error, origin) => { console.log('caught', error.message, origin, error.stack.split('\n')[1]); setTimeout(() => console.log('goes on'), 10); });
process.on('uncaughtExceptionMonitor', (error) => console.log('monitor', error.message));
setTimeout(() => { throw new Error('in a timer'); }, 1);
throw new Error('at the top');
