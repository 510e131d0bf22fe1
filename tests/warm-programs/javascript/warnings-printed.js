new Buffer(1); require('util').isArray?.([]); process.emitWarning('own', { detail: 'more words', code: 'X' }); const e = new (require('events'))(); for (let n = 0; n < 11; n++) e.on('x', () => {});
