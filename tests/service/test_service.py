# SPDX-License-Identifier: MIT
"""The service, through its socket: runs, refusals, and its end."""
import contextlib
import fcntl
import json
import os
import re
import signal
import socket
import stat
import struct
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/cli")]
pytest.register_assert_rewrite("serving", "test_runs")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401
from test_runs import SHAPE, assert_shape  # noqa: E402

HELLO = {"profile": "bash", "source": "echo hello"}
# Longer than any test waits for an event, so that its own end is not taken for one.
SLEEP = {"profile": "bash", "source": "echo begun; sleep 60", "limits": {"wall_ms": 60_000}}


def test_a_result_has_its_shape(service):
    kit.wait_until(lambda: "program" in kit.run(HELLO))
    result = kit.run({**HELLO, "id": "A_b-9", "labels": {"example": "hello"}})
    timing = {name: kind for name, kind in SHAPE["timing"].items() if name != "reclaim_us"}
    assert_shape(result, {**SHAPE, "timing": timing, "output_url": str})
    assert result["id"] == "A_b-9" and result["labels"] == {"example": "hello"}


def test_a_cell_is_ready_before_anyone_asks(service):
    kit.wait_until(lambda: kit.run(HELLO)["timing"]["cell"] == "ready")


def test_an_id_is_given_if_there_is_none(service):
    answers = [kit.call("POST", "/v1/runs", HELLO) for _ in range(3)]
    ids = {answer.json["id"] for answer in answers}
    assert len(ids) == 3 and all(len(name) == 22 for name in ids)
    assert {answer.headers["Exrun-Run"] for answer in answers} == ids


def test_a_connection_is_kept(service):
    with contextlib.closing(kit.Connection()) as connection:
        for number in range(20):
            answer = kit.ask(connection, "POST", "/v1/runs", {**HELLO, "args": [str(number)], "source": "echo $1"})
            assert answer.json["stdout"] == f"{number}\n"


def test_two_requests_in_one_packet_are_answered_in_order(service):
    body = json.dumps(HELLO).encode()
    head = b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    with contextlib.closing(kit.Connection()) as connection:
        connection.connect()
        connection.sock.sendall(head + body + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.sock.recv(65536), b""))
    assert received.count(b"HTTP/1.1 200 OK") == 2 and received.index(b"hello") < received.index(b"alive")


