# SPDX-License-Identifier: MIT
"""cgroup v2 as systemd delegates it (Delegate=yes): cells are in the delegated subtree, and nothing above it is touched."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, ROOT as TREE, mount_points

sys.path += [str(TREE / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402

ROOT = pathlib.Path("/sys/fs/cgroup")
pytestmark = pytest.mark.skipif(("/sys/fs/cgroup", "cgroup2") not in set(mount_points()), reason="this machine's cgroups are not v2 alone; the guest's are")

SLEEP = {"profile": "bash", "source": "sleep 2; echo fine"}


@pytest.fixture
def unit():
    """A group with all controllers, marked as delegated, like that of a unit with Delegate=yes."""
    for word in ("+memory", "+pids", "+cpu"):
        (ROOT / "cgroup.subtree_control").write_text(word)
    group = ROOT / f"unit-{os.urandom(4).hex()}.service"
    group.mkdir()
    os.setxattr(group, "trusted.delegate", b"1")
    yield group
    for directory, _, _ in os.walk(group, topdown=False):
        os.rmdir(directory)


def start(group, request, *flags):
    """Starts exrun as the only process of the group."""
    environment = {name: value for name, value in os.environ.items() if name != "EXRUN_CGROUP"}
    process = subprocess.Popen(["sh", "-c", f"echo 0 >{group}/cgroup.procs && exec {EXRUN} run --json {' '.join(flags)} -"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    process.stdin.write(json.dumps(request).encode())
    process.stdin.close()
    process.stdin = None
    return process


def outside(unit):
    """All groups except those of the unit and of suites that run at the same time, each with the controllers that it delegates."""
    return {(directory, (pathlib.Path(directory) / "cgroup.subtree_control").read_text()) for directory, _, _ in os.walk(ROOT)
            if not directory.startswith(str(unit)) and not re.search("/(exrun-(test|laravel)-|unit-)", directory)}


def test_cells_are_in_the_delegated_group(unit):
    before = outside(unit)
    with start(unit, SLEEP) as process:
        deadline = time.monotonic() + 60
        while not list(unit.rglob("cell-*/cgroup.procs")):
            assert time.monotonic() < deadline and process.poll() is None
            time.sleep(0.05)
        [cell] = [path.parent for path in unit.rglob("cell-*/cgroup.procs")]
        assert cell.parent == unit / "exrun"
        assert f"0::/{unit.name}/exrun-self\n" in pathlib.Path(f"/proc/{process.pid}/cgroup").read_text()
        assert {name: (cell / name).read_text() for name in ("memory.max", "memory.oom.group", "memory.swap.max", "pids.max")} == {
            "memory.max": f"{128 << 20}\n", "memory.oom.group": "1\n", "memory.swap.max": "0\n", "pids.max": "32\n"}
        assert outside(unit) == before
        out, err = process.communicate(timeout=60)
    answer = json.loads(out)
    assert answer["stdout"] == "fine\n" and "unenforced" not in answer, err
    assert not list(unit.rglob("cell-*")) and outside(unit) == before


def test_the_leaf_leads_to_the_same_subtree(unit):
    """Once cells have controllers, the kernel lets no process into the unit's own group. An exrun that starts in the leaf uses the same subtree."""
    for group in (unit, unit / "exrun-self", unit / "exrun-self"):
        out, err = start(group, {"profile": "bash", "source": "echo fine"}).communicate(timeout=60)
        assert json.loads(out)["stdout"] == "fine\n", err
    assert sorted(path.name for path in unit.iterdir() if path.is_dir()) == ["exrun", "exrun-self"]


def test_a_group_with_other_processes_is_reported(unit):
    """cgroups(7) forbids internal processes, and exrun moves only itself."""
    with subprocess.Popen(["sh", "-c", f"echo 0 >{unit}/cgroup.procs && exec sleep 100"]) as other:
        while str(other.pid) not in (unit / "cgroup.procs").read_text().split():
            time.sleep(0.02)
        process = start(unit, {"profile": "bash", "source": "echo fine"})
        out, err = process.communicate(timeout=60)
        assert process.returncode == 69, out
        assert f'"memory" can\'t be enforced on this machine; {unit} contains processes'.encode() in err and b"DelegateSubgroup=" in err
        answer = json.loads(start(unit, {"profile": "bash", "source": "echo fine"}, "--best-effort").communicate(timeout=60)[0])
        assert answer["stdout"] == "fine\n" and "memory" in answer["unenforced"]
        assert str(other.pid) in (unit / "cgroup.procs").read_text().split()
        other.kill()


