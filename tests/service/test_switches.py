# SPDX-License-Identifier: MIT
"""The operator's switches: maintenance, and profiles that are disabled."""
import contextlib
import json
import os
import signal
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}, "id": "sleep"}
TEXT = 'Back at noon <b>"soon"</b> \\ für alle ✓'


def post(path, request, **more):
    return kit.call("POST", path, request, address=kit.ADMIN, **more)


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


def of(name):
    return next(profile for profile in status()["profiles"] if profile["name"] == name)


def refused(request=HELLO, address=kit.SOCKET):
    """The text with which a run is refused; None if it is not."""
    answer = kit.call("POST", "/v1/runs", request, address=address)
    if answer.status == 200:
        return None
    assert answer.status == 503 and answer.headers["Content-Type"] == "application/problem+json", answer.content
    return answer.json["detail"]


def cells_of(name):
    return sum(of(name)[state] for state in ("making", "ready", "running", "reclaiming"))


def submit_one_that_runs_and_one_that_waits(pool):
    running = pool.submit(kit.run, SLEEP)
    kit.wait_until(lambda: status()["running"]["now"] == 1)
    waiting = pool.submit(kit.run, HELLO)
    kit.wait_until(lambda: status()["queue"]["length"] == 1)
    return running, waiting


def test_maintenance_refuses_new_runs_and_lets_accepted_ones_end(start):
    start({"cells": {"running": 1}, "queue": {"wait_ms": 120_000}})
    with ThreadPoolExecutor(2) as pool:
        running, waiting = submit_one_that_runs_and_one_that_waits(pool)
        assert post("/v1/maintenance", {"on": True, "message": TEXT}).json == {"on": True, "message": TEXT, "persistent": False}
        assert refused() == TEXT and refused(address=kit.ADMIN) == TEXT
        assert refused({**HELLO, "source": "#" * 100_000}) == TEXT
        assert kit.call("POST", "/v1/runs", HELLO).json["reason"] == "maintenance"
        ready = kit.call("GET", "/readyz")
        assert (ready.status, ready.json["detail"]) == (503, TEXT) and kit.call("GET", "/healthz").status == 200
        assert status()["maintenance"] == TEXT and kit.call("GET", "/v1/runs/sleep").status == 202
        assert kit.call("DELETE", "/v1/runs/sleep").status == 204
        assert running.result(60)["verdict"] == "cancelled" and waiting.result(60)["stdout"] == "hello\n"
    assert post("/v1/maintenance", {"on": False}).json == {"on": False, "persistent": False}
    assert refused() is None and kit.call("GET", "/readyz").status == 200 and status()["maintenance"] is None


def test_a_request_that_was_still_being_sent_is_refused(service):
    body = json.dumps({**HELLO, "source": "#" * 100_000}).encode()
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
        client.settimeout(120)
        client.connect(kit.SOCKET)
        client.sendall(b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body[:1000])
        kit.wait_until(lambda: status()["connections"] == 2)
        post("/v1/maintenance", {"on": True})
        client.sendall(body[1000:])
        answer = client.recv(65536)
    assert answer.startswith(b"HTTP/1.1 503 ") and b"the service is in maintenance; try again later" in answer


def test_a_disabled_profile_has_no_runs_and_no_cells(service):
    kit.wait_until(lambda: of("bash")["ready"] >= 1)
    assert post("/v1/profiles/bash", {"disabled": True}).json == {"name": "bash", "disabled": True, "persistent": False}
    assert refused() == "this profile is disabled at the moment"
    assert refused({"profile": "python", "source": "print(1)"}) is None and kit.call("GET", "/readyz").status == 200
    kit.wait_until(lambda: cells_of("bash") == 0)
    assert {one["name"] for one in kit.call("GET", "/v1/profiles").json["profiles"] if one["disabled"]} == {"bash"}
    assert {one["name"] for one in status()["profiles"] if one["disabled"]} == {"bash"}
    # Others get cells all the same, and this one gets none meanwhile.
    kit.run({"profile": "python", "source": "print(1)"})
    kit.wait_until(lambda: of("python")["ready"] >= 1)
    assert cells_of("bash") == 0
    assert post("/v1/profiles/bash", {"disabled": False}).json == {"name": "bash", "disabled": False, "persistent": False}
    assert refused() is None
    kit.wait_until(lambda: of("bash")["ready"] >= 1)


def test_waiting_runs_of_a_disabled_profile_end(start):
    start({"cells": {"running": 1}, "queue": {"wait_ms": 120_000}})
    with ThreadPoolExecutor(2) as pool:
        running, waiting = submit_one_that_runs_and_one_that_waits(pool)
        post("/v1/profiles/bash", {"disabled": True})
        assert kit.call("DELETE", "/v1/runs/sleep").status == 204
        assert running.result(60)["verdict"] == "cancelled" and waiting.result(60)["stdout"] == "hello\n"


def test_switches_survive_a_reload_and_a_front(service):
    post("/v1/maintenance", {"on": True, "message": TEXT})
    post("/v1/profiles/php", {"disabled": True})
    service.process.send_signal(signal.SIGHUP)
    kit.wait_until(lambda: "has loaded the configuration" in service.log.read_text())
    assert refused() == TEXT and of("php")["disabled"]
    [front] = kit.processes("exrun-front")
    os.kill(front, signal.SIGKILL)
    kit.wait_until(lambda: kit.processes("exrun-front") not in ([], [front]))
    kit.wait_until(lambda: kit.is_ready(path="/healthz"))
    assert refused() == TEXT and of("php")["disabled"] and status()["restarts"]["front"] == 1
    post("/v1/maintenance", {"on": False})
    assert refused({"profile": "php", "source": "<?php"}) == "this profile is disabled at the moment"


