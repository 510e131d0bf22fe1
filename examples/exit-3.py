# Expect: failed, exit status 3.
import sys

print("I give up", file=sys.stderr)
sys.exit(3)
