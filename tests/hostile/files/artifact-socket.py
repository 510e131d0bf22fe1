# SPDX-License-Identifier: MIT
# tries: leaves a socket as an artifact
# layer: artifact-regular
# source: unix(7)
# expect: ok
# says: not a regular file
# artifacts: s
# breach: BREACH
import socket

socket.socket(socket.AF_UNIX).bind("s")
