local function inner() print(debug.traceback("here")) end
local function outer() inner() end
outer()
