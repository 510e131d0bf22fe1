# SPDX-License-Identifier: MIT
"""Five hundred runs leave nothing, and the script that says so fails if they do."""
import os
import subprocess

import pytest

from conftest import BUILD, EXRUN, ROOT, own_groups

SOAK = ROOT / "tests/soak.py"


@pytest.fixture(autouse=True)
def plain_only(exrun):
    if b"fault points" in exrun("--version").stdout:
        pytest.skip("the sanitizers keep memory of their own; the plain build is soaked")


def soak(runs, build=BUILD):
    return subprocess.run(["/usr/bin/python3", SOAK, str(runs)], capture_output=True, text=True, timeout=280,
                          env={**os.environ, "EXRUN_BUILD": str(build)})


def test_five_hundred_runs_leave_nothing():
    done = soak(500)
    assert done.returncode == 0 and done.stdout.startswith("500 runs"), done.stdout + done.stderr


def test_a_leak_is_seen(tmp_path):
    """This exrun leaves a cgroup and a file each time."""
    leaky = tmp_path / "exrun"
    groups = " ".join(f"{group}/leak-$$" for group in own_groups())
    leaky.write_text(f"#!/bin/sh\n{EXRUN} \"$@\"\nr=$?\nmkdir {groups}\ntouch /run/exrun/leak-$$\nexit $r\n")
    leaky.chmod(0o755)
    try:
        done = soak(60, tmp_path)
    finally:
        for group in own_groups():
            for name in os.listdir(group):
                if name.startswith("leak-"):
                    os.rmdir(f"{group}/{name}")
        for name in os.listdir("/run/exrun"):
            if name.startswith("leak-"):
                os.unlink(f"/run/exrun/{name}")
    left = {line[:22].strip() for line in done.stdout.splitlines() if line.endswith("LEFT")}
    assert done.returncode == 1 and left >= {"cgroups", "files of /run/exrun"}, done.stdout
