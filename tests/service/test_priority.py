# SPDX-License-Identifier: MIT
"""Which process runs first: a client that is to read its answer, and the front, before a keeper that makes or reclaims a cell."""
import os
import pathlib
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

KEEPERS = 5
CELLS = {"cells": {"running": 2, "keepers": KEEPERS, "profiles": {"python": {"floor": 2, "ceiling": 2}}}}
KERNEL = tuple(int(number) for number in re.findall(r"\d+", os.uname().release)[:2])
# The policy of the program and of a child: proc(5), field 41 of stat.
SOURCE = """import os, subprocess
print(os.sched_getscheduler(0), subprocess.run(["cut", "-d ", "-f41", "/proc/self/stat"], capture_output=True, text=True).stdout.strip())"""


def n_ready():
    return sum(profile["ready"] for profile in kit.call("GET", "/v1/status", address=kit.ADMIN).json["profiles"])


def policies():
    return sorted(os.sched_getscheduler(pid) for pid in kit.processes("exrun-keeper"))


def slice_ns(pid):
    """The time that it asks for at once; None if the kernel does not tell."""
    found = re.search(r"^se\.slice\s*:\s*(\d+)$", pathlib.Path(f"/proc/{pid}/sched").read_text(), re.M)
    return int(found[1]) if found else None


def run(kind):
    answer = kit.call("POST", "/v1/runs", {"profile": "python", "source": SOURCE}, headers={"Exrun-Cell": kind}, address=kit.ADMIN)
    assert answer.json["timing"]["cell"] == kind and answer.json["stdout"], answer.json
    return answer.json["stdout"]


def those_without_a_cell_give_way():
    n = n_ready()
    return n >= 2 and policies() == [os.SCHED_OTHER] * n + [os.SCHED_BATCH] * (KEEPERS - n)


def test_a_keeper_without_a_cell_gives_way(start):
    """It is woken for work that nobody waits for."""
    start(CELLS)
    kit.wait_until(those_without_a_cell_give_way)
    for kind in ("ready", "cold", "ready"):
        assert run(kind) == "0 0\n"
    kit.wait_until(those_without_a_cell_give_way)


@pytest.mark.skipif(KERNEL < (6, 12), reason="the kernel has one time slice for all")
def test_keepers_and_the_front_are_prompt_and_programs_are_not(start):
    """Otherwise the reader of an output waits until its writer pauses."""
    start(CELLS)
    usual = slice_ns("self")
    assert {slice_ns(pid) for pid in kit.processes("exrun-front")} == {100_000}
    # The kernel updates the slice of one that is not prompt any more when it runs.
    kit.wait_until(lambda: 2 <= n_ready() <= sum(slice_ns(pid) == 100_000 for pid in kit.processes("exrun-keeper")))
    for kind in ("ready", "cold"):
        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(kit.call, "POST", "/v1/runs", {"profile": "python", "source": "import time; time.sleep(60)", "limits": {"wall_ms": 30_000}, "id": kind},
                               headers={"Exrun-Cell": kind}, address=kit.ADMIN)
            kit.wait_until(lambda: any(kit.status_of(pid).get("Name", "").startswith("python") for pid in kit.processes_of_cells()))
            cells = kit.processes_of_cells()
            assert {(os.sched_getscheduler(pid), slice_ns(pid)) for pid in cells} == {(os.SCHED_OTHER, usual)} and len(cells) > 2
            assert kit.call("DELETE", f"/v1/runs/{kind}", address=kit.ADMIN).status == 204
            assert done.result().json["timing"]["cell"] == kind


def test_what_an_operator_chose_stays(start):
    """Programs have the usual policy, whatever the service has."""
    def wrap(*arguments):
        return {"args": ["chrt", "--batch", "0", str(kit.EXRUN), *map(str, arguments)]}

    start(CELLS, wrap=wrap)
    kit.wait_until(lambda: n_ready() >= 2)
    for kind in ("ready", "cold"):
        assert run(kind) == "0 0\n"
    kit.wait_until(lambda: n_ready() >= 2)
    assert policies() == [os.SCHED_BATCH] * KEEPERS
