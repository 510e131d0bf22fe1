const net = require('net');
const server = net.createServer((socket) => socket.end('hello\n')).listen('/tmp/s', () => net.connect('/tmp/s').on('data', (data) => console.log(String(data))).on('close', () => server.close()));
server.on('error', (error) => console.log(error.code)).on('close', () => console.log('closed'));
