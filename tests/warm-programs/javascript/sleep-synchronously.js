const a = process.hrtime.bigint(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 15); console.log(process.hrtime.bigint() - a >= 14_000_000n);
