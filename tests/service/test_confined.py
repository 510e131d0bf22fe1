# SPDX-License-Identifier: MIT
"""Which rights and descriptors the processes of the service have."""
import collections
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

N_KEEPERS = 5
HELLO = {"profile": "bash", "source": "echo hello"}


def descriptors(pid):
    """Targets of its descriptors, by number."""
    return {int(fd): os.readlink(f"/proc/{pid}/fd/{fd}") for fd in os.listdir(f"/proc/{pid}/fd")}


def sockets(pid):
    return {target for target in descriptors(pid).values() if target.startswith("socket:")}


def listening():
    """Sockets that listen in this network namespace."""
    with open("/proc/net/unix") as table:
        return {f"socket:[{fields[6]}]" for fields in map(str.split, table) if fields[0] != "Num" and int(fields[3], 16) & 0x10000}


def kinds(pid, table):
    """How many descriptors of each kind there are, and the targets that are of none. Those up to standard error are left out."""
    found, unknown = collections.Counter(), []
    for fd, target in descriptors(pid).items():
        if fd > 2:
            kind = next((kind for kind, pattern in table.items() if re.fullmatch(pattern, target)), None)
            found.update([kind] if kind else [])
            unknown += [] if kind else [target]
    return found, unknown


# The descriptors that each process may have: their kinds and targets.
OF_FRONT = {"socket": r"socket:.*", "loop": r"anon_inode:\[eventpoll\]", "pipe of the loop": r"pipe:.*", "signal of its thread": r"anon_inode:\[eventfd\]", "its status": r"(/proc)?/\d+/status"}
CELL = {
    "socket": r"socket:.*", "pipe": r"pipe:.*", "lock of its slot": r"/run/exrun/slots/\d+", "cgroup": r"/sys/fs/cgroup/.*/cell-\d+(/(tasks|cgroup\.procs))?",
}
OF_KEEPER = {
    **CELL, "network of its cells": r"net:.*", "mounts of its cells": r"mnt:.*", "cgroup": r"/sys/fs/cgroup/.*", "process": r"anon_inode:\[pidfd\]|pidfd:.*", "event": r"anon_inode:\[eventfd\]", "changes of mounts": r"/proc/\d+/mountinfo", "listener of the filter": r"anon_inode:seccomp.*",
    "root of the cell": r"/", "file of the cell": r"/dev/null",
}


def niceness(pid):
    with open(f"/proc/{pid}/stat") as stat:
        return int(stat.read().rpartition(")")[2].split()[16])


def test_a_run_has_the_normal_priority_even_if_its_cell_was_made_ahead(start):
    """Whatever priority a keeper has while it makes a cell, keeper, first process and program have the normal one when a run starts."""
    start({"cells": {"running": 1, "keepers": N_KEEPERS}})
    kit.wait_until(lambda: kit.run(HELLO)["timing"]["cell"] == "ready")
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, {"profile": "bash", "source": "cut -d ' ' -f 19 /proc/self/stat; sleep 60", "limits": {"wall_ms": 60_000}, "id": "run"})
        kit.wait_until(lambda: any(status["Name"].strip() == "sleep" for _, status in kit.all_processes()))
        assert {niceness(pid) for pid in [*kit.processes_of_cells(), *kit.processes("exrun-keeper")]} == {0}
        assert kit.call("DELETE", "/v1/runs/run").status == 204
        assert pending.result(60)["stdout"] == "0\n"


@pytest.fixture
def ready(start):
    """A service whose keepers have done all they do ahead."""
    start({"cells": {"keepers": N_KEEPERS, "running": 1}})
    kit.wait_for_versions()
    kit.wait_until(lambda: kit.run(HELLO)["timing"]["cell"] == "ready")
    kit.wait_until(lambda: len(kit.processes_of_cells()) >= 2 * (N_KEEPERS - 1))


def front():
    found, = kit.processes("exrun-front")
    return found


