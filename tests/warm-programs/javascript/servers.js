const http = require('http');
http.createServer().listen(0, () => console.log('listens')).on('error', (error) => console.log(error.code, error.syscall, error.message));
fetch('http://127.0.0.1/').catch((error) => console.log(error.message, error.cause?.code));
require('dgram').createSocket('udp4').on('error', (error) => console.log(error.code)).bind(0, () => console.log('bound'));
