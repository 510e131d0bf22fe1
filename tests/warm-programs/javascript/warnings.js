process.on('warning', (w) => console.log('handler', w.name, w.message, w.code));
process.emitWarning('own', 'OwnWarning', 'OWN01'); process.emitWarning('old', 'DeprecationWarning', 'DEP9'); new Buffer(1); require('punycode'); require('url').parse('http://x');
