# SPDX-License-Identifier: MIT
"""The status of the service, over HTTP and by `exrun status`."""
import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, ROOT, own_groups

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
NAMES = {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}


def status():
    with contextlib.closing(kit.Connection(kit.ADMIN)) as connection:
        answer = kit.ask(connection, "GET", "/v1/status")
    assert answer.status == 200, answer.content
    return answer.json


def of(name, seen):
    return next(profile for profile in seen["profiles"] if profile["name"] == name)


def test_only_an_administrator_may_ask(service):
    answer = kit.call("GET", "/v1/status")
    assert answer.status == 403 and answer.headers["Content-Type"] == "application/problem+json" and answer.json["detail"]
    assert kit.call("POST", "/v1/status").status == 405
    with contextlib.closing(kit.Connection(kit.ADMIN)) as connection:
        assert kit.ask(connection, "HEAD", "/v1/status").status == 200
        assert kit.ask(connection, "GET", "/v1/status?x=1").status == 400
        assert kit.ask(connection, "POST", "/v1/runs", HELLO).json["verdict"] == "ok"


def test_another_listener_can_be_an_administrator_s(start, tmp_path):
    start({"listen": [{"address": f"unix:{kit.SOCKET}"}, {"address": f"unix:{tmp_path}/second.sock", "admin": True}]})
    with contextlib.closing(kit.Connection(str(tmp_path / "second.sock"))) as connection:
        assert kit.ask(connection, "GET", "/v1/status").json["v"] == 1


