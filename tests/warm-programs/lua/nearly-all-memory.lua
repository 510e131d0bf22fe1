local kept = {}
for n = 1, 28 do kept[n] = ("x"):rep(4 << 20) end
print(#kept, #kept[28])
