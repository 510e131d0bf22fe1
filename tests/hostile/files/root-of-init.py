# SPDX-License-Identifier: MIT
# tries: opens the "root" of the process in front of it, which was the host's
# layer: proc init-user
# source: proc(5); runc CVE-2024-21626
# expect: ok
# breach: BREACH
try:
    file = open("/proc/1/root@DIR@/secret", "rb")
    print("BREACH:", file.read(64))
except OSError as error:
    print("held", error.strerror)
