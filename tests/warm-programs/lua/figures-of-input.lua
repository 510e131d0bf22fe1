-- What the process has read since its start, so this is also what its interpreter has read.
print(io.open("/proc/self/io"):read("a"):match("rchar: %d+"))
