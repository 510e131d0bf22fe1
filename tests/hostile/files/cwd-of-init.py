# SPDX-License-Identifier: MIT
# tries: opens the "cwd" of the process in front of it, which was the host's
# layer: proc init-user
# source: runc CVE-2024-21626
# expect: ok
# breach: BREACH
try:
    file = open("/proc/1/cwd/secret", "rb")
    print("BREACH:", file.read(64))
except OSError as error:
    print("held", error.strerror)
