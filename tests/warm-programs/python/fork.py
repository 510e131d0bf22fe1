import os, sys
pid = os.fork()
if pid == 0:
    print("child", os.getppid(), os.getpid(), flush=True)
    os._exit(4)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), pid, os.getpid(), os.getppid(), os.getpgrp(), os.getsid(0))
