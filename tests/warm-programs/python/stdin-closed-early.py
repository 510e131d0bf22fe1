# exrun: {"stdin": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"}
import os, sys
os.close(0)
print(os.open("/dev/null", os.O_RDONLY))
try:
    print(sys.stdin.read())
except OSError as problem:
    print(problem)
