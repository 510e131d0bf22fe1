print(select("#", ...), ... == nil)
local name, value = debug.getupvalue(debug.getinfo(1, "f").func, 1)
print(name, value == _G)