def test_a_new_service_has_counted_nothing(start):
    start({"cells": {"running": 2, "keepers": 5, "memory_bytes": 2**31}, "queue": {"length": 7, "bytes": 2**27}})
    seen = status()
    assert (seen["v"], seen["draining"], seen["unreclaimed"]) == (1, False, 0) and 0 < seen["uptime_ms"] < 120_000
    assert seen["running"] == {"now": 0, "most": 2, "memory_bytes": 0, "most_memory_bytes": 2**31}
    assert seen["ready"]["most_memory_bytes"] == min(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGESIZE") // 10, 512 << 20)
    assert seen["queue"] == {"length": 0, "most": 7, "bytes": 0, "most_bytes": 2**27, "oldest_ms": 0}
    assert seen["requests"] == {"per_minute": 0, "count": 0, "p50_us": 0, "p99_us": 0}
    assert seen["reclaims"] == {"count": 0, "p50_us": 0, "p99_us": 0} and seen["examples"] == []
    assert seen["starts"] == {"parked": 0, "ready": 0, "cold": 0} and seen["restarts"] == {"front": 0, "keepers": 0}
    assert sum(seen["keepers"].values()) == 5 and not any(seen["verdicts"].values())
    names = [profile["name"] for profile in seen["profiles"]]
    assert names == [profile["name"] for profile in kit.call("GET", "/v1/profiles").json["profiles"]]


def test_runs_are_counted_by_verdict_and_time(service):
    kit.wait_until(lambda: of("bash", status())["ready"] >= 1)
    for source in ["exit 0", "exit 1", "exit 1", "kill -SEGV $$"]:
        kit.run({"profile": "bash", "source": source})
    assert kit.call("POST", "/v1/runs", {"profile": "bash", "source": 1}).status == 422  # never became a run
    seen = status()
    assert {word: n for word, n in seen["verdicts"].items() if n} == {"ok": 1, "failed": 2, "crashed": 1}
    assert seen["starts"]["cold"] < 4 and sum(seen["starts"].values()) == 4
    requests = seen["requests"]
    assert requests["count"] == 4 and 0 < requests["p50_us"] <= requests["p99_us"] < 60_000_000
    assert requests["per_minute"] >= 1 and of("bash", seen)["arrivals_per_minute"] >= 1 and of("php", seen)["arrivals_per_minute"] == 0


def test_the_examples_that_run_most_come_first(start):
    start({"labels": {"examples": 1}})
    for name, times in (("rarely", 1), ("often", 3), ("so\x1b[2J so", 2)):
        for _ in range(times):
            kit.run({**HELLO, "labels": {"example": name}})
    kit.run({**HELLO, "labels": {"client": "no example"}})
    assert status()["examples"] == [{"name": "often", "runs": 3, "over": 0}, {"name": "so\x1b[2J so", "runs": 2, "over": 0}, {"name": "rarely", "runs": 1, "over": 0}]
    assert re.search(r"^EXAMPLE +RUNS\noften +3\nso\?\[2J so +2\nrarely +1$", command().stdout, re.M)
    # The metrics have a series for the first name only.
    assert set(re.findall('exrun_example_runs_total{example="([^"]*)"', kit.call("GET", "/metrics", address=kit.ADMIN).content.decode())) == {"rarely", "other"}


def test_the_time_to_reclaim_a_cell_is_measured(service):
    kit.run(HELLO)
    reclaims = kit.wait_until(lambda: (seen := status()["reclaims"])["count"] > 0 and seen)
    assert 0 < reclaims["p50_us"] <= reclaims["p99_us"] < 60_000_000
    assert re.search(r"^reclaims  of \d+ cells in 5 minutes, 50 % took up to [\d.]+ m?s, 99 % up to [\d.]+ m?s$", command().stdout, re.M)
    text = kit.call("GET", "/metrics", address=kit.ADMIN).content.decode()
    assert float(re.search(r'^exrun_cell_reclaim_seconds_sum{profile="bash"} ([\d.]+)$', text, re.M)[1]) > 0


def test_what_runs_and_waits_is_seen(start):
    start({"cells": {"running": 1}})
    with ThreadPoolExecutor(3) as pool:
        for name in ("first", "second", "third"):
            pool.submit(kit.run, {**SLEEP, "id": name})
        kit.wait_until(lambda: status()["queue"]["length"] == 2 and status()["running"]["now"] == 1)
        time.sleep(0.2)
        seen = status()
        assert seen["running"]["memory_bytes"] == 128 * 2**20 and seen["queue"]["bytes"] > 100
        assert 200 <= seen["queue"]["oldest_ms"] < 60_000
        kit.wait_until(lambda: of("bash", status())["running"] == 1 and status()["keepers"]["running"] == 1)
        for name in ("second", "third", "first"):
            kit.wait_until(lambda: kit.call("DELETE", f"/v1/runs/{name}").status == 204)
    kit.wait_until(lambda: status()["verdicts"]["cancelled"] == 3 and status()["running"]["now"] == 0)


def test_a_run_that_is_compiled_counts_with_its_larger_limit(start):
    """So two of them don't fit, although their programs would."""
    limit = json.loads((ROOT / "profiles/c.json").read_text())["compile"]["limits"]["memory_bytes"]
    start({"cells": {"running": 2, "memory_bytes": 2 * 2**30, "keepers": 4}})
    spin = {"profile": "c", "source": "int main(void) { for (;;); }", "limits": {"wall_ms": 10_000, "cpu_ms": 10_000}}
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {**spin, "id": "spin"})
        kit.wait_until(lambda: status()["running"]["now"] == 1)
        assert status()["running"]["memory_bytes"] == limit
        kit.wait_until(lambda: kit.call("DELETE", "/v1/runs/spin").status == 204)
        assert pending.result(60)["verdict"] == "cancelled"
    kit.wait_until(lambda: status()["running"]["memory_bytes"] == 0)


def test_cells_are_counted_by_state(start):
    start({"cells": {"running": 1, "keepers": 6, "profiles": {"php": {"floor": 2, "ceiling": 2}}}})
    kit.wait_until(lambda: of("php", status())["ready"] == 2)
    seen = status()
    assert (of("php", seen)["floor"], of("php", seen)["ceiling"]) == (2, 2) and of("php", seen)["make_us"] > 0
    for state in ("making", "ready", "running", "reclaiming"):
        assert seen["keepers"][state] == sum(profile[state] for profile in seen["profiles"])


def charged(*names):
    """Bytes of memory of all cells together, by the kernel; a group has one of the files."""
    files = [file for group in own_groups() for name in names for file in pathlib.Path(group).glob(f"*/{name}")]
    return sum(int(file.read_text()) for file in files)


