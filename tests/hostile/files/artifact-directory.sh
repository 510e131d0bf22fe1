# SPDX-License-Identifier: MIT
# tries: leaves a directory as an artifact
# layer: artifact-regular
# source: open(2)
# expect: ok
# says: is a directory
# artifacts: d
# breach: BREACH
mkdir d
