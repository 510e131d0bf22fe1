print(debug.gethook())
local n = 0
debug.sethook(function(_, line) n = n + line end, "l")
local x = 1
x = x + 1
debug.sethook()
print(n, x)
