# exrun: {"limits": {"files": 32}}
import time
kept = []
try:
    while True:
        kept.append(open("/dev/null"))
except OSError:
    time.sleep(0.3)  # exrun looks now and then
    raise
