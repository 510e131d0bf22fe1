import os, signal
print(signal.getsignal(signal.SIGPIPE))
r, w = os.pipe()
os.close(r)
try:
    os.write(w, b"x")
except BrokenPipeError as problem:
    print(problem)
