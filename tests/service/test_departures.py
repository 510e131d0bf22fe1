# SPDX-License-Identifier: MIT
"""A client that leaves ends its run, however it leaves."""
import json
import socket
import struct
import sys
import time

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
from serving import ADMIN, SOCKET, call, service, start, wait_until  # noqa: E402, F401

LONG = {"profile": "bash", "source": "echo a; sleep 60", "limits": {"wall_ms": 30000}}
TCP = ("127.0.0.1", 7878)
BOTH = {"listen": [{"address": f"unix:{SOCKET}"}, {"address": "127.0.0.1:7878", "auth": "none"}]}


def head_of(body, *more):
    return "\r\n".join(["POST /v1/runs HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json", f"Content-Length: {len(body)}", *more, "", ""]).encode()


def connect(address):
    client = socket.socket(socket.AF_INET if isinstance(address, tuple) else socket.AF_UNIX)
    client.settimeout(60)
    client.connect(address)
    return client


def close(client):
    client.close()


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def half_close(client):
    client.shutdown(socket.SHUT_WR)


@pytest.mark.parametrize("leave", [close, reset, half_close], ids=lambda one: one.__name__)
@pytest.mark.parametrize("address", [SOCKET, TCP], ids=["unix", "tcp"])
# With each of these, the client leaves bytes unread or unsent behind.
@pytest.mark.parametrize("kind", ["plain", "continue", "stream", "pipelined"])
def test_it_is_noticed(start, leave, address, kind):
    start(BOTH)
    body = json.dumps({**LONG, "id": "one"}).encode()
    client = connect(address)
    if kind == "continue":
        client.sendall(head_of(body, "Expect: 100-continue"))
        time.sleep(0.1)  # the answer to that is there, unread
        client.sendall(body)
    elif kind == "stream":
        client.sendall(head_of(body, "Accept: text/event-stream") + body)
    else:
        client.sendall(head_of(body) + body + (b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" if kind == "pipelined" else b""))
    wait_until(lambda: call("GET", "/v1/status", address=ADMIN).json["running"]["now"] == 1)
    assert ask_state(address) == 202
    leave(client)
    wait_until(lambda: ask_state(address) == 404, 10)


def ask_state(address):
    """The status of the run, for the principal of that listener."""
    with connect(address) as client:
        client.sendall(b"GET /v1/runs/one HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return int(client.makefile("rb").readline().split()[1])