def test_thousands_of_requests_in_one_packet(service):
    """Each is answered from the loop, and not from within the answer to the one before."""
    n = 20_000
    with contextlib.closing(kit.Connection()) as connection, ThreadPoolExecutor(1) as pool:
        connection.connect()
        pool.submit(connection.sock.sendall, b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" * n + b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        received = b"".join(iter(lambda: connection.sock.recv(1 << 20), b""))
    assert received.count(b"HTTP/1.1 404 ") == n and received.count(b"HTTP/1.1 200 ") == 1
    assert "ended" not in service.log.read_text()


@pytest.mark.parametrize("request_, status, pointer", [
    (b"{", 400, None), (b"[]", 400, None), (b"", 400, None), ({"profile": "nope", "source": ""}, 422, "/profile"), ({"profile": "bash", "source": 1}, 422, "/source"),
    ({"profile": "bash", "source": "", "more": 1}, 422, "/more"), ({"profile": "bash", "source": "", "limits": {"wall_ms": 10**9}}, 422, "/limits/wall_ms"),
    ({"profile": "bash", "source": "", "env": {"LD_PRELOAD": "x"}}, 422, "/env/LD_PRELOAD"), ({"profile": "bash"}, 422, None),
])
def test_a_request_that_is_wrong_is_refused(service, request_, status, pointer):
    with contextlib.closing(kit.Connection()) as connection:
        answer = kit.ask(connection, "POST", "/v1/runs", request_)
        assert answer.status == status, answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
        problem = answer.json
        assert problem["status"] == status and problem["title"] and problem["detail"]
        if pointer:
            assert problem["pointer"] == pointer
        assert kit.ask(connection, "POST", "/v1/runs", HELLO).json["stdout"] == "hello\n"


@pytest.mark.parametrize("method, path, headers, status", [
    ("GET", "/", {}, 404), ("GET", "/v1/runs", {}, 405), ("PUT", "/v1/runs", {}, 405), ("POST", "/healthz", {}, 405), ("GET", "/v1/runs/x/y", {}, 404),
    ("GET", "/v1/runs/nobody", {}, 404), ("DELETE", "/v1/runs/nobody", {}, 404), ("GET", "/healthz?x=1", {}, 400), ("POST", "/v1/runs", {"Content-Type": "text/plain"}, 415),
    ("GET", "/v1/runs/" + "a" * 300, {}, 404),
])
def test_what_is_not_there_is_told(service, method, path, headers, status):
    answer = kit.call(method, path, b"{}" if method == "POST" else None, headers)
    assert answer.status == status and answer.json["status"] == status
    assert (status != 405) or answer.headers["Allow"]


@pytest.mark.parametrize("method, path, headers, status, allowed", [
    ("POST", "/nothing", "", 404, None), ("POST", "/healthz", "", 405, "GET, HEAD, OPTIONS"), ("POST", "/v1/runs", "", 411, None),
    ("POST", "/nothing", "Transfer-Encoding: chunked", 404, None), ("GET", "/v1/runs", "Transfer-Encoding: chunked", 405, "POST, OPTIONS"),
    ("POST", "/v1/runs", "Transfer-Encoding: chunked", 411, None), ("POST", "/" + "a" * 300, "", 404, None), ("GET", "/v1/runs/x", "Transfer-Encoding: chunked", 411, None),
    ("OPTIONS", "/healthz", "Transfer-Encoding: chunked", 204, "GET, HEAD, OPTIONS"),
])
def test_what_is_not_there_is_told_before_a_missing_length(service, method, path, headers, status, allowed):
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(60)
        client.connect(kit.SOCKET)
        client.sendall("\r\n".join([f"{method} {path} HTTP/1.1", "Host: x", *([headers] if headers else []), "", ""]).encode())
        answer = b""
        while piece := client.recv(65536):  # it also ends the connection
            answer += piece
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer
    assert re.findall(rb"^Allow: (.*)\r$", answer, re.M) == ([allowed.encode()] if allowed else [])


@pytest.mark.parametrize("path, allowed", [("/v1/runs", "POST, OPTIONS"), ("/v1/runs/x", "GET, HEAD, DELETE, OPTIONS"), ("/readyz", "GET, HEAD, OPTIONS"), ("/x", None)])
def test_the_methods_of_a_resource_can_be_asked_for(service, path, allowed):
    with contextlib.closing(kit.Connection()) as connection:
        answer = kit.ask(connection, "OPTIONS", path)
        assert answer.status == (204 if allowed else 404) and answer.headers["Allow"] == allowed
        assert not allowed or (answer.content == b"" and answer.headers["Content-Length"] is None)
        assert kit.ask(connection, "GET", "/healthz").status == 200


@pytest.mark.parametrize("name", ["pyhton", "cobol"])
def test_an_unknown_profile_gets_the_command_s_hint(service, exrun, name):
    request_ = {"profile": name, "source": ""}
    told = json.loads(exrun("run", "--json", "--profiles", ROOT / "profiles", "-", input=json.dumps(request_).encode()).stdout)["problem"]["detail"]
    answer = kit.call("POST", "/v1/runs", request_)
    assert answer.status == 422 and answer.json["detail"] == told and ("did you mean" in told) == (name == "pyhton")


def test_profiles_are_listed(service):
    answer = kit.call("GET", "/v1/profiles")
    assert answer.status == 200 and {"php", "python", "c"} <= {one["name"] for one in answer.json["profiles"]}
    head = kit.call("HEAD", "/v1/profiles")
    assert head.status == 200 and head.content == b"" and head.headers["Content-Length"] == answer.headers["Content-Length"]


def test_profiles_are_in_the_order_of_their_names(start, tmp_path, monkeypatch):
    """From which folder they come makes no difference, also not for the pool, which takes the first of equal ones."""
    first = tmp_path / "first"
    first.mkdir()
    (first / "python.json").write_text((ROOT / "profiles/python.json").read_text())
    for one in (tmp_path, first, first / "python.json"):
        one.chmod(one.stat().st_mode & 0o755)
    monkeypatch.setenv("EXRUN_PROFILES", str(ROOT / "profiles"))
    start(profiles=first)
    names = [one["name"] for one in kit.call("GET", "/v1/profiles").json["profiles"]]
    assert len(names) > 9 and names == sorted(names)


def test_a_run_can_be_seen_and_cancelled(service):
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {**SLEEP, "id": "mine"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/mine").status == 202 and kit.call("GET", "/v1/runs/mine").json["state"] == "running")
        assert kit.call("POST", "/v1/runs", {**HELLO, "id": "mine"}).status == 409
        assert kit.call("DELETE", "/v1/runs/mine").status == 204
        assert pending.result(60)["verdict"] == "cancelled"
    assert kit.call("GET", "/v1/runs/mine").json["verdict"] == "cancelled"


def test_a_waiting_run_can_be_cancelled(start):
    start({"cells": {"running": 1}})
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kit.run, {**SLEEP, "id": "first"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/first").status == 202 and kit.call("GET", "/v1/runs/first").json["state"] == "running")
        second = pool.submit(kit.run, {**HELLO, "id": "second"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/second").status == 202)
        seen = kit.call("GET", "/v1/runs/second").json
        assert (seen["state"], seen["position"]) == ("queued", 1)
        assert kit.call("DELETE", "/v1/runs/second").status == 204
        assert second.result(60)["verdict"] == "cancelled"
        assert kit.call("DELETE", "/v1/runs/first").status == 204
        assert first.result(60)["verdict"] == "cancelled"


def leave(how):
    body = json.dumps({**SLEEP, "id": "left"}).encode()
    client = socket.socket(socket.AF_UNIX)
    client.connect(kit.SOCKET)
    client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    kit.wait_until(lambda: kit.call("GET", "/v1/runs/left").status == 202)
    if how == "close":
        client.close()
    else:
        client.shutdown(socket.SHUT_WR)
    kit.wait_until(lambda: kit.call("GET", "/v1/runs/left").status == 404)
    client.close()


@pytest.mark.parametrize("how", ["close", "half-close"])
def test_a_client_that_leaves_ends_its_run(service, how):
    leave(how)


@pytest.mark.parametrize("how", ["close", "half-close"])
def test_a_client_that_leaves_the_queue_is_forgotten(start, how):
    start({"cells": {"running": 0}, "queue": {"wait_ms": 120_000}})
    leave(how)


def test_a_full_queue_refuses(start):
    start({"cells": {"running": 0}, "queue": {"length": 2}})
    waiting = [kit.Connection() for _ in range(2)]
    for connection in waiting:
        connection.request("POST", "/v1/runs", json.dumps(HELLO), {"Content-Type": "application/json"})
    kit.wait_until(lambda: kit.call("POST", "/v1/runs", HELLO).status == 429)
    answer = kit.call("POST", "/v1/runs", {**HELLO, "id": "mine"})
    assert answer.status == 429 and 1 <= int(answer.headers["Retry-After"]) <= 300 and answer.headers["Exrun-Run"] == "mine"
    for connection in waiting:
        connection.close()


def test_a_client_that_fills_the_queue_keeps_nobody_out(start):
    """Its last run gives way. Then the two have as many, and nobody else's does."""
    start({"cells": {"running": 0}, "queue": {"length": 3}})

    def send(name, client):
        connection = kit.Connection()
        connection.request("POST", "/v1/runs", json.dumps({**HELLO, "id": name, "labels": {"client": client}}), {"Content-Type": "application/json"})
        return connection

    with contextlib.ExitStack() as stack:
        flood = [stack.enter_context(contextlib.closing(send(f"f{number}", "flood"))) for number in range(3)]
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/f2").status == 202)
        stack.enter_context(contextlib.closing(send("mine", "other")))
        answer = kit.Answer(flood[2].getresponse())
        assert answer.status == 429 and answer.headers["Exrun-Run"] == "f2" and int(answer.headers["Retry-After"]) >= 1
        assert kit.call("GET", "/v1/runs/mine").json == {"id": "mine", "state": "queued", "position": 2}
        assert kit.call("POST", "/v1/runs", {**HELLO, "id": "more", "labels": {"client": "other"}}).status == 429
        assert {kit.call("GET", f"/v1/runs/{name}").status for name in ("f0", "f1", "mine")} == {202}


def test_a_run_does_not_wait_for_ever(start):
    start({"cells": {"running": 0}, "queue": {"wait_ms": 300}})
    answer = kit.call("POST", "/v1/runs", {**HELLO, "id": "mine"})
    assert answer.status == 503 and answer.headers["Retry-After"] and answer.headers["Exrun-Run"] == "mine"
    assert len(kit.call("POST", "/v1/runs", HELLO).headers["Exrun-Run"]) == 22


def test_one_client_s_flood_delays_another_by_one_start(start, tmp_path):
    start({"cells": {"running": 1}})
    order = []

    def one(client, number):
        result = kit.run({"profile": "bash", "source": "date +%s%N", "id": f"{client}-{number}", "labels": {"client": client}}, timeout=300)
        order.append((int(result["stdout"]), client))

    with ThreadPoolExecutor(41) as pool:
        blocked = pool.submit(kit.run, {**SLEEP, "id": "blocked"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/blocked").status == 202 and kit.call("GET", "/v1/runs/blocked").json["state"] == "running")
        flood = [pool.submit(one, "flood", number) for number in range(30)]
        kit.wait_until(lambda: all(kit.call("GET", f"/v1/runs/flood-{number}").status == 202 for number in range(30)))
        single = pool.submit(one, "single", 0)
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/single-0").status == 202)
        kit.call("DELETE", "/v1/runs/blocked")
        for future in [blocked, single, *flood]:
            future.result(300)
    clients = [client for _, client in sorted(order)]
    assert clients.index("single") <= 1, clients


def test_a_run_that_waits_for_memory_holds_up_no_small_one(start):
    """Two runs with artifacts don't fit into the memory for answers together. The second one waits for the first, and nobody else for either."""
    start({"cells": {"running": 3}, "queue": {"wait_ms": 300_000}})
    large = {"profile": "bash", "artifacts": ["x"], "limits": {"wall_ms": 60_000, "disk_bytes": 64 << 20, "memory_bytes": 128 << 20}}

    def state(name):
        answer = kit.call("GET", f"/v1/runs/{name}")
        return answer.json.get("state")

    with ThreadPoolExecutor(9) as pool:
        first = pool.submit(kit.run, {**large, "source": "sleep 50", "id": "first"})
        kit.wait_until(lambda: state("first") == "running")
        second = pool.submit(kit.run, {**large, "source": "echo two", "id": "second"})
        kit.wait_until(lambda: state("second") == "queued")
        for _ in range(3):
            assert kit.run({"profile": "bash", "source": "echo small"})["stdout"] == "small\n"
            assert (state("first"), state("second")) == ("running", "queued")
        flood = [pool.submit(lambda: [kit.run({"profile": "bash", "source": "echo small"}) for _ in range(20)]) for _ in range(4)]
        kit.call("DELETE", "/v1/runs/first")
        assert second.result(300)["stdout"] == "two\n" and first.result(300)["verdict"] == "cancelled"
        for future in flood:
            assert {one["verdict"] for one in future.result(300)} == {"ok"}


def test_an_answer_that_is_not_read_holds_up_no_small_run(start):
    """A run that waits for the answer's memory lets others pass."""
    start({"queue": {"wait_ms": 300_000}})
    large = {"profile": "bash", "source": "head -c 62000000 /dev/zero > x", "artifacts": ["x"], "limits": {"disk_bytes": 64 << 20, "memory_bytes": 256 << 20}}
    with contextlib.closing(kit.Connection()) as reader, ThreadPoolExecutor(1) as pool:
        reader.request("POST", "/v1/runs", json.dumps({**large, "id": "first"}), {"Content-Type": "application/json"})
        assert reader.sock.recv(1) == b"H"
        second = pool.submit(kit.run, {**large, "id": "second"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/second").status == 202)
        assert kit.run({"profile": "bash", "source": "echo small"})["stdout"] == "small\n"
        assert kit.call("GET", "/v1/runs/second").json.get("state") == "queued"
        reader.close()
        assert second.result(300)["verdict"] == "ok"


def test_the_sockets_have_their_modes(service):
    assert stat.S_IMODE(os.stat("/run/exrun").st_mode) == 0o755 and stat.S_IMODE(os.stat("/run/exrun/slots").st_mode) == 0o700
    assert stat.S_IMODE(os.stat(kit.SOCKET).st_mode) == 0o660 and stat.S_IMODE(os.stat(kit.ADMIN).st_mode) == 0o600


def test_it_ends_after_the_accepted_runs(start):
    one = start()
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {"profile": "bash", "source": "sleep 5; echo done", "limits": {"wall_ms": 30_000}, "id": "last"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/last").status == 202)
        assert one.stop() == 0
        assert pending.result(60)["stdout"] == "done\n"
    assert not os.path.exists(kit.SOCKET)


def test_a_second_signal_ends_it_at_once(start):
    one = start()
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.call, "POST", "/v1/runs", {**SLEEP, "id": "long"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/long").status == 202)
        one.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: "ends after the accepted runs" in one.log.read_text())
        assert one.stop() == 0
        assert (pending.result(60).status, pending.result().json["verdict"]) == (200, "cancelled")
    assert "was ended" not in one.log.read_text()


def test_runs_that_take_longer_than_the_drain_are_cancelled(start):
    """Those that wait in the queue, too. The processes leave by themselves, so nobody is killed."""
    one = start({"drain_ms": 1, "cells": {"running": 1}})
    with ThreadPoolExecutor(3) as pool:
        pending = [pool.submit(kit.call, "POST", "/v1/runs", {**SLEEP, "id": name}) for name in ("one", "two", "three")]
        kit.wait_until(lambda: sorted(str(kit.call("GET", f"/v1/runs/{name}").json.get("state")) for name in ("one", "two", "three")) == ["queued", "queued", "running"])
        assert one.stop() == 0
        assert [(answer.status, answer.json["verdict"], answer.headers["Connection"]) for answer in (one.result(60) for one in pending)] == [(200, "cancelled", "close")] * 3
    assert "ends the runs that are left" in one.log.read_text() and "was ended" not in one.log.read_text()


def shown(path):
    """The call of curl in a document."""
    return re.search(r"^ *(curl .*--unix-socket .*)$", (ROOT / path).read_text(), re.M)[1]


@pytest.mark.parametrize("path", ["quickstart", "docs/service.md"])
def test_a_shown_call_works(service, path):
    done = subprocess.run(["bash", "-c", shown(path)], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["stdout"] == "hello\n", done


@pytest.mark.parametrize("path", ["quickstart", "docs/service.md"])
def test_a_shown_call_waits_for_the_service(start, path):
    """The lines can be pasted together."""
    def has_tried():
        told = kit.status_of(curl.pid)
        return not told or (told["Name"].strip() == "curl" and told["State"].startswith("S"))

    with subprocess.Popen(["bash", "-c", f"exec {shown(path)}"], stdout=subprocess.PIPE, text=True) as curl:
        kit.wait_until(has_tried)
        start()
        assert json.loads(curl.communicate(timeout=60)[0])["stdout"] == "hello\n"


def test_the_shown_configuration_is_fine(exrun, tmp_path):
    config = tmp_path / "exrun.json"
    config.write_text(re.search(r"^## Configuration$.*?^```json\n(.*?)^```$", (ROOT / "docs/service.md").read_text(), re.M | re.S)[1])
    config.chmod(0o600)
    done = exrun("serve", "--check", "--config", config)
    assert done.returncode == 0, done.stderr


def test_two_services_do_not_share_a_socket(service, exrun):
    done = exrun("serve")
    assert done.returncode == 69 and b"another process already listens" in done.stderr, done.stderr
    assert kit.run(HELLO)["verdict"] == "ok"


def memory_of_front():
    front, = kit.processes("exrun-front")
    return int(kit.status_of(front)["VmHWM"].split()[0]) << 10


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers keep what was freed")
def test_clients_that_do_not_read_can_t_fill_the_memory(start):
    """Each answer has 1 MB, and all of them would have 64 MB in the front at the same time."""
    bound = 16 << 20
    start({"service": {"results_bytes": bound}, "cells": {"running": 8}, "queue": {"wait_ms": 300_000}})
    request_ = json.dumps({"profile": "python", "source": "import sys; sys.stdout.write('x' * 1_000_000)", "limits": {"wall_ms": 30_000}})
    kit.call("POST", "/v1/runs", request_.encode())
    before = memory_of_front()
    clients = [kit.Connection(timeout=300) for _ in range(64)]
    for client in clients:
        client.request("POST", "/v1/runs", request_, {"Content-Type": "application/json"})
    for client in clients:
        response = client.getresponse()
        assert response.status == 200 and len(json.loads(response.read())["stdout"]) == 1_000_000
        client.close()
    assert memory_of_front() - before < 2 * bound, (before, memory_of_front())


def test_large_bodies_that_never_come_are_bounded(start):
    start({"http": {"body_bytes": 1 << 20, "bodies_bytes": 4 << 20}})
    head = b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n"
    clients = []
    for _ in range(4):
        clients.append(socket.socket(socket.AF_UNIX))
        clients[-1].connect(kit.SOCKET)
        clients[-1].sendall(head + b"{")
    assert kit.call("POST", "/v1/runs", HELLO).status == 200  # a size that is only said takes no memory
    for client in clients:
        client.sendall(b" " * ((1 << 20) - 2))
    # Nothing else comes before the service has read all of them, so that none of them is the one that is too much.
    kit.wait_until(lambda: not any(struct.unpack("i", fcntl.ioctl(client, termios.TIOCOUTQ, bytes(4)))[0] for client in clients))
    kit.wait_until(lambda: kit.call("POST", "/v1/runs", b" " * 100_000).status == 503)
    assert kit.call("POST", "/v1/runs", b" " * 100_000).headers["Retry-After"]
    assert kit.call("POST", "/v1/runs", HELLO).status == 200  # a small one needs nothing of it
    assert kit.call("POST", "/v1/runs", b" " * 2_000_000).status == 413
    for client in clients:
        client.close()
    kit.wait_until(lambda: kit.call("POST", "/v1/runs", HELLO).status == 200)


LEAVES = """import array, os, socket
listening = socket.socket(socket.AF_UNIX); listening.bind("\\0left"); listening.listen()
one, other = socket.socketpair()
for sent in (one, other):  # sockets that hold each other
    one.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sent.fileno(), listening.fileno()]))])
print(os.readlink("/proc/self/ns/net"))"""
FINDS = """import os, socket
try:
    socket.socket(socket.AF_UNIX).connect("\\0left"); found = "connected"
except OSError as e: found = e.strerror
try: lines = len(open("/proc/self/net/unix").readlines())
except OSError as e: lines = 1
print(os.readlink("/proc/self/ns/net"), found, lines, sep="|")"""


def test_nothing_of_a_run_stays_in_the_network_of_its_keeper(start):
    start({"cells": {"running": 1, "keepers": 2}})
    seen, met = set(), 0
    for _ in range(12):
        seen.add(kit.run({"profile": "python", "source": LEAVES})["stdout"].strip())
        for _ in range(2):  # so that both keepers meet both programs, if they take turns
            network, found, lines = kit.run({"profile": "python", "source": FINDS})["stdout"].strip().split("|")
            met += network in seen
            assert (found, lines) == ("Connection refused", "1")
    assert met and len(seen) <= 2


def test_large_requests_and_answers(start):
    """They take another way, by a thread of their own. The time that they wait for it counts."""
    start({"queue": {"wait_ms": 120_000}})
    source = "import sys\n" + "#" * 5_000_000 + "\nsys.stdout.write(sys.stdin.read())"
    text = "ż" * 250_000
    with ThreadPoolExecutor(8) as pool:
        for result in pool.map(lambda _: kit.run({"profile": "python", "source": source, "stdin": text}), range(16)):
            assert result["stdout"] == text
    answer = kit.call("POST", "/v1/runs", {"profile": "bash", "source": 5, "stdin": text})
    assert answer.status == 422 and answer.json["pointer"] == "/source"
    artifacts = kit.run({"profile": "bash", "source": "seq 300000 >a.txt; head -c 3000000 /dev/zero >b", "artifacts": ["a.txt", "b"]})["artifacts"]
    assert [one["bytes"] for one in artifacts] == [1988895, 3000000] and artifacts[0]["content"].endswith("299999\n300000\n")


def test_a_client_can_leave_while_its_large_request_is_read(service):
    body = json.dumps({**HELLO, "stdin": "x" * 8_000_000}).encode()
    for _ in range(20):
        client = socket.socket(socket.AF_UNIX)
        client.connect(kit.SOCKET)
        client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        client.close()
    assert kit.run(HELLO)["stdout"] == "hello\n"
    assert kit.processes("exrun-front") and "ended" not in service.log.read_text()


def test_words_of_the_linker_are_left_out_as_with_the_command(service, run):
    request_ = {"profile": "c", "source": "int f(void) { return 1; }"}
    with_command, ours = run(request_), kit.run(request_)
    assert ours["message"] == with_command["message"] and ours["compile"]["stderr"] == with_command["compile"]["stderr"] == ""
