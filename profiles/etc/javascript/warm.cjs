// SPDX-License-Identifier: MIT
// Loads and runs once the parts of Node that print, if Node is started ahead and waits for its program (descriptor 63 is a socket then).
// It touches no descriptor, and draws no number of async_hooks, which a timer shows if it is printed,
// and takes nothing from the memory that small buffers share.
const fs = require("fs");
function waits() {
  try { return fs.fstatSync(63).isSocket(); } catch { return false; }
}
if (waits()) {
  const { Console } = require("console"), { Writable } = require("stream"), net = require("net");
  require("tty");
  require("readline");
  const sink = new Writable({ decodeStrings: false, write() {} });
  const stdout = { write(text) { sink.write(text); }, on() {}, once() {}, removeListener() {}, listenerCount() { return 0; } };
  // To find out whether it may colour, it would open stderr.
  new Console({ stdout, colorMode: false }).log("%s", "", { a: [1, "x", new Map([[1, 2]])], f() {} }, new Error("").message);
  new net.Socket({ readable: false, writable: true });
}
delete require.cache[__filename];
