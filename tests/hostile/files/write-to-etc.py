# SPDX-License-Identifier: MIT
# tries: writes to /etc and /etc/alternatives
# layer: read-only
# source: mount_setattr(2), MOUNT_ATTR_RDONLY
# expect: ok
# breach: BREACH
import errno, os

for place in "/etc /etc/alternatives".split():
    try:
        fd = os.open(place + "/exrun-audit", os.O_CREAT | os.O_WRONLY)
        os.unlink(place + "/exrun-audit")
        print("BREACH: a file in", place)
    except OSError as error:
        # Another user's folder would say EACCES: then nothing but its mode were in the way.
        if error.errno != errno.EROFS:
            print("BREACH:", place, "is not read-only:", error.strerror)
print("held")
