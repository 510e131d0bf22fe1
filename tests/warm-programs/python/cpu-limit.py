# exrun: {"limits": {"cpu_ms": 400}}
print("begun")
while True:
    pass