def test_the_memory_of_waiting_cells_is_what_the_kernel_charges(start):
    start({"cells": {"running": 1, "keepers": 4, "profiles": {name: {"floor": 0, "ceiling": 0} for name in NAMES - {"php", "bash"}}}})
    kit.wait_for_versions()  # a command that prints one has a cell, too
    seen = kit.wait_until(lambda: (seen := status())["ready"]["now"] == 2 and seen["keepers"]["empty"] == 2 and seen)
    billed = seen["ready"]["memory_bytes"]
    assert billed == of("php", seen)["cell_bytes"] + of("bash", seen)["cell_bytes"]
    # The kernel takes back what it has charged ahead.
    assert 0 < charged("memory.usage_in_bytes", "memory.current") <= billed <= charged("memory.max_usage_in_bytes", "memory.peak")
    assert re.search(r"^ready     2 cells with [\d.]+ [KM]iB of at most ", command().stdout, re.M)


def test_a_time_that_nobody_has_measured_is_not_told(start):
    start({"cells": {"running": 1, "keepers": 6, "profiles": {"php": {"floor": 1, "ceiling": 1}, "python": {"floor": 0, "ceiling": 0}}}})
    kit.wait_until(lambda: of("php", status())["make_us"])
    assert of("python", status())["make_us"] is None
    assert re.search(r"^python( +\d+){5} +- +\w+$", command().stdout, re.M)


def test_a_run_counts_as_its_result_says(service):
    """The program of a source that is not right never starts, so it is in no cell that was made ahead."""
    kit.wait_until(lambda: of("c", status())["ready"] >= 1)
    assert kit.run({"profile": "c", "source": "int main(void) {"})["timing"]["cell"] == "cold"
    assert status()["starts"] == {"parked": 0, "ready": 0, "cold": 1}


def test_a_service_that_may_run_nothing_is_not_ready(start):
    start({"cells": {"running": 0, "keepers": 2}})
    kit.wait_until(lambda: status()["keepers"]["absent"] == 0)
    answer = kit.call("GET", "/readyz")
    assert answer.status == 503 and answer.json["detail"], answer.content
    assert kit.call("GET", "/healthz").status == 200


def test_restarts_are_counted(service):
    before = status()
    os.kill(kit.processes("exrun-keeper")[0], signal.SIGKILL)
    kit.wait_until(lambda: status()["restarts"] == {"front": 0, "keepers": 1})
    os.kill(kit.processes("exrun-front")[0], signal.SIGKILL)
    service.wait_until_ready()
    seen = status()
    assert seen["restarts"] == {"front": 1, "keepers": 1} and seen["uptime_ms"] > before["uptime_ms"]


def test_it_can_be_asked_during_the_drain(start):
    one = start()
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {**SLEEP, "id": "last"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/last").status == 202)
        one.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: status()["draining"])
        assert b"ends after the accepted runs" in subprocess.run([EXRUN, "status"], capture_output=True, timeout=60, check=True).stdout
        with contextlib.closing(kit.Connection(kit.ADMIN)) as connection:
            assert kit.ask(connection, "POST", "/v1/runs", HELLO).status == 503
            assert kit.ask(connection, "GET", "/v1/runs/last").status == 404  # it is not the operator's
        with contextlib.closing(kit.Connection()) as connection:
            kit.wait_until(lambda: kit.ask(connection, "GET", "/v1/runs/last").json["state"] == "running")
            assert kit.ask(connection, "DELETE", "/v1/runs/last").status == 204
        assert pending.result(60)["verdict"] == "cancelled"
    assert one.stop() == 0


def command(*words, **more):
    return subprocess.run([EXRUN, "status", *words], capture_output=True, text=True, timeout=60, **more)


