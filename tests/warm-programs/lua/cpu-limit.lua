-- exrun: {"limits": {"cpu_ms": 200}}
print("begun")
while true do end
