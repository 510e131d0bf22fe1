# SPDX-License-Identifier: MIT
"""exrun as an ordinary user starts it: with a delegated group, with and without subordinate IDs."""
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

from conftest import BUILD, EXRUN, GROUP, IS_SANITIZER_BUILD, ROOT, mount_points

USER, FIRST, COUNT = 54_321 + IS_SANITIZER_BUILD, 2_000_000_000, 65_536  # processes are counted by user, so each build has another one
HIERARCHIES = sorted(point for point, kind in mount_points() if kind in ("cgroup", "cgroup2"))
IS_V2 = HIERARCHIES == ["/sys/fs/cgroup"]
UNIFIED = next((point for point, kind in mount_points() if kind == "cgroup2"), None)
HANDED = f"{GROUP}/user"
LAYERS_OFF = BUILD / "layers-off/exrun"


def put(path, text):
    with open(path, "w") as file:
        file.write(text)


@pytest.fixture(scope="module")
def home():
    """A folder that the user can reach, with the binary, the profiles, a run directory, a cache, and tables of users and of subordinate IDs."""
    with tempfile.TemporaryDirectory(prefix="user-") as folder:
        home = pathlib.Path(folder)
        home.chmod(0o755)
        shutil.copy(EXRUN, home)
        if LAYERS_OFF.exists():
            shutil.copy(LAYERS_OFF, home / "exrun-with-layers-off")
        shutil.copytree(os.environ.get("EXRUN_PROFILES", ROOT / "profiles"), home / "profiles")  # those of a guest allow more time
        shutil.copytree(ROOT / "tests/hostile", home / "hostile")
        for name in ("run", "cache"):
            (home / name).mkdir(mode=0o700)
            os.chown(home / name, USER, USER)
        (home / "passwd").write_text(pathlib.Path("/etc/passwd").read_text() + f"tester:x:{USER}:{USER}::/:/bin/sh\n")
        (home / "range").write_text(f"somebody:100000:65536\ntester:{FIRST}:{COUNT}\n")
        (home / "single").write_text("somebody:100000:65536\n")
        yield home


@pytest.fixture
def handed_over(own_group):
    """A group of the user in each hierarchy. In the v2 tree the user's exrun is in a leaf of it, as with DelegateSubgroup= in a unit."""
    points = [point for point in HIERARCHIES if point == UNIFIED or point.rsplit("/", 1)[1] in ("memory", "pids")]
    made = []
    for point in points:
        for path in (f"{point}{GROUP}", f"{point}{HANDED}", *([f"{point}{HANDED}/self"] if point == UNIFIED else [])):
            if IS_V2 and not path.endswith("/self"):
                put(f"{os.path.dirname(path)}/cgroup.subtree_control", "+memory +pids +cpu")
            if not os.path.isdir(path):
                os.mkdir(path)
        made.append(f"{point}{HANDED}")
        for directory, _, _ in os.walk(f"{point}{HANDED}"):
            for path in (directory, *(f"{directory}/{name}" for name in ("cgroup.procs", "tasks", "cgroup.threads", "cgroup.subtree_control"))):
                if os.path.exists(path):
                    os.chown(path, USER, USER)
    yield
    for group in made:
        for directory, _, _ in os.walk(group, topdown=False):
            os.rmdir(directory)


def command(home, ids, *args, before="true", prefix="", binary="exrun", groups="--clear-groups"):
    """exrun as the user would start it. @ids: "range" or "single"."""
    leaf = f"{UNIFIED}{HANDED}/self/cgroup.procs" if UNIFIED else "/dev/null"
    script = (f"mount --bind {home}/passwd /etc/passwd && mount --bind {home}/{ids} /etc/subuid && mount --bind {home}/{ids} /etc/subgid && {before} && "
              f"{{ [ ! -e {leaf} ] || echo 0 >{leaf}; }} && cd / && exec {prefix} setpriv --reuid {USER} --regid {USER} {groups} {home}/{binary} \"$@\"")
    for path in map(pathlib.Path, ("/etc/subuid", "/etc/subgid")):
        if not path.exists():
            path.touch()
    environment = {**os.environ, "XDG_RUNTIME_DIR": f"{home}/run", "EXRUN_PROFILES": f"{home}/profiles", "EXRUN_PROBES": f"{home}/hostile", "EXRUN_CACHE": f"{home}/cache", "EXRUN_CGROUP": HANDED}
    if IS_V2:
        del environment["EXRUN_CGROUP"]  # the delegated group is found
    return {"args": ["unshare", "--mount", "sh", "-c", script, "sh", *args], "env": environment}


def call(home, ids, *args, input=b"", timeout=60, **more):
    return subprocess.run(**command(home, ids, *args, **more), input=input, capture_output=True, timeout=timeout)


@pytest.fixture(params=["range", "single"])
def ids(request):
    if request.param == "range" and not shutil.which("newuidmap"):
        pytest.skip("uidmap is not installed; the single id covers the rest")
    return request.param
