# exrun: {"limits": {"output_bytes": 3000}}
while True:
    print("x" * 63)
