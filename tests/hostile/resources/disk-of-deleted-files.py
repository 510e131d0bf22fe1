# SPDX-License-Identifier: MIT
# tries: writes into files that have no name any more
# layer: disk
# source: unlink(2)
# expect: ok
# limits: disk=4M
# breach: BREACH
import errno, os

files = []
try:
    for n in range(16):
        files.append(open(f"/tmp/{n}", "wb", 0))
        os.unlink(f"/tmp/{n}")
        if files[-1].write(b"x" * (1 << 20)) < 1 << 20:
            raise OSError(errno.ENOSPC, "")
    print("BREACH: 16 MiB")
except OSError as error:
    print("held" if error.errno == errno.ENOSPC else error)
