import importlib, sys
open("made.py", "w").write("x = 1\n")
importlib.invalidate_caches()
import made
open("made.py", "w").write("x = 222\n")
print(made.x, importlib.reload(made).x)