def test_a_new_service_has_no_switch_set(start):
    first = start()
    post("/v1/maintenance", {"on": True})
    assert first.stop() == 0
    start()
    assert refused() is None


WRONG = [
    ("/v1/maintenance", {}, 422, "/on"), ("/v1/maintenance", {"on": 1}, 422, "/on"), ("/v1/maintenance", [], 400, None), ("/v1/maintenance", b"{", 400, None),
    ("/v1/maintenance", {"on": True, "until": 1}, 422, "/until"), ("/v1/maintenance", {"on": True, "message": ""}, 422, "/message"),
    ("/v1/maintenance", {"on": True, "message": "x" * 501}, 422, "/message"), ("/v1/maintenance", {"on": True, "message": "a\nb"}, 422, "/message"),
    ("/v1/maintenance", {"on": True, "message": "\x1b[31m"}, 422, "/message"), ("/v1/maintenance", {"on": True, "message": 1}, 422, "/message"),
    ("/v1/maintenance", {"on": False, "message": "x"}, 422, "/message"), ("/v1/profiles/php", {"disabled": "yes"}, 422, "/disabled"),
    ("/v1/profiles/php", {}, 422, "/disabled"), ("/v1/profiles/php", {"disabled": True, "message": "x"}, 422, "/message"),
    ("/v1/profiles/nothing", {"disabled": True}, 404, None), ("/v1/profiles/", {"disabled": True}, 404, None), ("/v1/profiles/php/x", {"disabled": True}, 404, None),
]


def test_a_wrong_request_changes_nothing(service):
    for path, request, code, pointer in WRONG:
        answer = post(path, request)
        assert (answer.status, answer.json.get("pointer")) == (code, pointer) and answer.json["detail"], (path, request, answer.content)
    assert refused() is None and not any(one["disabled"] for one in kit.call("GET", "/v1/profiles").json["profiles"])


def test_only_operators_may(service):
    for path, request in (("/v1/maintenance", {"on": True}), ("/v1/profiles/php", {"disabled": True})):
        assert kit.call("POST", path, request).status == 403
        assert kit.call("GET", path).headers["Allow"] == "POST, OPTIONS"
        assert kit.call("POST", path, request, headers={"Content-Type": "text/plain"}, address=kit.ADMIN).status == 415
    assert refused() is None


def test_the_longest_text_comes_whole(service):
    text = '"' * 500
    post("/v1/maintenance", {"on": True, "message": text})
    assert refused() == text and status()["maintenance"] == text


def test_the_commands(service, exrun):
    done = exrun("maintenance", "on", "--message", TEXT)
    assert (done.returncode, done.stderr) == (0, b"") and b"maintenance is on" in done.stdout and b"kept in memory" in done.stdout
    assert refused() == TEXT
    report = exrun("status").stdout.decode()
    assert f"maintenance, new runs are refused (exrun maintenance off): {TEXT}" in report
    done = exrun("profile", "disable", "php")
    assert (done.returncode, done.stderr) == (0, b"") and b"php is disabled" in done.stdout and b"kept in memory" in done.stdout
    report = exrun("status").stdout.decode().splitlines()
    assert [line.split()[0] for line in report if line.endswith("  disabled")] == ["php"]
    # A single run does not ask the service.
    assert exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "echo hello"}').returncode == 0
    assert exrun("profile", "enable", "php").stdout == b"php is enabled\n" and not of("php")["disabled"]
    assert exrun("maintenance", "off").stdout == b"maintenance is off: new runs are accepted\n" and refused() is None


WRONG_COMMANDS = [
    ("maintenance", b"expected on or off"), ("maintenance maybe", b"maybe: expected on or off"), ("maintenance on now", b"now: "), ("maintenance off --message x", b"--message: is only"),
    ("profile disable", b"no profile was given"), ("profile disable a b", b"b: "), ("profile disable php --names", b"--names: is not an option"),
    ("profile disable nothing", b"NAME: there is no profile with this name; list the profiles of the service (exrun status)"), ("profile enable ../x", b"NAME: is not the name of a profile"),
]


def test_a_wrong_command_is_refused(service, exrun):
    for args, says in WRONG_COMMANDS:
        done = exrun(*args.split())
        assert done.returncode == 64 and says in done.stderr and done.stdout == b"", done


def test_a_wrong_text_is_refused(service, exrun):
    for text in ("", "x" * 501, "a\tb", b"\xff"):
        done = exrun("maintenance", "on", "--message", text)
        assert done.returncode == 64 and b"--message: " in done.stderr, done
    assert refused() is None


@pytest.mark.parametrize("args", ["maintenance on", "maintenance off", "profile disable php", "profile enable php"])
def test_without_a_service_the_exit_status_is_69(exrun, args):
    done = exrun(*args.split())
    assert done.returncode == 69 and b"no service listens" in done.stderr and done.stdout == b""


def test_a_request_that_sets_a_switch_is_small(service):
    assert kit.call("POST", "/v1/maintenance", b'{"on": false' + b" " * 20000 + b"}", address=kit.ADMIN).status == 413
