# exrun: {"limits": {"wall_ms": 500}}
import time
try:
    print("begun")
    time.sleep(60)
finally:
    print("never")