def test_the_command_shows_it(service):
    kit.wait_until(lambda: of("bash", status())["make_us"])
    kit.run(HELLO)
    done = command()
    assert done.returncode == 0 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"exrun \S+, up for \d+ s, connections: 1", lines[0]) and "verdicts  ok 1" in lines
    assert re.search(r"^requests  \d+ a minute; of 1 in 5 minutes, 50 % took up to [\d.]+ m?s, 99 % up to ", done.stdout, re.M)
    assert re.search(r"^bash +\d+ +\d+ +\d+ +\d+ +1 +[\d.]+ ms +\w+$", done.stdout, re.M) and max(map(len, lines)) <= 120


def test_the_command_prints_the_object(service):
    done = command("--json")
    assert done.returncode == 0 and done.stderr == "" and done.stdout.count("\n") == 1
    assert json.loads(done.stdout).keys() == status().keys()


def test_another_user_may_not_ask(service):
    done = command(user=65534, group=65534, extra_groups=[], env={**os.environ, "XDG_RUNTIME_DIR": "/run"})
    assert done.returncode == 77 and "belongs to another user, who alone can ask the service; ask as that user" in done.stderr and done.stdout == ""


def test_no_service_is_told():
    done = command()
    assert done.returncode == 69 and done.stderr == "exrun: /run/exrun/admin.sock: no service listens on this socket; start it (exrun serve)\n"
    done = command("--json")
    assert done.returncode == 69 and "exrun serve" in json.loads(done.stdout)["problem"]["detail"]


def test_a_killed_service_is_told(start, exrun):
    one = start()
    one.stop(by=signal.SIGKILL)
    kit.wait_until(lambda: not kit.processes("exrun-keeper") and not kit.processes("exrun-front") and not kit.processes_of_cells())
    assert os.path.exists(kit.ADMIN) and command().returncode == 69
    assert start().stop() == 0 and exrun("clean").returncode == 0


@contextlib.contextmanager
def pretender(*pieces, waits=0):
    """A process that is not exrun's, at its socket."""
    os.makedirs("/run/exrun", exist_ok=True)
    with socket.socket(socket.AF_UNIX) as listening, contextlib.ExitStack() as stack:
        listening.bind(kit.ADMIN)
        stack.callback(os.unlink, kit.ADMIN)
        listening.listen()

        def serve():
            client, _ = listening.accept()
            with client, contextlib.suppress(OSError):
                client.recv(65536)
                for piece in pieces:
                    client.sendall(piece)
                time.sleep(waits)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        thread.join()


def http(body, status=b"200 OK", length=None):
    return b"HTTP/1.1 %s\r\nServer: x\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body) if length is None else length, body)


@pytest.mark.parametrize("pieces, code, said", [
    ([], 75, "closed the connection before it answered"), ([b"SSH-2.0-x\r\n"], 70, "does not come from"), ([b"HTTP/1.1 200 OK\r\n\r\n{}"], 70, "does not come from"),
    ([http(b"{}", length=3)], 70, "does not come from"), ([http(b"{}", length=1)], 70, "does not come from"), ([http(b"{\0}")], 70, "does not come from"),
    ([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}"], 70, "does not come from"), ([http(b"{}", b"2 OK")], 70, "does not come from"),
    ([http(b"{}", b"500 Oh")], 70, "with the status 500"), ([http(b"{}")], 70, "members"), ([http(b"nothing")], 70, "is not JSON"), ([b"x" * 1_000_000] * 5, 70, "does not come from"),
], ids=range(12))
def test_a_strange_answer_is_refused(pieces, code, said):
    with pretender(*pieces):
        done = command()
    assert done.returncode == code and said in done.stderr and done.stdout == "", done


def test_a_service_that_hangs_is_not_waited_for():
    with pretender(b"HTTP/1.1 200 OK\r\n", waits=7):
        begun = time.monotonic()
        done = command()
        assert done.returncode == 75 and "did not answer within 5 s" in done.stderr and time.monotonic() - begun < 6.5


def test_the_answer_can_not_control_the_terminal(service):
    seen = json.dumps({**status(), "version": "1\u001b[31m\n"}).replace('"bash"', '"b\\u001b[2Jsh"').encode()
    service.stop()
    with pretender(http(seen)):
        done = command()
    assert done.returncode == 0 and "\x1b" not in done.stdout and "b?[2Jsh" in done.stdout
