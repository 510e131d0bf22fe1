# SPDX-License-Identifier: MIT
# tries: fills the disk with empty files
# layer: disk
# source: tmpfs(5), nr_inodes
# expect: ok
# hits: disk
# limits: disk=4M
# breach: BREACH
import errno

try:
    for n in range(5000):
        open(f"/tmp/{n}", "w").close()
    print("BREACH: 5000 files")
except OSError as error:
    print("held" if error.errno == errno.ENOSPC else error)
