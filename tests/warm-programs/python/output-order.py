import os, sys
print("one")
print("two", file=sys.stderr)
sys.stdout.write("three ")
os.write(1, b"four\n")
sys.stderr.write("five ")
os.system("echo six")
print("seven", end="")
