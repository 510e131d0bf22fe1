const s = process.stdout;
console.log(s.isTTY, s.fd, s.writable, s.writableLength, s.writableHighWaterMark, s.constructor.name, s.columns, s._type, s._isStdio, s.destroyed, s.writableObjectMode, s.getColorDepth, s.hasColors);
console.log(process.stderr.isTTY, process.stderr.fd, process.stderr.constructor.name, process.stderr._type, process.stdin.isTTY, process.stdin.fd, process.stdin.constructor.name, process.stdin.readableHighWaterMark);
console.log(s.eventNames(), s.listenerCount('error'), process.stderr.eventNames(), process.stdin.eventNames(), s.getMaxListeners());
