# exrun: {"limits": {"disk_bytes": 1048576}}
with open("large", "wb") as f:
    while True:
        f.write(b"x" * 65536)
