# SPDX-License-Identifier: MIT
# tries: leaves files that it may not read itself any more
# layer: artifact-links
# source: chmod(2)
# expect: ok
# says: left
# artifacts: d/f
# breach: BREACH
mkdir d; echo content of mine >d/f; chmod 000 d/f d; echo left
