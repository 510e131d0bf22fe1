# SPDX-License-Identifier: MIT
# tries: makes a socket of the kind netlink, in each of its families: routes (0), sockets, the audit log, nf_tables, events of devices
# layer: policy-sockets
# source: netlink(7); CVE-2022-32250 of nf_tables; messages that wait in these sockets are not charged to a cgroup (net/netlink/af_netlink.c)
# expect: ok
# breach: BREACH
import socket

for family in range(32):
    for kind in socket.SOCK_RAW, socket.SOCK_DGRAM:
        try:
            s = socket.socket(socket.AF_NETLINK, kind, family)
            print(f"BREACH: a socket of {family}")
        except OSError as error:
            if error.errno != 13:
                print(f"BREACH: the kernel was asked for {family}: {error}")
print("held")
