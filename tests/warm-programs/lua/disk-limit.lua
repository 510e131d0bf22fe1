-- exrun: {"limits": {"disk_bytes": 1048576}}
local f = assert(io.open("large", "w"))
local ok, why
repeat ok, why = f:write(("x"):rep(65536)) until not ok
print(why)
