import sys
print(__name__, __file__, __doc__, __package__, __spec__, __cached__ if "__cached__" in globals() else "no", type(__loader__).__name__, __loader__.path, __loader__.name)
print(sorted(globals()))
