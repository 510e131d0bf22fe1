# SPDX-License-Identifier: MIT
# tries: leaves more files than anybody wants
# layer: artifact-count
# source: HTTP answers of gigabytes
# expect: ok
# says: one too many
# artifacts: [0-9]*
# breach: BREACH
for n in range(3000):
    open(f"{n:04}", "w").close()
