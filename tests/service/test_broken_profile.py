# SPDX-License-Identifier: MIT
"""A profile whose cells can't be made: its runs end at once, others don't notice, and it comes back by itself."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


def of(name):
    return next(profile for profile in status()["profiles"] if profile["name"] == name)


@pytest.fixture
def breakable(tmp_path, start):
    """breakable(CELLS) starts a service with two profiles, and returns a path of the host that the cells of one have, bash. As a link, it can't be mounted."""
    folder, profiles = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp")), tmp_path / "profiles"
    path = folder / "mounted"

    def call(cells):
        profiles.mkdir()
        path.write_text("")
        profile = json.loads((ROOT / "profiles/bash.json").read_text())
        profile["mounts"].append(str(path))
        (profiles / "bash.json").write_text(json.dumps(profile))
        shutil.copy(ROOT / "profiles/php.json", profiles)
        for one in (tmp_path, profiles, folder, *profiles.iterdir()):
            one.chmod(one.stat().st_mode & 0o755)
        start({"cells": cells, "queue": {"wait_ms": 120_000}}, profiles=profiles)
        return path

    yield call
    shutil.rmtree(folder)


def test_its_runs_end_at_once_and_others_go_on(breakable):
    path = breakable({"running": 1, "keepers": 4})
    kit.wait_until(lambda: of("bash")["ready"] == 1)
    path.unlink()
    path.symlink_to("/dev/null")
    kit.wait_until(lambda: kit.run(HELLO)["verdict"] == "error")  # the ready cell is used first
    kit.wait_until(lambda: of("bash")["failures"] >= 2)
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {"profile": "php", "source": "<?php sleep(60); echo 1;", "limits": {"wall_ms": 30_000}, "id": "last"})
        kit.wait_until(lambda: status()["running"]["now"] == 1)
        # The only place is taken, so a run that would need one waits.
        for _ in range(3):
            result = kit.run(HELLO)
            assert result["verdict"] == "error" and result["message"]
        assert status()["queue"]["length"] == 0 and not pending.done()
        assert kit.call("DELETE", "/v1/runs/last").status == 204
        assert pending.result(60)["verdict"] == "cancelled"
    assert kit.run({"profile": "php", "source": "<?php echo 1;"})["verdict"] == "ok"
    assert status()["restarts"] == {"front": 0, "keepers": 0} and of("php")["failures"] == 0 and of("php")["fault"] is None
    said = of("bash")["fault"]
    assert "root" in said or "mount" in said, said
    told = subprocess.run([EXRUN, "status"], capture_output=True, text=True, timeout=60, check=True).stdout
    assert re.search(r"^bash: a cell could not be made, \d+ times in a row: ", told, re.M), told
    path.unlink()
    path.write_text("")
    kit.wait_until(lambda: of("bash")["ready"] == 1, 120)  # the pause can be half a minute
    assert of("bash")["failures"] == 0 and of("bash")["fault"] is None
    assert kit.run(HELLO)["stdout"] == "hello\n"


def runs_a_program(keeper):
    """True if a process below it is one of the program that sleeps."""
    def parent_of(pid):
        return int(kit.status_of(pid).get("PPid", 0))

    sleeping = [pid for pid, seen in kit.all_processes() if seen["Name"].strip() == "sleep"]
    return keeper in {above for pid in sleeping for above in (parent_of(parent_of(pid)), parent_of(parent_of(parent_of(pid))))}


def test_runs_that_wait_end_when_it_breaks(breakable):
    """The only place is taken, so they would wait longer."""
    path = breakable({"running": 1, "keepers": 4, "profiles": {"php": {"floor": 0, "ceiling": 0}}})
    kit.wait_until(lambda: of("bash")["ready"] == 1)
    with ThreadPoolExecutor(4) as pool:
        first = pool.submit(kit.run, {**SLEEP, "id": "first"})
        kit.wait_until(lambda: status()["running"]["now"] == 1 and of("bash")["ready"] == 1 and any(map(runs_a_program, kit.processes("exrun-keeper"))))
        waiting = [pool.submit(kit.run, HELLO) for _ in range(3)]
        kit.wait_until(lambda: status()["queue"]["length"] == 3)
        path.unlink()
        path.symlink_to("/dev/null")
        for keeper in kit.processes("exrun-keeper"):  # so that the waiting cell is gone
            if not runs_a_program(keeper):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(keeper, signal.SIGKILL)
        assert [one.result(60)["verdict"] for one in waiting] == ["error"] * 3
        assert not first.done()
        assert kit.call("DELETE", "/v1/runs/first").status == 204
        assert first.result(60)["verdict"] == "cancelled"


def test_without_cells_that_are_made_ahead_each_run_tries(breakable):
    """A run that can't have a cell does not stop those of others, because its request could be the reason."""
    path = breakable({"running": 1, "keepers": 2, "profiles": {"bash": {"floor": 0, "ceiling": 0}}})
    path.unlink()
    path.symlink_to("/dev/null")
    for _ in range(3):
        assert kit.run(HELLO)["verdict"] == "error"
    assert of("bash")["failures"] == 0
    path.unlink()
    path.write_text("")
    assert kit.run(HELLO)["stdout"] == "hello\n"