def test_other_groups_are_not_touched(unit):
    """If only pids is delegated to the unit, memory is not taken, and a run that needs it is refused."""
    os.removexattr(unit, "trusted.delegate")
    inner = unit / "inner"
    inner.mkdir()
    (unit / "cgroup.subtree_control").write_text("+pids")
    os.setxattr(inner, "trusted.delegate", b"1")
    process = start(inner, {"profile": "bash", "source": "echo fine"})
    out, err = process.communicate(timeout=60)
    assert process.returncode == 69 and b'"memory" can\'t be enforced' in err, (out, err)
    assert (unit / "cgroup.subtree_control").read_text() == "pids\n"
    answer = json.loads(start(inner / "exrun-self", {"profile": "bash", "source": "echo fine"}, "--best-effort").communicate(timeout=60)[0])
    assert answer["unenforced"] == ["memory"]
    # From then on, the kernel lets a process into a group that delegates only pids, but not into its children.
    process = start(inner, {"profile": "bash", "source": "echo fine"})
    assert f"{inner} contains processes".encode() in process.communicate(timeout=60)[1] and process.returncode == 69


def test_a_configured_name_wins(unit):
    done = subprocess.run(["sh", "-c", f"echo 0 >{unit}/cgroup.procs && exec {EXRUN} run --json -"], input=b'{"profile": "bash", "source": "echo fine"}',
                          capture_output=True, timeout=60)
    assert json.loads(done.stdout)["stdout"] == "fine\n" and not (unit / "exrun").exists()


@contextlib.contextmanager
def service(group, folder, own):
    """A service that is started as the only process of the group. @own: the member "service" of its configuration."""
    environment = {name: value for name, value in os.environ.items() if name != "EXRUN_CGROUP"}
    one = kit.Service(EXRUN, folder, {"cells": {"running": 2, "keepers": 4}, "queue": {"wait_ms": 300_000}, "service": own}, profiles=TREE / "profiles",
                      wrap=lambda *words: {"args": ["sh", "-c", f'echo 0 >{group}/cgroup.procs && exec "$@"', "sh", EXRUN, *words], "env": environment})
    try:
        yield one.wait_until_ready()
    finally:
        assert one.stop() == 0, one.log.read_text()


@pytest.mark.parametrize("is_alone", [True, False], ids=["own-group", "another-s-group"])
def test_the_service_limits_its_own_memory(unit, tmp_path, is_alone):
    """Only if systemd has delegated the group to the service alone, and without the cells, whose limits are their own."""
    group = unit if is_alone else unit / "somebody-s"
    group.mkdir(exist_ok=True)
    with service(group, tmp_path, {"memory_bytes": 300 << 20}) as one:
        limits = {path.name: (path / "memory.max").read_text().strip() for path in (unit, unit / "exrun", unit / "exrun-self", group) if path.exists()}
        assert limits == {unit.name: "max", "exrun": "max", **({"exrun-self": str(300 << 20)} if is_alone else {"somebody-s": "max"})}
        if is_alone:
            (tmp_path / "exrun.json").write_text(json.dumps({"service": {"memory_bytes": 200 << 20}}))
            one.process.send_signal(signal.SIGHUP)
            kit.wait_until(lambda: (unit / "exrun-self/memory.max").read_text().strip() == str(200 << 20))


@pytest.mark.parametrize("own, fits", [({"memory_bytes": 64 << 20}, False), ({}, True)], ids=["little", "default"])
def test_a_service_without_memory_goes_on(unit, tmp_path, own, fits):
    """If artifacts don't fit below the limit, the kernel ends one of the service's processes, but not all, and the next client is served. The
    default is large enough."""
    large = {"profile": "bash", "source": "head -c 62000000 /dev/zero >x", "artifacts": ["x"], "limits": {"disk_bytes": 64 << 20, "memory_bytes": 256 << 20, "wall_ms": 60_000, "cpu_ms": 30_000}}

    def ask(_):
        with contextlib.suppress(OSError, http.client.HTTPException):
            answer = kit.call("POST", "/v1/runs", large)
            return answer.status == 200 and answer.json["verdict"] == "ok"

    with service(unit, tmp_path, own) as one, ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, range(2)))
        killed = int(re.search(r"^oom_kill (\d+)", (unit / "exrun-self/memory.events").read_text(), re.M)[1])
        assert (killed == 0, all(answers)) == (fits, fits)
        kit.wait_until(kit.is_ready)
        assert kit.run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n" and one.process.poll() is None
