# SPDX-License-Identifier: MIT
"""Every process of the service can be killed at any moment: a request gets one answer, or its connection ends, and nothing is left behind."""
import contextlib
import fcntl
import os
import pathlib
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

# Of 14 moments, one is the front's and one the warden's.
KINDS = ["keeper"] * 6 + ["front", "warden"] + ["init"] * 3 + ["program"] * 3
KILLS, KILLS_IF_QUICK = 50 if IS_SANITIZER_BUILD else 200, 42
PROGRAMS = [{"profile": "bash", "source": "echo $1"}, {"profile": "bash", "source": "sleep 0.0$((RANDOM % 10)); echo $1"},
            {"profile": "php", "source": "<?php echo $argv[1], PHP_EOL;"}, {"profile": "python", "source": "import sys; print(sys.argv[1])"}]


def of_kind(kind):
    """The processes of the service's children of that kind. PID 1 of a cell is its init."""
    if kind in ("keeper", "front"):
        return kit.processes(f"exrun-{kind}")
    return [pid for pid in kit.processes_of_cells() if (kit.status_of(pid).get("NSpid", "").split()[-1:] == ["1"]) == (kind == "init")]


def nothing_lives():
    """The first name is that of a process that the warden had just made, and that can have its sockets."""
    return not any(map(kit.processes, ("exrun", "exrun-keeper", "exrun-front"))) and not kit.processes_of_cells()


def kill_one(kind, chance):
    """Kills a random process of that kind. Under load there is one soon, although it can end by itself before it is killed."""
    kit.wait_until(lambda: of_kind(kind), 60)
    found = of_kind(kind)
    if found:
        with contextlib.suppress(ProcessLookupError):
            os.kill(chance.choice(found), signal.SIGKILL)


def one_request(number, connection=None, limits=None):
    """Returns the verdict, a status that is not 200, or "closed". On a connection that is kept, a second answer to the request before would be
    taken for this one's."""
    with contextlib.closing(kit.Connection()) if connection is None else contextlib.nullcontext(connection) as connection:
        try:
            answer = kit.ask(connection, "POST", "/v1/runs", {**PROGRAMS[number % len(PROGRAMS)], "args": [f"n{number}"], "id": f"r{number}", "limits": limits or {}})
        except (OSError, kit.http.client.HTTPException):
            connection.close()
            return "closed"
    if answer.status != 200:
        return answer.status
    result = answer.json
    assert result["id"] == f"r{number}"
    if result["verdict"] == "ok":
        assert result["stdout"] == f"n{number}\n"
    return result["verdict"]


class Clients:
    """Eight clients that send one request after the other, each on a connection that it keeps. @seen: how many ended in each way."""

    def __init__(self, limits=None):
        self.limits = limits
        self.stop, self.seen, self.pool = threading.Event(), {}, ThreadPoolExecutor(8)
        self.futures = [self.pool.submit(self.send, first) for first in range(8)]

    def send(self, first):
        with contextlib.closing(kit.Connection()) as connection:
            for number in range(first, 10**9, 8):
                if self.stop.is_set():
                    return
                end = one_request(number, connection, self.limits)
                self.seen[end] = self.seen.get(end, 0) + 1
                if end == "closed":
                    self.stop.wait(0.02)  # while there is no service, the processors are for its start

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop.set()
        try:
            for future in self.futures:
                future.result(120)
        finally:
            self.pool.shutdown()


