# SPDX-License-Identifier: MIT
"""Clients that send or read as slowly as they can, or too much: others are served all the same, and the front's memory has a bound."""
import contextlib
import fcntl
import http.client
import json
import os
import pathlib
import select
import signal
import socket
import struct
import sys
import termios
import time

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}


def connect(timeout=60):
    client = socket.socket(socket.AF_UNIX)
    client.settimeout(timeout)
    client.connect(kit.SOCKET)
    return client


def packet_of(request, path="/v1/runs"):
    body = json.dumps(request).encode()
    return b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (path.encode(), len(body)) + body


def front():
    pid, = kit.processes("exrun-front")
    return pid


def most_mib(pid):
    return int(kit.status_of(pid)["VmHWM"].split()[0]) >> 10


def send_without_reading(packet, bytes_most):
    """Sends the packet again and again until the other side takes no more, and returns the connection."""
    client, sent = connect(), 0
    client.settimeout(1)
    with contextlib.suppress(TimeoutError):
        while sent < bytes_most:
            sent += client.send(packet)
    return client


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the memory of a sanitizer is not the front's")
@pytest.mark.parametrize("packet", [b"GET /v1/profiles HTTP/1.1\r\nHost: x\r\n\r\n" * 500, packet_of({"profile": "bash", "source": "head -c 200000 /dev/zero | tr '\\0' x"})],
                         ids=["profiles", "runs"])
def test_a_client_that_reads_no_answer_is_not_answered_again(start, packet):
    start({"service": {"results_bytes": 32 << 20}})
    held = send_without_reading(packet, 4 << 20)
    assert kit.run(HELLO)["stdout"] == "hello\n"
    assert most_mib(front()) < 100
    held.close()


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_request_that_drips_in_is_refused(start, part):
    start({"http": {"header_ms": 500, "body_ms": 500}})
    client = connect()
    if part == "body":
        client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n")
    client.settimeout(0.1)
    answer, end = b"", time.monotonic() + 60
    while not answer:
        assert time.monotonic() < end
        client.send(b"G")
        with contextlib.suppress(TimeoutError):
            answer = client.recv(1000)
    assert answer.startswith(b"HTTP/1.1 408 ")
    client.close()


