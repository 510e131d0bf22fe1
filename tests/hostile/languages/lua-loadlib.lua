-- SPDX-License-Identifier: MIT
-- tries: loads machine code of its own
-- layer: noexec
-- source: Lua package.loadlib
-- expect: ok
-- breach: BREACH
os.execute("cp /usr/lib/x86_64-linux-gnu/libm.so.6 /tmp/own.so 2>/dev/null || cp /bin/true /tmp/own.so")
local f, why, where = package.loadlib("/tmp/own.so", "*")
print(f and "BREACH: it was loaded" or "held")
