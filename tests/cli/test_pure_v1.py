# SPDX-License-Identifier: MIT
"""If the v2 tree is missing beside the v1 hierarchies, exrun works with these alone. It is removed in a mount namespace of the test, so the
machine keeps it."""
import json
import os
import subprocess

import pytest

from conftest import EXRUN, mount_points

V2 = [point for point, kind in mount_points() if kind == "cgroup2"]
V1 = any(kind == "cgroup" for _, kind in mount_points())

ROWS = [
    ("hello", {"source": "echo hello"}, "ok", []),
    ("cpu", {"source": "while :; do :; done", "limits": {"cpu_ms": 200, "wall_ms": 4000}}, "cpu_timeout", ["cpu"]),
    ("memory", {"source": "s=x; while :; do s=$s$s; done", "limits": {"memory_bytes": 32 << 20}}, "out_of_memory", ["memory"]),
    ("forks", {"source": "f() { f & f & wait; }; f", "limits": {"processes": 8, "wall_ms": 500}}, "timeout",
     ["wall", "processes"]),
    ("orphan", {"source": "(setsid sleep 60 &); echo left"}, "ok", []),
]


@pytest.mark.skipif(not V1, reason="this machine has no cgroup v1")
@pytest.mark.parametrize("name, request_, verdict, hits", ROWS, ids=[row[0] for row in ROWS])
def test_pure_v1_enforces_limits(name, request_, verdict, hits):
    hidden = " && ".join(f"umount {point}" for point in V2) or "true"
    done = subprocess.run(["unshare", "--mount", "sh", "-c", f"{hidden} && exec {EXRUN} run --json -"],
                          input=json.dumps({"profile": "bash", **request_}).encode(), capture_output=True, timeout=60,
                          env=os.environ)
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["verdict"], result["limits_hit"]) == (verdict, hits), result
    assert "unenforced" not in result and result["usage"]["cpu_us"] > 0
