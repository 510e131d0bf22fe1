-- exrun: {"limits": {"cpu_ms": 300}}
print("begun")
while true do end
