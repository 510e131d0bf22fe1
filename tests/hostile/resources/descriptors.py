# SPDX-License-Identifier: MIT
# tries: opens files for ever
# layer: rlimit-nofile
# source: getrlimit(2), RLIMIT_NOFILE
# expect: ok
# hits: files
# limits: files=64
# breach: BREACH
import errno, os, time

n = 0
try:
    while n < 1000:
        os.open("/dev/null", os.O_RDONLY)
        n += 1
    print("BREACH: 1000 files")
except OSError as error:
    print("held" if error.errno == errno.EMFILE and n < 64 else error, flush=True)
time.sleep(1)
