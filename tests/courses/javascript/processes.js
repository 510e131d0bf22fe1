const cp = require("child_process"), { Worker, isMainThread, parentPort, workerData } = require("worker_threads");
if (!isMainThread) { parentPort.postMessage(workerData * 2); } else (async () => {
  console.log(cp.execSync("echo from a child").toString(), cp.spawnSync("sh", ["-c", "exit 3"]).status, cp.execFileSync("sort", { input: "b\na\n" }).toString());
  const p = cp.spawn("cat"); p.stdin.end("through cat"); let out = ""; for await (const c of p.stdout) out += c; console.log(out, await new Promise(r => p.on("close", r)));
  console.log(await new Promise(r => new Worker(__filename, { workerData: 21 }).on("message", r)));
  const file = require("os").tmpdir() + `/c${process.pid}.js`; require("fs").writeFileSync(file, "process.on('message', m => { process.send(m + 1); process.disconnect(); })"); const child = cp.fork(file); child.send(1); console.log(await new Promise(r => child.on("message", r))); require("fs").unlinkSync(file);
  const sab = new SharedArrayBuffer(4), view = new Int32Array(sab); Atomics.add(view, 0, 5); console.log(Atomics.load(view, 0), Atomics.wait(view, 0, 5, 1)); process.on("SIGUSR2", () => console.log("signal")); process.kill(process.pid, "SIGUSR2"); await new Promise(r => setTimeout(r, 20));
  const net = require("net"), sock = require("os").tmpdir() + "/s" + process.pid; const server = net.createServer(c => c.end("from socket")).listen(sock, () => { net.connect(sock).on("data", d => { console.log(d.toString()); server.close(); }); }); await new Promise(r => server.on("close", r));
  try { await new Promise((ok, no) => cp.exec("exit 9", e => e ? no(e) : ok())); } catch (e) { console.log("code", e.code); } console.log(process.argv.length, process.env.TZ, process.uptime() > 0, process.memoryUsage().rss > 0, typeof process.hrtime.bigint(), process.version.startsWith("v"), require("os").userInfo().username !== "", process.cwd() !== "/", require("perf_hooks").performance.now() > 0); process.exit(0);
})();