def test_killed_at_any_moment_nothing_is_answered_twice_or_left(start, exrun, request):
    """The test is also the supervisor, which starts the service again if its warden is killed."""
    n = KILLS_IF_QUICK if request.config.getoption("--quick") else KILLS
    seed = int.from_bytes(os.urandom(4))
    print("seed", seed)
    chance = random.Random(seed)
    one = start()
    with Clients() as clients:
        for kind in chance.sample(KINDS * -(-n // len(KINDS)), n):
            time.sleep(chance.uniform(0, 0.1))
            if chance.random() < 0.1:
                one.process.send_signal(signal.SIGHUP)
            if kind == "warden":
                one.stop(signal.SIGKILL)
                kit.wait_until(nothing_lives)
                one = start()
            else:
                kill_one(kind, chance)
    assert one.process.poll() is None, one.log.read_text()
    # A program that is killed from outside has crashed; if it was not started yet, or if its keeper is killed, there was no run.
    assert set(clients.seen) <= {"ok", "crashed", "error", "failed", "closed", 503, 429}, clients.seen
    assert clients.seen.get("ok"), clients.seen
    one.wait_until_ready()
    kit.wait_until(lambda: kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n")
    if chance.random() < 0.5:  # either is enough: the next start's end, or clean
        one.stop(signal.SIGKILL)
        kit.wait_until(nothing_lives)
    else:
        assert one.stop() == 0, one.log.read_text()
    assert exrun("clean").returncode == 0


def find_sleep():
    return next((pid for pid in kit.processes_of_cells() if kit.status_of(pid).get("Name", "").strip() == "sleep"), None)


def parent_of(pid):
    return int(kit.status_of(pid)["PPid"])


def test_a_killed_keeper_s_run_is_an_error_and_the_next_one_works(service):
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {"profile": "bash", "source": "echo x; sleep 60", "limits": {"wall_ms": 60_000}, "id": "victim"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/victim").status == 202 and kit.call("GET", "/v1/runs/victim").json["state"] == "running")
        kit.wait_until(find_sleep)
        sleeping = find_sleep()
        above = parent_of(sleeping)
        while above not in kit.processes("exrun-keeper"):
            above = parent_of(above)
        os.kill(above, signal.SIGKILL)
        result = pending.result(60)
    assert result["verdict"] == "error" and result["message"]
    kit.wait_until(lambda: not kit.status_of(sleeping))
    assert kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"


def test_a_service_that_ends_reclaims_what_killed_keepers_left(start):
    one = start()
    for pid in kit.processes("exrun-keeper"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert one.stop() == 0  # the fixtures look for what is left


def test_a_killed_front_comes_back(service):
    front, = kit.processes("exrun-front")
    os.kill(front, signal.SIGKILL)
    kit.wait_until(lambda: kit.processes("exrun-front") not in ([front], []))
    service.wait_until_ready()
    assert kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"


def waiters(path):
    """The number of processes that wait for a lock on @path."""
    number = f":{os.stat(path).st_ino} "
    return sum("-> FLOCK" in line and number in line for line in pathlib.Path("/proc/locks").read_text().splitlines())


def test_a_program_that_ends_before_its_input_is_written_ends_no_keeper(service):
    """Its keeper writes into a broken pipe then. It is prepared for that once it can make cells."""
    keepers = kit.processes("exrun-keeper")
    kit.wait_until(lambda: all(int(kit.status_of(keeper)["SigCgt"], 16) & 1 << signal.SIGPIPE - 1 for keeper in keepers))
    for keeper in keepers:
        os.kill(keeper, signal.SIGPIPE)
    assert kit.run({"profile": "bash", "source": "echo hello", "stdin": "x"})["stdout"] == "hello\n"
    assert set(keepers) <= set(kit.processes("exrun-keeper"))


def test_clean_and_a_service_that_starts_take_turns(service, exrun):
    """A service that starts removes the sockets of the one before, and listens later. Meanwhile its own sockets look as if they were left."""
    service.stop(signal.SIGKILL)
    kit.wait_until(nothing_lives)
    slots = os.open("/run/exrun/slots", os.O_RDONLY)
    fcntl.flock(slots, fcntl.LOCK_EX)
    commands = [subprocess.Popen([EXRUN, *words], stderr=subprocess.PIPE) for words in (["clean"], ["serve", "--profiles", ROOT / "profiles"])]
    kit.wait_until(lambda: waiters("/run/exrun/slots") == 2)
    assert b", 2 sockets" in exrun("clean", "--dry-run").stdout
    os.close(slots)
    assert commands[0].communicate(timeout=60) and commands[0].returncode == 0
    kit.wait_until(kit.is_ready)
    commands[1].terminate()
    assert commands[1].communicate(timeout=60) and commands[1].returncode == 0


def test_if_the_warden_is_killed_everything_ends(start, exrun):
    one = start()
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(one_request, 1)
        kit.wait_until(lambda: len(kit.processes("exrun-keeper")) > 3)
        assert one.stop(signal.SIGKILL) == -signal.SIGKILL
        pending.result(60)
    kit.wait_until(nothing_lives)
    again = start()
    assert kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"
    assert again.stop() == 0
    assert exrun("clean").returncode == 0


def test_processes_that_stand_still_end_with_the_warden(start, exrun):
    """They don't notice the ends of their sockets."""
    one = start()
    # Not the first process of a cell that is still named for its keeper: no program can stop that one.
    still = [pid for name in ("exrun-front", "exrun-keeper") for pid in kit.processes(name) if parent_of(pid) == one.process.pid]
    for pid in still:
        os.kill(pid, signal.SIGSTOP)
    assert one.stop(signal.SIGKILL) == -signal.SIGKILL
    kit.wait_until(lambda: not any(kit.status_of(pid) for pid in still) and not kit.processes_of_cells())
    assert b", 2 sockets" in exrun("clean", "--dry-run").stdout
    assert b", 2 sockets" in exrun("clean").stdout
    assert b", 0 sockets" in exrun("clean").stdout


def test_restart_pauses_grow(start):
    one = start()
    for _ in range(3):
        kit.wait_until(lambda: kit.processes("exrun-front"))
        front = kit.processes("exrun-front")[0]
        os.kill(front, signal.SIGKILL)
        kit.wait_until(lambda: front not in kit.processes("exrun-front"))
    begun = time.monotonic()
    one.wait_until_ready()
    assert time.monotonic() - begun > 0.3


def test_a_client_is_told_when_the_next_keeper_comes(start):
    """By the pace of the runs it would be one second."""
    start({"cells": {"running": 1, "keepers": 2}})
    for _ in range(6):
        for keeper in kit.wait_until(lambda: len(keepers := kit.processes("exrun-keeper")) == 2 and keepers):
            os.kill(keeper, signal.SIGKILL)
        kit.wait_until(lambda: not kit.processes("exrun-keeper"))
    answer = kit.wait_until(lambda: (answer := kit.call("GET", "/readyz")).status == 503 and answer)
    assert 2 <= int(answer.headers["Retry-After"]) <= 4
    kit.wait_until(lambda: kit.call("GET", "/readyz").status == 200)
