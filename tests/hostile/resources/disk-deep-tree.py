# SPDX-License-Identifier: MIT
# tries: leaves a tree that is deeper than a path is long
# layer: reclaim
# source: path_resolution(7), PATH_MAX
# expect: ok
# limits: disk=64M
# breach: BREACH
import os

os.chdir("/tmp")
for n in range(3000):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
open("f", "w").close()
print("held")
