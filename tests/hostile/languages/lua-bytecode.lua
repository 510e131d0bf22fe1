-- SPDX-License-Identifier: MIT
-- tries: runs bytecode that the interpreter does not check
-- layer: policy
-- source: Lua load(), "maliciously crafted binary chunks can crash the interpreter"
-- expect: ok | crashed | failed | cpu_timeout | out_of_memory
-- limits: cpu=1s memory=64M
-- breach: BREACH
print("held")
io.stdout:flush()
local code = string.dump(function() local a = {} return a[1] end)
for at = 40, #code do
    for byte = 0, 255, 51 do
        local f = load(code:sub(1, at - 1) .. string.char(byte) .. code:sub(at + 1), "x", "b")
        if f then pcall(f) end
    end
end
