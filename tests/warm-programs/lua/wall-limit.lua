-- exrun: {"limits": {"wall_ms": 800}}
print("begun")
os.execute("sleep 60")
