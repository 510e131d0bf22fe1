-- exrun: {"stdin": "first\nsecond 17 0x1p4\n\nlast without an end"}
print(io.read("L"))
for line in io.lines() do print("[" .. line .. "]") end
