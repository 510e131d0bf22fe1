# SPDX-License-Identifier: MIT
# tries: looks for signals that it was left blocked or ignored
# layer: session
# source: signal(7): both are kept over execve
# expect: ok
# breach: BREACH
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
blocked, ignored = int(status["SigBlk"], 16), int(status["SigIgn"], 16)
# Python itself ignores SIGPIPE (13) and SIGXFSZ (25).
print("held" if blocked == 0 and not ignored & ~(1 << 12 | 1 << 24) else f"BREACH: {blocked:x} {ignored:x}")
