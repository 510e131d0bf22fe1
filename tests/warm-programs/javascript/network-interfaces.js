try { console.log(require('os').networkInterfaces()); } catch (error) { console.log(error.message); }
require('dns').lookup('localhost', (error, address) => console.log(error?.code, address));
require('net').connect(80, '127.0.0.1').on('error', (error) => console.log(error.code, error.syscall));