def test_the_front_has_its_sockets_and_its_status_only(ready):
    # The front closes a client's socket after the client did. One of the loops only watches for clients that leave.
    kit.wait_until(lambda: kinds(front(), OF_FRONT) == ({"socket": N_KEEPERS + 1 + 2, "loop": 2, "pipe of the loop": 2, "signal of its thread": 1, "its status": 1}, []))
    first = descriptors(front())
    assert any(target.endswith(f"/{front()}/status") for target in first.values())
    assert first[0] == first[1] == "/null" and first[2].endswith("service.log")  # /dev/null, as it is called without the root that it was in
    assert len(sockets(front()) & listening()) == 2


def test_a_keeper_has_no_listener_and_no_other_s_socket(ready):
    keepers = kit.processes("exrun-keeper")
    keepers = [pid for pid in keepers if kit.status_of(pid)["Uid"].split()[0] == "0"]
    assert len(keepers) == N_KEEPERS
    seen = set()
    for pid in keepers:
        found, unknown = kinds(pid, OF_KEEPER)
        assert not unknown and found["lock of its slot"] <= 1 and 1 <= found["socket"] <= 2, (found, unknown)
        assert not sockets(pid) & (seen | listening() | sockets(front()))
        seen |= sockets(pid)


def test_the_first_process_of_a_cell_has_what_is_its_own(ready):
    of_keepers = {pid: sockets(pid) for pid in kit.processes("exrun-keeper")}
    cells = [pid for pid in kit.processes_of_cells() if int(kit.status_of(pid)["PPid"]) in of_keepers and int(kit.status_of(pid)["Uid"].split()[0]) in kit.UIDS_OF_CELLS]
    assert len(cells) >= N_KEEPERS - 1
    for pid in cells:
        found, unknown = kinds(pid, CELL)
        assert not unknown and found["socket"] == 1 and found["lock of its slot"] <= 1, (found, unknown)
        numbers = {number for target in descriptors(pid).values() for number in re.findall(r"(?:cell-|slots/)(\d+)", target)}
        assert len(numbers) == 1
        assert not sockets(pid) & (set().union(*of_keepers.values()) | sockets(front()) | listening())


def test_the_front_has_no_rights(ready):
    status = kit.status_of(front())
    uid = str(kit.UIDS_OF_CELLS.stop)
    assert status["Uid"].split() == status["Gid"].split() == [uid] * 4 and not status["Groups"].split()
    assert not [name for name, value in status.items() if name.startswith("Cap") and int(value, 16) != 0]
    assert (status["NoNewPrivs"].strip(), status["Seccomp"].strip(), status["Seccomp_filters"].strip()) == ("1", "2", "1")
    assert os.listdir(f"/proc/{front()}/root/") == [] and os.statvfs(f"/proc/{front()}/root/").f_flag & os.ST_RDONLY
    for namespace in ("mnt", "net", "ipc", "uts"):
        assert os.readlink(f"/proc/{front()}/ns/{namespace}") != os.readlink(f"/proc/self/ns/{namespace}")
    with open(f"/proc/{front()}/limits") as limits:
        assert re.search(r"Max core file size +0 +0 ", limits.read())
    with open(f"/proc/{front()}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    assert int(fields[3]) == front() and fields[4] == "0"  # a session of its own, without a terminal


def test_the_front_shares_no_memory_with_another_process(ready):
    with open(f"/proc/{front()}/maps") as maps:
        assert not [line for line in maps if line.split()[1].endswith("s")]


def test_a_program_has_the_same_filters_as_with_the_command(service, run):
    request = {"profile": "bash", "source": "while read -r line; do case $line in Seccomp*|NoNew*|Cap*) echo $line;; esac; done </proc/self/status"}
    of_service = kit.run(request)["stdout"]
    assert "Seccomp_filters" in of_service and of_service == run(request)["stdout"]
