for line in io.lines("/proc/self/limits") do print(line) end
