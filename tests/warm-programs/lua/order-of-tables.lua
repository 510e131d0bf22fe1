local t = {}
for n = 1, 10 do t[n] = true end
for k in pairs(t) do io.write(k, " ") end
print()
