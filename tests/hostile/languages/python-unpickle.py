# SPDX-License-Identifier: MIT
# tries: runs what a pickle says
# layer: noexec root
# source: pickle
# expect: ok
# breach: BREACH
import os, pickle

class Gadget:
    def __reduce__(self):
        return os.system, ("cat @DIR@/secret 2>/dev/null",)

pickle.loads(pickle.dumps(Gadget()))
print("held")
