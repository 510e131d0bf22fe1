-- exrun: {"limits": {"wall_ms": 400}}
print("begun")
os.execute("sleep 60")
