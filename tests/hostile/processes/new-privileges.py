# SPDX-License-Identifier: MIT
# tries: looks whether execve may give it more
# layer: no-new-privs
# source: prctl(2), PR_SET_NO_NEW_PRIVS
# expect: ok
# breach: BREACH
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print("held" if status["NoNewPrivs"].strip() == "1" else "BREACH: it may")
