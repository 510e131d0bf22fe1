local f = assert(io.open("/proc/self/environ"))
for entry in f:read("a"):gmatch("[^\0]+") do print(entry) end
for _, name in ipairs { "HOME", "PATH", "LANG", "TZ", "LD_PRELOAD", "LUA_PATH", "LUA_INIT", "PWD" } do print(name, os.getenv(name)) end
