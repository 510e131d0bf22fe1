# SPDX-License-Identifier: MIT
# tries: executes a file without a name
# layer: policy-other noexec
# source: fexecve(3), memfd_create(2)
# expect: ok
# breach: BREACH
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
fd = libc.syscall(319, b"x", 0) if os.uname().machine == "x86_64" else -1
if fd >= 0:
    print("BREACH: memfd_create")
fd = os.open("/tmp/mine", os.O_CREAT | os.O_WRONLY, 0o755)
os.write(fd, open("/bin/true", "rb").read())
os.close(fd)
pid = os.fork()
if pid == 0:
    try:
        os.execve(os.open("/tmp/mine", os.O_RDONLY), ["mine"], {})
    except OSError:
        os._exit(7)
print("held" if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7 else "BREACH: it ran")
