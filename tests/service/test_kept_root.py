# SPDX-License-Identifier: MIT
"""A keeper keeps the root of its cells. A run finds in it what the host has, and nothing of the run before."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401


def bash(source, **more):
    result = kit.run({"profile": "bash", "source": source, **more})
    assert result["verdict"] == "ok", result
    return result["stdout"]


@pytest.fixture
def lend(start, tmp_path):
    """lend(NAME) -> the path of NAME in a new folder of the host, which the cells of a service get. NAME is made before, as a file, unless it is the folder."""
    folder, profiles = pathlib.Path(tempfile.mkdtemp(dir="/var/tmp")), tmp_path / "profiles"

    def call(name):
        path = folder / name
        profiles.mkdir()
        if path != folder:
            path.write_text("old")
        (folder / "below").mkdir()
        profile = json.loads((ROOT / "profiles/bash.json").read_text())
        profile["mounts"].append(str(path))
        (profiles / "bash.json").write_text(json.dumps(profile))
        for one in (tmp_path, profiles, folder):
            one.chmod(0o755)
        start({"cells": {"keepers": 2, "running": 1}}, profiles=profiles)
        return path

    yield call
    shutil.rmtree(folder)


@pytest.fixture
def lent(lend):
    return lend("lent")


@pytest.fixture
def lent_folder(lend):
    return lend("")


@pytest.mark.parametrize("how", ["replaced", "removed", "removed and back"])
def test_a_file_that_the_host_exchanges_is_exchanged_in_later_cells(lent, how):
    read = f"cat {lent} 2>/dev/null || echo none"
    assert bash(read) == "old"
    if how == "replaced":
        other = lent.with_name("other")
        other.write_text("new")
        other.rename(lent)
        kit.wait_until(lambda: bash(read) == "new")
    else:
        lent.unlink()
        kit.wait_until(lambda: bash(read) == "none\n")
    if how == "removed and back":
        lent.write_text("new")
        kit.wait_until(lambda: bash(read) == "new")


@pytest.fixture
def shared():
    """As on most machines, what is mounted later is seen in the keepers' mount namespaces, too."""
    subprocess.run(["mount", "--make-rshared", "/"], check=True)
    yield
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)


def test_what_the_host_mounts_below_is_read_only_too(shared, lent_folder):
    below = lent_folder / "below"
    look = f"grep ' {below} ' /proc/self/mountinfo | cut -d ' ' -f 6; ls {below}; echo x > {below}/new && echo written"
    assert bash(look + " 2>/dev/null; true") == ""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=1777", "none", below], check=True)
    try:
        (below / "there").write_text("")
        kit.wait_until(lambda: "there" in bash(look + " 2>/dev/null; true"))
        for _ in range(4):
            seen = bash(look + " 2>/dev/null; true").split()
            assert seen in ([], ["ro,nosuid,nodev,relatime", "there"]), seen
    finally:
        subprocess.run(["umount", below], check=True)
    kit.wait_until(lambda: not any(f" {below} " in pathlib.Path(f"/proc/{pid}/mountinfo").read_text() for pid in kit.processes("exrun-keeper")))


def test_mounts_of_the_host_are_not_taken_for_leftovers(shared, start, tmp_path):
    start({"cells": {"keepers": 4, "running": 3}})
    stop = threading.Event()

    def click():
        while not stop.is_set():
            kit.run({"profile": "bash", "source": "true"})

    clients = [threading.Thread(target=click) for _ in range(3)]
    for client in clients:
        client.start()
    for _ in range(60):
        subprocess.run(["mount", "-t", "tmpfs", "none", tmp_path], check=True)
        time.sleep(0.01)
        # A cell that is being made has a copy of it, which can keep it busy for a moment.
        kit.wait_until(lambda: subprocess.run(["umount", tmp_path]).returncode == 0)
    stop.set()
    for client in clients:
        client.join()
    status = kit.call("GET", "/v1/status", address=kit.ADMIN).json
    assert status["unreclaimed"] == 0 and status["restarts"] == {"front": 0, "keepers": 0}, status


@pytest.mark.parametrize("umask", [0o077, 0o777, 0])
def test_the_umask_of_the_service_does_not_matter(start, umask):
    start(wrap=lambda *arguments: {"args": [EXRUN, *arguments], "umask": umask})
    kit.wait_until(lambda: kit.run({"profile": "bash", "source": "true"})["timing"]["cell"] == "ready")
    for _ in range(4):
        assert bash("umask; stat -c %a / /box /etc /dev /etc/passwd; cat /etc/passwd >/dev/null && true >/dev/null && echo fine") == "0022\n755\n755\n755\n755\n444\nfine\n"


# Everything that a program can see of the root, with the times and attributes of each file, except /proc and what is made for each cell.
LOOK = "cd /; find . -xdev -not -path './proc*' -not -path './box*' -not -path './tmp*' -not -path './dev/shm*' -printf '%p %y %m %U %G %s %T@ %C@ %A@ %l\\n' | sort"
LEAVE = """cd /; for at in / /etc /dev /usr /proc /lib; do
    touch $at/left; mkdir $at/left-too; ln -s x $at/link; mknod $at/pipe p; echo x > $at/file; rm -rf $at/passwd $at/null; mv $at/passwd $at/moved
done
for file in /etc/passwd /dev/null /dev/zero /etc /dev /; do
    chmod 777 $file; chown 0 $file; touch $file; setfattr -n user.x -v y $file; echo x >> $file; truncate -s 0 $file; head -c 1 $file >/dev/null
done
ls -lR /etc /dev"""


