function* fibonacci() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
const take = function* (n, it) { for (const x of it) { if (n-- <= 0) return; yield x; } }; console.log([...take(10, fibonacci())]);
const g = (function* () { const got = yield 1; try { yield got * 2; } finally { console.log("closed"); } })(); console.log(g.next(), g.next(21), g.return(5), g.next());
const sleep = (ms, v) => new Promise(r => setTimeout(r, ms, v));
async function* ticks(n) { for (let i = 0; i < n; i++) yield await sleep(1, i); }
(async () => {
  console.log(await Promise.all([sleep(20, "a"), sleep(1, "b")]), await Promise.race([new Promise(() => {}), sleep(1, "fast")]), await Promise.allSettled([Promise.reject(new Error("no")), 1]).then(r => r.map(x => x.status)), await Promise.any([Promise.reject(1), sleep(1, 2)]));
  for await (const t of ticks(3)) console.log("tick", t);
  try { await Promise.reject(new RangeError("rejected")); } catch (e) { console.log(e.name, e.message); } finally { console.log("finally"); }
  const immediate = new Promise(r => setImmediate(() => r(console.log("immediate")))); process.nextTick(() => console.log("next tick")); queueMicrotask(() => console.log("microtask")); await null; console.log("after"); await immediate;
  const { EventEmitter, once } = require("events"); const e = new EventEmitter(); setTimeout(() => e.emit("go", 42), 1); console.log(await once(e, "go"));
  const ac = new AbortController(); setTimeout(() => ac.abort(), 5); await require("timers/promises").setTimeout(1000, null, { signal: ac.signal }).catch(err => console.log(err.name));
})(); console.log("first");
