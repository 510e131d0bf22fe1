# exrun: {"limits": {"wall_ms": 800}}
import time
try:
    print("begun")
    time.sleep(60)
finally:
    print("never")
