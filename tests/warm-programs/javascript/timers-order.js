const out = (text) => () => console.log(text);
setTimeout(out('timeout 2'), 2); setTimeout(out('timeout 0'), 0); setTimeout(out('timeout 1'), 1);
process.nextTick(out('tick')); Promise.resolve().then(out('microtask')).then(out('microtask 2')); queueMicrotask(out('queued'));
process.nextTick(() => process.nextTick(out('tick in a tick')));
setTimeout(() => { setImmediate(out('immediate')); process.nextTick(out('tick in a timer')); }, 20);
console.log('synchronous');
