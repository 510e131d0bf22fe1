setmetatable({}, { __gc = function() error("late") end })
collectgarbage()
print("after")
