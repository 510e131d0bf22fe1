const r = new WeakRef({ a: 1 }); console.log(r.deref(), new WeakSet([r]).has(r)); const f = new FinalizationRegistry(() => console.log('never')); f.register({}, 1); console.log(typeof gc);
