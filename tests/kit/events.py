# SPDX-License-Identifier: MIT
"""A client that reads a run's events as they come."""
import base64
import json
import socket

from serving import SOCKET


class Event:
    def __init__(self, lines):
        fields = [line.split(": ", 1) for line in lines if not line.startswith(":")]
        self.type = next((value for name, value in fields if name == "event"), None)
        self.id = next((value for name, value in fields if name == "id"), None)
        self.data = json.loads("".join(value for name, value in fields if name == "data") or "null")

    @property
    def bytes(self):
        return base64.b64decode(self.data["base64"]) if "base64" in self.data else self.data["text"].encode()

    def __repr__(self):
        return f"{self.type} {self.id} {self.data}"


class Stream:
    """Sends a request, and reads what comes. @room: of the socket's buffer for what was not read yet."""

    def __init__(self, request, headers=None, path=SOCKET, method="POST", target="/v1/runs", room=None):
        body = b"" if request is None else json.dumps(request).encode()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(120)
        if room:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        self.socket.connect(path)
        lines = [f"{method} {target} HTTP/1.1", "Host: service", "Accept: text/event-stream", *([f"Content-Length: {len(body)}", "Content-Type: application/json"] if body else []),
                 *(f"{name}: {value}" for name, value in (headers or {}).items()), "", ""]
        self.socket.sendall("\r\n".join(lines).encode() + body)
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = {}
        while line := self.file.readline().strip():
            name, value = line.decode().split(": ", 1)
            self.headers[name.lower()] = value

    def __iter__(self):
        return self

    def __next__(self):
        """The next event that is not a comment."""
        lines = []
        while line := self.file.readline():
            line = line.decode().rstrip("\n")
            if line:
                lines.append(line)
                continue
            event = Event(lines)
            lines = []
            if event.type:
                return event
        assert not lines, lines
        raise StopIteration

    def next(self, kind):
        """The next event, which must be of that type."""
        event = next(self)
        assert event.type == kind, event
        return event

    def close(self):
        self.file.close()
        self.socket.close()


def output_of(events, kind):
    return b"".join(event.bytes for event in events if event.type == kind)
