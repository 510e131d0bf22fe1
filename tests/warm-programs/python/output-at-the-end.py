import atexit, sys
sys.stdout.reconfigure(line_buffering=False)
print("first")
atexit.register(print, "second")
sys.stdout.write("no line feed")
