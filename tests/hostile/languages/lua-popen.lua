-- SPDX-License-Identifier: MIT
-- tries: runs commands by io.popen and os.execute
-- layer: root
-- source: Lua io.popen
-- expect: ok
-- breach: BREACH
local pipe = io.popen("cat @DIR@/secret 2>/dev/null")
local text = pipe and pipe:read("a") or ""
print(#text > 0 and "BREACH: " .. text or "held")
