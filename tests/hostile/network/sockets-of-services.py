# SPDX-License-Identifier: MIT
# tries: connects to sockets of the host's services
# layer: root
# source: systemd, D-Bus, Docker, syslog
# expect: ok
# breach: BREACH
import socket

for path in "/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private", "/run/systemd/journal/stdout", "/dev/log", "/run/containerd/containerd.sock":
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        print("BREACH:", path)
    except OSError:
        pass
print("held")
