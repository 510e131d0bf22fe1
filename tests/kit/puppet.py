# SPDX-License-Identifier: MIT
"""A front that was taken over: commands for tests/kit/front_attack.c, and the messages of sandbox/keeper/wire.h."""
import re
import socket
import struct
import time

from conftest import ROOT

SOCKET = "/run/exrun/exrun.sock"
HEAD = struct.Struct("=HHIIHHQQ")
WIRE = (ROOT / "sandbox/keeper/wire.h").read_text()
TYPES = {name.lower(): number for number, name in enumerate(re.findall(r"WIRE_(\w+)", re.search(r"enum wire_type \{(.*?)N_WIRE_TYPES", WIRE, re.S)[1]))}
NAMES = {number: name for name, number in TYPES.items()}
MOST_ORDER_BYTES = 64 << 20
N_LIMITS = len(re.findall(r"LIMIT_\w+,", re.search(r"enum limit \{(.*?)N_LIMITS", (ROOT / "sandbox/plan/limits.h").read_text(), re.S)[1]))
LIMITS = ("wall_ms", "cpu_ms", "memory_bytes", "processes", "output_bytes", "disk_bytes", "files")
BASH, C = (sorted(path.stem for path in (ROOT / "profiles").glob("*.json") if path.stem != "profile.schema").index(name) for name in ("bash", "c"))
GENERATION = 1  # of the profiles


def order(source=b"echo well", args=None, env=None, artifacts=None, files=(), version=3, limits=None, is_open=0):
    """The bytes of sandbox/plan/order.c."""
    lists = [args, env, artifacts, [path for path, _ in files], [content for _, content in files]]
    at = 8 * (4 + N_LIMITS) + 16 * 7
    spans = b""
    for number, one in enumerate(lists):
        spans += struct.pack("=QQ", at if one is not None or number >= 3 else 0, len(one or ()))
        at += 16 * len(one or ())
    texts = table = b""
    of_source = struct.pack("=QQ", at, len(source))
    texts += source + b"\0"
    for one in lists:
        for text in one or ():
            table += struct.pack("=QQ", at + len(texts), len(text))
            texts += text + b"\0"
    numbers = struct.pack(f"={N_LIMITS}Q", *((limits or {}).get(name, 0) for name in LIMITS))
    return struct.pack("=QQQQ", version, at + len(texts), 0, is_open) + numbers + of_source + bytes(16) + spans + table + texts


def start(order_=None, profile=BASH, generation=GENERATION, still_ms=0):
    return struct.pack("=IIII", profile, generation, 0, still_ms) + (order() if order_ is None else order_)


def make(profile=BASH, generation=GENERATION, parks=0):
    return struct.pack("=IIIIQ", profile, generation, parks, 0, 0)


def question(profile=BASH, generation=GENERATION):
    """The payload of "version" and "check"."""
    return struct.pack("=II", profile, generation)


class Packet:
    """A packet of the front: one message, or something that is not one. @fds: their number; @kind: sealed, unsealed, or socket, which is the receiver's own;
    @content: of the memfd, filled up to @fill bytes. @generation: to be added to the right one."""

    def __init__(self, type_=None, payload=b"", *, raw=None, run=0, generation=0, version=1, size=None, n_fds=None, flags=0, memfd_bytes=0, fds=0, kind="none",
                 content=b"", fill=0):
        self.__dict__.update(locals())

    def bytes(self, generation):
        if self.raw is not None:
            return self.raw
        number = self.type_ if isinstance(self.type_, int) else TYPES[self.type_]
        size = HEAD.size + len(self.payload) if self.size is None else self.size
        return HEAD.pack(self.version, number, size, generation + self.generation, self.fds if self.n_fds is None else self.n_fds, self.flags, self.run,
                         self.memfd_bytes) + self.payload


class Puppet:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(SOCKET)
        self.lines = self.socket.makefile("rb")
        self.generations = {}  # of the keepers to which something was sent

    def close(self):
        self.lines.close()
        self.socket.close()

    def order(self, command):
        """Returns the answer, or "dead" if the front has ended."""
        try:
            self.socket.sendall(command.encode() + b"\n")
            return self.lines.readline().decode().strip() or "dead"
        except OSError:
            return "dead"

    def call(self, name):
        return self.order(f"call {name}")

    def keepers(self):
        """Generations by slot."""
        answer = self.order("keepers")
        return {} if answer == "dead" else {int(slot): int(generation) for slot, generation in (one.split(":") for one in answer.split())}

    def send(self, to, packet, generation=0):
        self.generations[to] = generation
        return self.order(f"send {to} {packet.bytes(generation).hex() or '-'} {packet.fds} {packet.kind} {packet.fill} {packet.content.hex()}")

    def take(self, to):
        """Returns the socket of a keeper, which the front sends to us."""
        self.socket.sendall(f"give {to}\n".encode())
        _, (fd,), _, _ = socket.recv_fds(self.socket, len(b"given\n"), 1)
        assert self.lines.readline() == b"sent\n"
        return socket.socket(fileno=fd)

    def is_replaced(self, to):
        """If the next keeper comes before we have read to the end, the front has only the socket of that one."""
        return self.generations.get(to) and self.keepers().get(to, 0) > self.generations[to]

    def read(self, to, seconds):
        """Returns the name and the payload of the next message that is not a beat, or "silent" or "closed" and None."""
        end = time.monotonic() + seconds
        while True:
            rest = max(0, end - time.monotonic())
            # The front does nothing else meanwhile, and the warden ends one that says nothing for too long.
            answer = self.order(f"read {to} {int(min(rest, 1) * 1000)}")
            if answer == "silent" and self.is_replaced(to):
                return "closed", None
            if answer == "silent" and rest > 1:
                continue
            if answer in ("silent", "closed", "dead"):
                return answer, None
            packet = bytes.fromhex(answer)
            name = NAMES[HEAD.unpack_from(packet)[1]]
            if name != "beat":
                return name, packet[HEAD.size:]

    def read_until(self, to, wanted, seconds=60):
        """The names of the messages up to one of @wanted, "silent" or "closed"."""
        end, names = time.monotonic() + seconds, []
        while not names or names[-1] not in (*wanted, "silent", "closed", "dead"):
            names.append(self.read(to, max(0, end - time.monotonic()))[0])
        return names
