# SPDX-License-Identifier: MIT
# tries: looks whether its network has anything but its own loopback
# layer: network
# source: network_namespaces(7)
# expect: ok
# breach: BREACH
import os

# Of a fresh namespace, whatever of it can be seen: /proc/self/net may be hidden.
try:
    names = [line.split(":")[0].strip() for line in open("/proc/self/net/dev").readlines()[2:]]
    odd = [name for name in names if name not in ("lo", "tunl0", "sit0", "gre0", "gretap0", "erspan0", "ip_vti0", "ip6_vti0", "ip6tnl0", "ip6gre0")]
    sockets = [line for line in open("/proc/self/net/unix").readlines()[1:] if "@NAME@" in line]
    print(f"BREACH: {odd} {sockets}" if odd or sockets else "held")
except OSError:
    print("held")
