# SPDX-License-Identifier: MIT
"""Stands for the service manager, systemd: hears what the service reports, and holds listening sockets."""
import contextlib
import os
import socket
import sys

from conftest import EXRUN

# A program that sets LISTEN_PID to itself before it becomes exrun, as the manager does.
AS_MANAGER = "import os, sys; os.environ['LISTEN_PID'] = str(os.getpid()); os.execv(sys.argv[1], sys.argv[1:])"


class Manager:
    """Stands for systemd: has a socket for notifications, and listening sockets that stay open from one service to the next."""

    def __init__(self, folder):
        self.folder, self.held, self.names = folder, [], []
        self.heard, self.notified = [], None

    def listen_for_notifications(self, is_abstract=False):
        self.notified = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        name = f"exrun-test-{os.urandom(8).hex()}"
        self.notified.bind(f"\0{name}" if is_abstract else str(self.folder / name))
        self.address = f"@{name}" if is_abstract else str(self.folder / name)
        self.notified.settimeout(60)
        return self

    def hold(self, address, name=None, kind=socket.SOCK_STREAM, waits=True):
        if address.startswith("unix:"):
            held = socket.socket(socket.AF_UNIX, kind)
            held.bind(address.removeprefix("unix:"))
        else:
            host, port = address.rsplit(":", 1)
            held = socket.socket(socket.AF_INET6 if host.startswith("[") else socket.AF_INET, kind)
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            held.bind((host.strip("[]"), int(port)))
        if waits:
            held.listen(1024)
        self.held.append(held)
        self.names.append(name)
        return held

    def wrap(self, **more):
        """How the service is started with these sockets, as kit.Service takes it."""
        environment = {**os.environ, **more}
        if self.notified:
            environment["NOTIFY_SOCKET"] = self.address
        if self.held:
            environment.update(LISTEN_FDS=str(len(self.held)), **({"LISTEN_FDNAMES": ":".join(self.names)} if all(self.names) else {}))
        given = [held.fileno() for held in self.held]

        def place():
            # First above all of them, so that none is overwritten before it was copied.
            for number, fd in enumerate([os.dup2(fd, 200 + number) for number, fd in enumerate(given)]):
                os.dup2(fd, 3 + number)
            os.closerange(3 + len(given), 256)

        return lambda *words: {"args": [sys.executable, "-c", AS_MANAGER, EXRUN, *map(str, words)], "env": environment, "preexec_fn": place, "close_fds": False}

    def hear(self):
        """The next notification."""
        self.heard.append(dict(line.split("=", 1) for line in self.notified.recv(4096).decode().splitlines()))
        return self.heard[-1]

    def hear_of(self, member):
        while member not in (heard := self.hear()):
            pass
        return heard

    def close(self):
        for one in (*self.held, *([self.notified] if self.notified else [])):
            with contextlib.suppress(OSError):
                if one.family == socket.AF_UNIX and (name := one.getsockname()) and isinstance(name, str):
                    os.unlink(name)
            one.close()
