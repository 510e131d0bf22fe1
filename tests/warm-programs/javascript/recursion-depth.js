// exrun: {"limits": {"wall_ms": 20000}}
let depth = 0; function f() { depth++; f(); }
try { f(); } catch { } const first = depth; depth = 0; try { f(); } catch { }
console.log(first > 5000, first, depth > 5000);
