# SPDX-License-Identifier: MIT
# tries: opens the "exe" of the process in front of it, which was the host's
# layer: proc init-user
# source: runc CVE-2019-5736
# expect: ok
# breach: BREACH
try:
    file = open("/proc/1/exe", "rb")
    print("BREACH:", file.read(64))
except OSError as error:
    print("held", error.strerror)
