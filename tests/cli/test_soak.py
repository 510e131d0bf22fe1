# SPDX-License-Identifier: MIT
"""Five hundred runs leave nothing, and the script that says so fails if they do."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

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


def memory_groups():
    """All memory groups of the machine, including those that the kernel still keeps after their removal."""
    with open("/proc/cgroups") as file:
        return next(int(line.split()[2]) for line in file if line.startswith("memory\t"))


@pytest.mark.skipif(not os.path.isdir("/sys/fs/cgroup/memory"), reason="counts the groups of cgroup v1; on v2 exrun asks cgroup.stat")
def test_groups_that_a_page_keeps_are_bounded():
    """Each run is the first to read one page of a file, which is charged to its group. From 1,000 groups on, exrun drops the pages."""
    folder = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp"))
    folder.chmod(0o755)
    try:
        with open(folder / "pages", "wb") as file:
            file.truncate(1300 << 18)
        profile = json.loads((ROOT / "profiles/perl.json").read_text())
        profile["mounts"].append(str(folder))
        (folder / "perl.json").write_text(json.dumps(profile))
        before = memory_groups()

        def read_page(n):
            request = {"profile": "perl", "source": f"open F, '<', '{folder}/pages' or die; sysseek F, {n << 18}, 0; sysread(F, $x, 4096) == 4096 or die; print 'read'"}
            done = subprocess.run([EXRUN, "run", "--profiles", folder, "--json", "-"], input=json.dumps(request).encode(), capture_output=True, timeout=120)
            return json.loads(done.stdout)["stdout"] == "read"

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(read_page, range(1300)))
        time.sleep(1)
        assert before + 100 < memory_groups() <= max(1000, before) + 100, (before, memory_groups())
    finally:
        shutil.rmtree(folder)
