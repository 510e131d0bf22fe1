local rest = io.open("/proc/self/stat"):read("a"):match("%)%s(.*)")
local n = 3
for field in rest:gmatch("%S+") do
  -- priority, nice, threads, exit signal, real-time priority, policy
  if n >= 18 and n <= 20 or n == 38 or n == 40 or n == 41 then print(n, field) end
  n = n + 1
end
