# SPDX-License-Identifier: MIT
"""A limit that can't be enforced is refused, or named. Hierarchies are taken away in a mount namespace of the test's own."""
import json
import os
import subprocess

import pytest

from conftest import EXRUN, mount_points

POINTS = dict(mount_points())
V1 = {name: f"/sys/fs/cgroup/{name}" for name in ("memory", "pids", "cpuacct") if f"/sys/fs/cgroup/{name}" in POINTS}
V2 = [point for point, kind in POINTS.items() if kind == "cgroup2"]
ALL = [*V1.values(), *V2]

needs_v1 = pytest.mark.skipif(len(V1) < 3, reason="this machine's controllers are not in cgroup v1")


def call(hidden, *flags, source="echo fine", **more):
    steps = [f"umount {point}" for point in hidden] + [f"exec {EXRUN} run --json {' '.join(flags)} -"]
    return subprocess.run(["unshare", "--mount", "sh", "-c", " && ".join(steps)], timeout=60, capture_output=True,
                          input=json.dumps({"profile": "bash", "source": source, **more}).encode(), env=os.environ)


ROWS = [
    ("memory", [V1.get("memory")], ["memory"]),
    ("pids", [V1.get("pids")], ["processes"]),
    ("cpu", [V1.get("cpuacct"), *V2], ["cpu"]),
    ("all", ALL, ["memory", "processes", "cpu"]),
]


@needs_v1
@pytest.mark.parametrize("name, hidden, missing", ROWS, ids=[row[0] for row in ROWS])
def test_missing_controller(name, hidden, missing):
    refused = call(hidden)
    problem = json.loads(refused.stdout)["problem"]
    assert refused.returncode == 69 and f'"{missing[0]}"' in problem["detail"] and "--best-effort" in problem["detail"]
    assert problem["detail"] in refused.stderr.decode() and "pointer" not in problem
    done = call(hidden, "--best-effort")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["verdict"], result["stdout"], result["unenforced"]) == ("ok", "fine\n", missing)


@needs_v1
def test_what_is_left_is_enforced_still():
    result = json.loads(call(ROWS[0][1], "--best-effort", source="while :; do :; done", limits={"cpu_ms": 300}).stdout)
    assert result["verdict"] == "cpu_timeout" and result["unenforced"] == ["memory"]
    result = json.loads(call(ALL, "--best-effort", source="sleep 60 & sleep 60 & exit 3").stdout)
    assert (result["verdict"], result["exit_code"]) == ("failed", 3)


def test_an_old_kernel_is_told():
    """It says of itself that it is 2.6, as personality(2) lets it."""
    done = subprocess.run(["setarch", "--uname-2.6", EXRUN, "run", "--json", "--best-effort", "-"], capture_output=True, timeout=60,
                          input=b'{"profile": "bash", "source": ""}')
    assert done.returncode == 69 and b'"cells" can\'t be enforced on this machine; run Linux 5.14 or newer' in done.stderr, done
    told = subprocess.run(["setarch", "--uname-2.6", EXRUN, "doctor"], capture_output=True, timeout=100)
    assert told.returncode == 69 and b"run Linux 5.14 or newer" in told.stdout
