# SPDX-License-Identifier: MIT
# tries: looks whether its user owns anything but its own
# layer: uid
# source: credentials(7): a cell's user is nobody else's
# expect: ok
# breach: BREACH
import os

uid = os.getuid()
ids = [tuple(map(int, line.split())) for line in open("/proc/self/uid_map")]


def lent():
    """What is of the host's: the mounts that are read-only, and what lies on top in them. The cell's own files are on the root's file system."""
    root = os.lstat("/").st_dev
    for line in open("/proc/self/mountinfo"):
        place, options = line.split()[4:6]
        if "ro" in options.split(",") and os.lstat(place).st_dev != root:
            yield place
            yield from (entry.path for entry in os.scandir(place)) if os.path.isdir(place) else ()


if os.getresuid() != (uid, uid, uid) or os.getresgid() != (uid, uid, uid) or uid == 0:
    print(f"BREACH: {os.getresuid()} {os.getresgid()}")
elif len(ids) == 1 and ids[0] == (uid, ids[0][1], 1):
    # A user without ids to give away has but one, and this is it: what is lent is not its own.
    own = [path for path in lent() if os.lstat(path).st_uid == uid]
    print(f"BREACH: it owns {own[0]}" if own else "held")
else:
    print("held" if uid >= 1_900_000_000 else f"BREACH: {os.getresuid()}")
