# exrun: {"stdin": "one\ntwo\nthree\n"}
import os, subprocess, sys
subprocess.run(["head", "-c", "4"])
print(sys.stdin.read())
