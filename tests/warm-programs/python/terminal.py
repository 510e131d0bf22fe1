import os, sys
print([os.isatty(fd) for fd in range(3)], sys.stdin.isatty(), os.ctermid())
try:
    print(os.ttyname(0))
except OSError as problem:
    print(problem)
try:
    os.open("/dev/tty", os.O_RDWR)
except OSError as problem:
    print(problem)
try:
    print(os.get_terminal_size())
except OSError as problem:
    print(problem)
