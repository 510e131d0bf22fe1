import sys, threading
print(sys.gettrace(), sys.getprofile(), threading.settrace.__name__, sys.breakpointhook, sys.displayhook)
