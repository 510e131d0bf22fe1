local first = os.time()
local child = tonumber(io.popen("date +%s"):read("a"))
print(math.abs(child - first) <= 2, os.date("!%Y", 0), os.date("%Z"))
