local f = assert(io.open("/proc/self/cmdline"))
print((f:read("a"):gsub("\0", "|")))
