const { EventEmitter, once, on, captureRejectionSymbol, defaultMaxListeners, getEventListeners } = require('events');
const e = new EventEmitter(); e.on('x', (v) => console.log('got', v)); e.once('x', () => console.log('once')); console.log(e.emit('x', 1), e.emit('x', 2), e.emit('nobody'), e.listenerCount('x'), defaultMaxListeners); once(e, 'later').then((v) => console.log(v)); e.emit('later', 5, 6);
for (let n = 0; n < 12; n++) e.on('many', () => {});
e.emit('error', new Error('no listener'));
