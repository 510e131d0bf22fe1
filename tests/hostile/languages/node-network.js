// SPDX-License-Identifier: MIT
// tries: connects to the host
// layer: network policy-sockets
// source: Node net, dgram, dns
// expect: ok
// breach: BREACH
const net = require('net');
let open = 3;
for (const target of [{ host: '127.0.0.1', port: @PORT@ }, { host: '::1', port: @PORT@ }, { path: '@DIR@/socket' }]) {
    const done = text => { if (text) console.log(text); if (--open === 0) console.log('held'); };
    try {
        const socket = net.connect(target, () => { done('BREACH: connected'); socket.destroy(); });
        socket.on('error', () => done(''));
    } catch (error) { done(''); }
}
