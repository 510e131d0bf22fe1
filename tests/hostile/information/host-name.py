# SPDX-License-Identifier: MIT
# tries: asks for the host's name
# layer: names
# source: gethostname(2), uts_namespaces(7)
# expect: ok
# breach: BREACH
import os, socket

print("held" if {socket.gethostname(), os.uname().nodename} == {"cell"} else f"BREACH: {socket.gethostname()}")
