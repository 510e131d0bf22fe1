# SPDX-License-Identifier: MIT
# tries: looks for a mount on which device nodes open
# layer: nodev
# source: mount(8), nodev
# expect: ok
# breach: BREACH
import os
import stat

# Without root the five harmless ones can't be made: each is a mount of the host's node, and nothing but that node.
HARMLESS = {"/dev/null": 3, "/dev/zero": 5, "/dev/full": 7, "/dev/random": 8, "/dev/urandom": 9}


def is_harmless(path, options):
    node = os.lstat(path)
    return path in HARMLESS and {"ro", "nosuid", "noexec"} <= options and stat.S_ISCHR(node.st_mode) and node.st_rdev == os.makedev(1, HARMLESS[path])


for line in open("/proc/self/mountinfo"):
    fields = line.split()
    options = set(fields[5].split(","))
    # The root of the cell holds the five, where it could make them.
    if "nodev" not in options and fields[4] != "/" and not is_harmless(fields[4], options):
        print("BREACH:", fields[4])
print("held")
