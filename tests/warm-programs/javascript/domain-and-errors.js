const d = require('domain').create(); d.on('error', (error) => console.log('domain', error.message, error.domainThrown)); d.run(() => setTimeout(() => { throw new Error('in it'); }, 1));
