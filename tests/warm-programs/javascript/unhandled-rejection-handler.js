process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason.message, promise instanceof Promise));
process.on('rejectionHandled', () => console.log('handled late'));
process.on('warning', (warning) => console.log(warning.name, warning.message.replace(/\d+/g, 'N')));
const p = Promise.reject(new Error('late'));
setTimeout(() => p.catch(() => console.log('caught')), 10);