@pytest.mark.parametrize("sent, answer", [(b"GET /healthz HTTP/1.1\r\nHo", b"408"), (b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{", b"408"), (b"", b"")],
                         ids=["head", "body", "nothing"])
def test_a_request_whose_rest_never_comes_is_refused(start, sent, answer):
    start({"http": {"header_ms": 500, "body_ms": 500, "idle_ms": 500}})
    client = connect()
    client.settimeout(60)
    client.sendall(sent)
    received = b"".join(iter(lambda: client.recv(1000), b""))
    assert received[9:12] == answer
    client.close()


HEAD = b" HTTP/1.1\r\nHost: localhost\r\n"
SLOW = {"idle": b"", "head": b"GET /healthz" + HEAD + b"A: ", "answers": (b"GET /v1/profiles" + HEAD + b"\r\n") * 20,
        "body": b"POST /v1/runs" + HEAD + b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"}


@pytest.mark.parametrize("part", SLOW)
@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_while_hundreds_of_clients_are_slow_others_are_served(start, exrun, kind, part):
    """They stop in the middle of their request, or read no answer. On TCP they are as many as one address may be, so the others come from another one."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"127.0.0.1:{port}", "auth": "none"}],
           "http": {"header_ms": 100_000, "body_ms": 100_000, "idle_ms": 100_000}})
    before, held = front(), []

    def has_connections(n):  # besides the one of the question
        return json.loads(exrun("status", "--json").stdout)["connections"] == n + 1

    for _ in range(500 if kind == "unix" else 256):
        held.append(connect() if kind == "unix" else socket.create_connection(("127.0.0.1", port)))
        held[-1].sendall(SLOW[part])
    kit.wait_until(lambda: has_connections(len(held)))
    for _ in range(3):
        assert kit.run(HELLO)["stdout"] == "hello\n"
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120, source_address=("127.0.0.2", 0))) as other:
            assert kit.ask(other, "POST", "/v1/runs", HELLO).json["stdout"] == "hello\n"
    kit.wait_until(lambda: has_connections(len(held)))
    for client in held:
        client.close()
    kit.wait_until(lambda: has_connections(0))
    assert front() == before


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the memory of a sanitizer is not the front's")
def test_requests_that_wait_for_the_thread_are_counted(start):
    start()
    body = b'{"profile": "bash", "source": "' + rb"\u0023" * (6 << 20) + b'"}'  # takes longer to read than to send
    packet = b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    clients = []
    for _ in range(24):  # one after the other, so that few of them arrive at the same time
        clients.append(connect())
        clients[-1].sendall(packet)
    assert most_mib(front()) < 450
    for client in clients:
        client.close()
    kit.wait_until(lambda: kit.call("POST", "/v1/runs", HELLO).status == 200)


def unread(client):
    """Bytes that the front has not taken yet."""
    return struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)))[0]


def test_a_small_request_overtakes_large_ones_that_wait_for_the_thread(service):
    """All of them come while the front stands still, the small one last. Each is refused, because its profile is missing, so the answers are in the order of the thread."""
    body = b'{"profile": "nobody", "source": "' + rb"\u0023" * (2 << 20) + b'"}'
    packet = b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    clients = [connect() for _ in range(9)]
    *large, small = clients
    for client in large:
        client.sendall(packet[:-1])
    kit.wait_until(lambda: not any(map(unread, large)))
    os.kill(front(), signal.SIGSTOP)
    for client in large:
        client.sendall(packet[-1:])
    small.sendall(packet_of({"profile": "nobody", "source": "#" * 20_000}))
    os.kill(front(), signal.SIGCONT)
    order = []
    while len(order) < len(clients):
        for client in select.select([one for one in clients if one not in order], [], [], 60)[0]:
            assert client.recv(1000).startswith(b"HTTP/1.1 422 ")
            order.append(client)
    assert order.index(small) < 6, order.index(small)
    for client in clients:
        client.close()


@pytest.mark.parametrize("how", ["close", "delete"])
def test_a_run_that_is_cancelled_when_its_keeper_is_gone(service, how):
    """The front learns of both at once, in either order."""
    client = connect()
    client.sendall(packet_of({**SLEEP, "id": "victim"}))
    kit.wait_until(lambda: any(status["Name"].strip() == "sleep" for _, status in kit.all_processes()))
    before, other = front(), connect()
    os.kill(before, signal.SIGSTOP)
    if how == "close":
        client.close()
    else:
        other.sendall(b"DELETE /v1/runs/victim HTTP/1.1\r\nHost: x\r\n\r\n")
    for pid in kit.processes("exrun-keeper"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    os.kill(before, signal.SIGCONT)
    if how == "delete":
        assert other.recv(1000)[:13] in (b"HTTP/1.1 204 ", b"HTTP/1.1 404 ")
    kit.wait_until(lambda: kit.run(HELLO)["stdout"] == "hello\n")
    assert front() == before
    other.close()
    client.close()


@pytest.mark.parametrize("body", [b'{"profile":', b'{"profile": "bash", "profile": "php"}', b'{"source": "\xff"}', b"[" * 1000, b"", b"{}x"])
def test_what_is_not_json_is_400(service, body):
    answer = kit.call("POST", "/v1/runs", body)
    assert answer.status == 400 and "pointer" not in answer.json, answer.content


def test_if_all_places_are_taken_clients_are_told_and_the_operator_is_served(start, exrun):
    start({"http": {"connections": 20}})
    held = [connect() for _ in range(20)]
    for client in held:
        client.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert client.recv(1000).startswith(b"HTTP/1.1 200 ")
    late = connect()
    assert late.recv(1000).startswith(b"HTTP/1.1 503 ")
    assert exrun("status").returncode == 0
    for client in [*held, late]:
        client.close()
    kit.wait_until(lambda: kit.call("GET", "/readyz").status == 200)


def test_few_descriptors_are_few_connections(start, exrun):
    start(wrap=lambda *arguments: {"args": ["prlimit", "--nofile=256:256", EXRUN, *arguments]})
    held = [connect() for _ in range(230)]
    fields = pathlib.Path(f"/proc/{front()}/stat")
    before = fields.read_text().rsplit(")", 1)[1].split()
    time.sleep(1)
    after = fields.read_text().rsplit(")", 1)[1].split()
    assert sum(int(after[i]) - int(before[i]) for i in (11, 12)) < 50  # ticks, of 100 in this second
    assert exrun("status").returncode == 0
    for client in held:
        client.close()
    kit.wait_until(lambda: kit.call("GET", "/readyz").status == 200)


def test_a_service_that_is_ending_says_so(start):
    one = start()
    client = connect()
    client.sendall(packet_of({**SLEEP, "id": "last"}))
    kit.wait_until(lambda: kit.call("GET", "/v1/runs/last").status == 202)
    one.process.send_signal(signal.SIGTERM)
    kit.wait_until(lambda: kit.call("GET", "/readyz").status == 503)
    assert kit.call("POST", "/v1/runs", HELLO).status == 503
    client.close()
    assert one.stop() == 0
