-- Every index of arg, also those before the program's name.
local low, high = 0, 0
for k in pairs(arg) do low, high = math.min(low, k), math.max(high, k) end
for k = low, high do print(k, arg[k]) end
print(select("#", ...))