def looks():
    """By the program's user ID, which is its keeper's, and the times of a file: each keeper has a root of its own, and a new one after a pause. A
    cell that is made on demand has a new one, too."""
    found = {}
    for _ in range(8):
        result = kit.run({"profile": "bash", "source": "id -u; " + LOOK})
        user, look = result["stdout"].split("\n", 1)
        root = user, next(line for line in look.splitlines() if line.startswith("./etc/passwd f 444 "))
        assert result["timing"]["cell"] != "ready" or found.setdefault(root, look) == look
    assert found
    return found


def looks_around_a_run():
    """The roots that were there before and after runs that try to leave something, with their looks then."""
    before = looks()
    assert all("./dev/null c 666 " in look for look in before.values())
    for _ in range(4):
        assert "left" not in bash(LEAVE + " >/dev/null 2>&1; ls / /etc /dev")
    after = looks()
    return [(before[root], after[root]) for root in before if root in after]


def test_a_run_leaves_nothing_in_the_root(lent):
    assert all(before == after for before, after in kit.wait_until(looks_around_a_run))


def test_only_one_cell_at_a_time_is_in_a_root(service):
    """The cell of a compile stage is made while the keeper's other one waits."""
    c = {"profile": "c", "source": r'''#include <stdio.h>
int main(void) { FILE *f = fopen("/etc/passwd", "r"); for (int c; (c = fgetc(f)) != EOF;) putchar(c); }'''}
    for number in range(4):
        result = kit.run({**c, "source": c["source"] + f"// {number}"})
        assert result["verdict"] == "ok" and result["stdout"].startswith("box:x:19"), result
        bash('[ "$(id -un)" = box ]')


def test_the_time_since_the_start_of_the_machine_is_each_cells_own(lent):
    times = [float(bash("cat /proc/uptime").split()[0]) for _ in range(8)]
    assert max(times[:2]) < min(times[-2:])


def test_the_root_ends_with_its_keeper(start, exrun):
    one = start({"cells": {"keepers": 3, "running": 2}})
    bash("true")
    assert one.stop() == 0
    assert "/run/exrun/slots/root" not in open("/proc/self/mountinfo").read()
    assert os.listdir("/run/exrun/slots") == ["root"] and os.listdir("/run/exrun/slots/root") == []


# argv: a keeper, and its descriptor of the namespace that it keeps for its cells. Prints the mounts there, looked at from inside.
INSIDE = """import ctypes, os, sys
libc, proc = ctypes.CDLL(None, use_errno=True), os.open("/proc", os.O_RDONLY)
assert libc.setns(os.open(f"/proc/{sys.argv[1]}/fd/{sys.argv[2]}", os.O_RDONLY), 0x20000) == 0, os.strerror(ctypes.get_errno())
sys.stdout.write(open(os.open("self/mountinfo", os.O_RDONLY, dir_fd=proc)).read())"""


def kept_namespaces():
    """[(KEEPER, DESCRIPTOR)]; a keeper closes other descriptors meanwhile."""
    found = []
    for pid in kit.processes("exrun-keeper"):
        for fd in os.listdir(f"/proc/{pid}/fd"):
            with contextlib.suppress(FileNotFoundError):
                if os.readlink(f"/proc/{pid}/fd/{fd}").startswith("mnt:"):
                    found.append((str(pid), fd))
    return found


def test_a_cell_that_is_made_ahead_has_never_seen_the_hosts_mounts(service):
    """Before Linux 6.15 it leaves them instead, as each cell of the command does."""
    kit.wait_until(lambda: kit.run({"profile": "bash", "source": "true"})["timing"]["cell"] == "ready")
    if tuple(map(int, re.match(r"(\d+)\.(\d+)", os.uname().release).groups())) < (6, 15):
        pytest.skip("this kernel can't clone a part of a tree that is not attached")
    lent = json.loads((ROOT / "profiles/bash.json").read_text())["mounts"]
    kit.wait_until(kept_namespaces)
    said = subprocess.run([sys.executable, "-c", INSIDE, *kept_namespaces()[0]], check=True, capture_output=True, text=True).stdout
    at = {line.split()[4]: line.split() for line in said.splitlines()}
    root = at.pop("/")
    assert (root[3], root[root.index("-") + 1], root[6]) == ("/", "tmpfs", "-"), root
    assert at and all(any(path == one or path.startswith(one + "/") for one in lent) for path in at), at
    assert all({"ro", "nosuid", "nodev"} <= set(line[5].split(",")) and line[6] == "-" for line in at.values()), at


@pytest.fixture
def other_root():
    """A directory that has all of the machine's, as one into which a service is moved by chroot(8) often has."""
    root = tempfile.mkdtemp(dir="/var/tmp")
    subprocess.run(["mount", "--rbind", "/", root], check=True)
    subprocess.run(["mount", "--make-rprivate", root], check=True)
    yield root
    subprocess.run(["umount", "--lazy", root], check=True)
    os.rmdir(root)


@pytest.mark.parametrize("how", [["setpriv", "--bounding-set", "-sys_chroot"], ["chroot"]], ids=" ".join)
def test_cells_leave_the_host_if_they_can_not_enter_a_namespace(other_root, start, how):
    """setns(2) needs a capability, and goes to the root of a namespace, which need not be that of the service."""
    words = [*how, other_root] if how == ["chroot"] else how
    start(wrap=lambda *arguments: {"args": [*words, EXRUN, *arguments]})
    kit.wait_until(lambda: kit.run({"profile": "bash", "source": "true"})["timing"]["cell"] == "ready")
    for _ in range(6):
        bash("true")
    assert kept_namespaces() == []
