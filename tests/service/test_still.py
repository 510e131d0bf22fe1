# SPDX-License-Identifier: MIT
"""Processes of the service that live, but don't go on: stopped by a signal, or frozen, as if the kernel waited for a broken disk. Others take their places."""
import contextlib
import os
import random
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT, mount_points, path_of_own_group

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/service")]
pytest.register_assert_rewrite("serving", "test_deaths")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401
from test_deaths import Clients  # noqa: E402

NO_CELLS = {path.stem: {"floor": 0, "ceiling": 0} for path in (ROOT / "profiles").glob("*.json") if "." not in path.stem}
LOST = "was killed, but does not end; another process takes its place"


class Stopped:
    """By a signal. SIGKILL ends these processes."""
    ends_when_killed = True

    def hold(self, pids):
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)

    def release(self):
        pass


class Frozen:
    """By a cgroup. SIGKILL ends these processes with version 2 only."""

    def __init__(self, version):
        self.ends_when_killed = version == 2
        kind = "cgroup2" if version == 2 else "cgroup"
        points = [point for point, its_kind in mount_points() if its_kind == kind and (version == 2 or os.path.basename(point) == "freezer")]
        if not points:
            pytest.skip(f"there is no freezer of cgroup v{version}")
        self.group = path_of_own_group(points[0])

    def write(self, name, text):
        with open(f"{self.group}/{name}", "w") as file:
            file.write(text)

    def hold(self, pids):
        os.mkdir(self.group)
        for pid in pids:
            self.write("cgroup.procs", str(pid))
        if self.ends_when_killed:
            self.write("cgroup.freeze", "1")
        else:
            self.write("freezer.state", "FROZEN")

    def release(self):
        if not os.path.isdir(self.group):
            return
        if self.ends_when_killed:
            self.write("cgroup.freeze", "0")
        else:
            self.write("freezer.state", "THAWED")

        def is_removed():
            with contextlib.suppress(OSError):
                os.rmdir(self.group)
            return not os.path.isdir(self.group)

        kit.wait_until(is_removed)


@pytest.fixture(params=[Stopped, lambda: Frozen(1), lambda: Frozen(2)], ids=["stopped", "frozen by cgroup v1", "frozen by cgroup v2"])
def still(request):
    one = request.param()
    yield one
    one.release()


def keepers_of(one):
    return {pid for pid, status in kit.all_processes() if status["Name"].strip() == "exrun-keeper" and int(status["PPid"]) == one.process.pid}


def states():
    return {name: n for name, n in kit.call("GET", "/v1/status", address=kit.ADMIN).json["keepers"].items() if n}


def seconds(n):
    return {"profile": "bash", "source": f"sleep {n}", "limits": {"wall_ms": 1000 * n}}


def test_keepers_that_stand_still_in_each_state_are_replaced(start, still):
    """The first five: one runs a program, one has a cell, and three have none. Then orders come for two of those and for the one with a cell, and another cell is to be made."""
    one = start({"cells": {"running": 4, "keepers": 5, "profiles": {**NO_CELLS, "bash": {"floor": 1, "ceiling": 1}}}, "queue": {"wait_ms": 300_000}})
    kit.wait_for_versions()
    with ThreadPoolExecutor(4) as pool:
        running = pool.submit(kit.run, seconds(8))
        kit.wait_until(lambda: states() == {"running": 1, "ready": 1, "empty": 3})
        held = keepers_of(one)
        assert len(held) == 5
        still.hold(held)
        others = [pool.submit(kit.run, seconds(1)) for _ in range(3)]
        assert running.result(120)["verdict"] == "error"
        # One whose keeper was still making its cell was not started, so it runs in another, to its limit.
        verdicts = [future.result(120)["verdict"] for future in others]
        assert "error" in verdicts and set(verdicts) <= {"error", "timeout"}
    kit.wait_until(lambda: len(keepers_of(one) - held) == 5 and states() == {"ready": 1, "empty": 4}, 90)
    assert kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"
    assert one.log.read_text().count(LOST) == (0 if still.ends_when_killed else 5)
    still.release()
    kit.wait_until(lambda: not any(kit.status_of(pid) for pid in held) and not (set(kit.processes("exrun-keeper")) & held))
    assert one.stop() == 0


def test_a_service_with_processes_that_stand_still_ends(start, still, exrun):
    one = start({"drain_ms": 1})
    kit.wait_until(lambda: states().get("ready", 0) >= 1)
    held = {*keepers_of(one), *kit.processes("exrun-front")}
    still.hold(held)
    assert one.stop() == 0
    still.release()
    kit.wait_until(lambda: not any(kit.status_of(pid) for pid in held) and not kit.processes_of_cells())
    assert exrun("clean").returncode == 0


def test_a_front_that_stands_still_is_replaced(start, still):
    one = start()
    front = kit.processes("exrun-front")
    still.hold(front)
    kit.wait_until(lambda: set(kit.processes("exrun-front")) - set(front), 60)
    assert ("the front " + LOST in one.log.read_text()) == (not still.ends_when_killed)
    one.wait_until_ready()
    assert kit.run({"profile": "bash", "source": "echo well"})["stdout"] == "well\n"


def test_keepers_that_are_stopped_at_any_moment_are_replaced(start):
    """While they make a cell, too, and while they remove one."""
    seed = int.from_bytes(os.urandom(4))
    print("seed", seed)
    chance = random.Random(seed)
    one = start({"cells": {"running": 5, "keepers": 6}, "queue": {"wait_ms": 300_000}})  # few, so that each is needed soon
    held = set()
    with Clients({"wall_ms": 1000}) as clients:
        for _ in range(10):
            time.sleep(chance.uniform(0, 0.1))
            found = kit.wait_until(lambda: sorted(keepers_of(one) - held), 60)
            pid = chance.choice(found)
            held.add(pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        kit.wait_until(lambda: not any(kit.status_of(pid) for pid in held), 90)
    assert clients.seen.keys() <= {"ok", "error", "timeout"} and clients.seen["ok"], clients.seen
    assert one.stop() == 0, one.log.read_text()
