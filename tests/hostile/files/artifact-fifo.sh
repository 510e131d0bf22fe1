# SPDX-License-Identifier: MIT
# tries: leaves a pipe that never ends as an artifact
# layer: artifact-regular
# source: fifo(7): opening one waits for a writer
# expect: ok
# says: not a regular file
# artifacts: p
# breach: BREACH
mkfifo p
