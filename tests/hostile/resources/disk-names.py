# SPDX-License-Identifier: MIT
# tries: fills the kernel with long names of links to one file
# layer: disk
# source: link(2): a name takes no inode
# expect: ok | out_of_memory
# limits: disk=4M memory=48M
# breach: BREACH
import errno, os

open("/tmp/f", "w").close()
try:
    for n in range(400000):
        os.link("/tmp/f", f"/tmp/{n:0250}")
    print("BREACH: 400,000 names")
except OSError as error:
    print("held" if error.errno in (errno.ENOSPC, errno.EMLINK) else error)
