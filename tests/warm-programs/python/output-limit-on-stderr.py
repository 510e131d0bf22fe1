# exrun: {"limits": {"output_bytes": 3000}}
import sys
while True:
    print("x" * 63, file=sys.stderr)
