local kept = {}
for n = 1, 122 do kept[n] = ("x"):rep((1 << 20) - 100) .. n end
print(#kept)
