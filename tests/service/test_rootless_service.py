# SPDX-License-Identifier: MIT
"""The service of an ordinary user: in one user namespace, with a delegated group, with and without separate IDs."""
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import BUILD, EXRUN, ROOT, cell_groups, cell_processes, encoded, only_object

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import as_user  # noqa: E402
import serving as kit  # noqa: E402
from as_user import FIRST, USER, handed_over, home, ids  # noqa: E402, F401
from manager import Manager  # noqa: E402

N_SLOTS = 4096
HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
# Shows what a program has, and tries to signal PID 1.
RIGHTS = {"profile": "bash", "source": "id -u; id -g; grep -E '^(Uid|Gid|Groups|Cap|NoNewPrivs|Seccomp)' /proc/self/status; ls /; cat /proc/self/net/unix | wc -l; kill -0 1"}


class Users:
    """The user's exrun, and the sockets of the user's service."""

    def __init__(self, home, ids):
        self.home, self.ids = home, ids
        self.socket, self.admin = (f"{home}/run/exrun/{name}.sock" for name in ("exrun", "admin"))

    def exrun(self, *arguments, **more):
        return as_user.call(self.home, self.ids, *arguments, **more)

    def command(self, *arguments, **more):
        return as_user.command(self.home, self.ids, *arguments, **more)

    def run(self, request):
        return kit.run(request, address=self.socket)

    def status(self):
        done = self.exrun("status", "--json")
        assert done.returncode == 0, done
        return only_object(done.stdout)

    def config(self, config, owner=0, mode=0o644):
        path = self.home / "exrun.json"
        path.write_text(json.dumps(config))
        os.chmod(path, mode)
        os.chown(path, owner, owner)
        return path


@pytest.fixture
def users(home, ids, handed_over):
    yield Users(home, ids)
    (home / "exrun.json").unlink(missing_ok=True)


@pytest.fixture
def begin(tmp_path):
    """Starts a service: begin(users, "serve", ...) -> Service. It must end well when the test ends."""
    started = []

    def call(users, *arguments, address=None, **more):
        started.append(kit.Service(EXRUN, tmp_path, wrap=lambda *_: users.command(*arguments, **more), address=address or users.socket))
        return started[-1].wait_until_ready()

    yield call
    for one in started:
        assert one.stop() in (0, -signal.SIGKILL), one.log.read_text()


@pytest.fixture
def start(users, begin):
    """Starts the service of @users, whose configuration belongs to root: start({"cells": {...}}) -> Service."""
    return lambda config=None: begin(users, "serve", "--config", users.config(config or {}))


@pytest.fixture
def service(start):
    return start()


def front():
    found, = (pid for pid, status in kit.all_processes() if status["Name"].strip() == "exrun-front")
    return found


def of_status(pid, *names):
    status = kit.status_of(pid)
    return [status[name].split() for name in names]


def namespace(kind, pid="self"):
    return os.readlink(f"/proc/{pid}/ns/{kind}")


def without_figures(result):
    """The result without the members that differ between two runs of the same program."""
    kept = {name: value for name, value in result.items() if name not in ("id", "timing", "usage", "cached", "reclaim_us", "unreclaimed", "output_url")}
    for one in kept.get("artifacts", ()):
        one.pop("url", None)
    return {**kept, "compile": without_figures(kept["compile"])} if "compile" in kept else kept


@pytest.mark.parametrize("request_", [
    HELLO, RIGHTS, {"profile": "bash", "source": "exit 7"}, {"profile": "bash", "source": "cat", "stdin": "given"}, {"profile": "bash", "source": "kill -SEGV $$"},
    {"profile": "bash", "source": "while :; do :; done", "limits": {"cpu_ms": 300}}, {"profile": "bash", "source": "echo x >kept; touch /x", "artifacts": ["kept"]},
    {"profile": "python", "source": "x = bytearray(2**29)", "limits": {"memory_bytes": 2**26}}, {"profile": "c", "source": '#include <stdio.h>\nint main(void) { puts("compiled"); }'},
    {"profile": "c", "source": "int main(void) {"}, {"profile": "bash", "source": "unshare -U true"},
], ids=["hello", "rights", "status", "stdin", "crash", "cpu", "artifact", "memory", "compile", "compile-failed", "denied"])
def test_a_program_ends_as_with_the_command(service, users, request_):
    kit.wait_until(lambda: request_["profile"] in kit.versions(users.socket), 60)
    done = users.exrun("run", "--json", "-", input=encoded(request_))
    assert done.returncode == 0, done
    of_command, of_service = only_object(done.stdout), users.run(request_)
    assert "unenforced" not in of_service and of_service["verdict"] not in ("error", "cancelled")
    slot = re.compile(r"(?<!\d)19000\d{5}(?!\d)")  # its own slot's ID
    assert slot.sub("ID", json.dumps(without_figures(of_service))) == slot.sub("ID", json.dumps(without_figures(of_command)))


def test_cells_are_made_ahead(service, users):
    kit.wait_until(lambda: users.run(HELLO)["timing"]["cell"] == "ready")
    assert users.status()["verdicts"]["error"] == 0


def test_the_front_has_no_rights(service, ids):
    names = [name for name in kit.status_of(front()) if name.startswith("Cap")]
    assert len(names) == 5 and all(int(value, 16) == 0 for value, in of_status(front(), *names))  # in its own user namespace
    assert of_status(front(), "NoNewPrivs", "Seccomp", "Seccomp_filters") == [["1"], ["2"], ["1"]]
    uid = str(FIRST + 2 * N_SLOTS if ids == "range" else USER)
    assert of_status(front(), "Uid", "Gid", "Groups") == [[uid] * 4, [uid] * 4, []]
    assert os.listdir(f"/proc/{front()}/root/") == [] and os.statvfs(f"/proc/{front()}/root/").f_flag & os.ST_RDONLY
    assert namespace("user", front()) == namespace("user", service.process.pid) != namespace("user")
    for kind in ("mnt", "net", "ipc", "uts"):
        assert namespace(kind, front()) not in (namespace(kind), namespace(kind, service.process.pid))


def test_the_other_processes_are_the_user_s(service, users):
    """They have no rights outside of their user namespace, which is one for all."""
    kit.wait_until(lambda: users.status()["keepers"]["ready"] >= 1)
    keepers = [pid for pid, status in kit.all_processes() if status["Name"].strip() == "exrun-keeper" and int(status["PPid"]) == service.process.pid]
    assert keepers
    for pid in (service.process.pid, *keepers):
        assert of_status(pid, "Uid", "Gid") == [[str(USER)] * 4] * 2
        assert namespace("user", pid) == namespace("user", service.process.pid) != namespace("user")


def test_the_program_of_a_cell_made_ahead_has_no_rights(service, users, ids):
    kit.wait_until(lambda: users.run(HELLO)["timing"]["cell"] == "ready")
    lines = users.run(RIGHTS)["stdout"].splitlines()
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    uid = int(lines[0])
    assert told["Uid"].split() == told["Gid"].split() == [lines[1]] * 4 and told["Groups"].split() == []
    assert uid == USER if ids == "single" else uid in kit.UIDS_OF_CELLS
    assert all(int(told[name], 16) == 0 for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) and told["Seccomp"].strip() == "2"
    assert "1" in lines  # no socket but the head of the table: neither the keeper's nor another run's


def test_the_sockets_are_the_user_s(service, users):
    for path in (users.socket, users.admin):
        found = os.stat(path)
        assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (USER, USER, 0o600)
    assert not os.path.exists(kit.SOCKET) and not os.path.exists(kit.ADMIN)
    assert kit.call("GET", "/v1/status", address=users.admin).status == 200 and kit.call("GET", "/v1/status", address=users.socket).status == 403


def test_the_start_says_if_the_front_has_the_user_s_id(service, ids):
    assert service.stop() == 0
    assert ("the front has your own user ID" in service.log.read_text()) == (ids == "single")


def test_status_asks_the_user_s_own_service(service, users):
    assert users.status()["uptime_ms"] > 0
    assert users.exrun("status").stdout.startswith(b"exrun ")
    done = subprocess.run([EXRUN, "status"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 69 and kit.ADMIN in done.stderr, done
    done = users.exrun("status", prefix=f"env XDG_RUNTIME_DIR={users.home}/profiles")
    assert done.returncode == 69 and b"start it (exrun serve), or ask root's service (sudo exrun status)" in done.stderr, done


def test_a_second_service_is_refused(service, users):
    done = users.exrun("serve")
    assert done.returncode == 69 and b"another process already listens on the socket" in done.stderr, done
    assert users.run(HELLO)["stdout"] == "hello\n"


def leases(users):
    """The files of slots. Beside them is an empty directory, on which keepers mount."""
    return [name for name in os.listdir(users.home / "run/exrun/slots") if name != "root"]


def test_a_drain_ends_after_the_accepted_runs(service, users):
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(users.run, {**SLEEP, "id": "last"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/last", address=users.socket).json.get("state") == "running")
        service.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: users.status()["draining"])
        assert kit.call("DELETE", "/v1/runs/last", address=users.socket).status == 204
        assert pending.result(60)["verdict"] == "cancelled"
    assert service.stop() == 0
    assert os.listdir(users.home / "run/exrun") == ["slots"] and not leases(users) and not cell_groups()
    assert only_object(users.exrun("clean", "--json").stdout)["removed"]["cgroups"]["items"] == 0


def test_clean_removes_what_a_killed_service_left(start, users):
    one = start()
    kit.wait_until(lambda: users.status()["keepers"]["ready"] >= 1)
    with contextlib.closing(kit.Connection(users.socket)) as connection:
        connection.request("POST", "/v1/runs", json.dumps({**SLEEP, "id": "killed"}), {"Content-Type": "application/json"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/killed", address=users.socket).json.get("state") == "running")
        one.stop(by=signal.SIGKILL)
    kit.wait_until(lambda: not cell_processes())
    assert cell_groups()
    answer = only_object(users.exrun("clean", "--json").stdout)
    assert answer["removed"]["cgroups"]["items"] >= 1 and answer["removed"]["sockets"]["items"] == 2 and answer["failed"] == []
    assert not cell_groups() and not leases(users) and os.listdir(users.home / "run/exrun") == ["slots"]
    start()
    assert users.run(HELLO)["stdout"] == "hello\n"


def test_killed_processes_are_started_again(service, users):
    kit.wait_until(lambda: users.status()["keepers"]["ready"] >= 1)
    os.kill(front(), signal.SIGKILL)
    kit.wait_until(lambda: users.exrun("status").returncode == 0 and users.status()["restarts"]["front"] == 1)
    service.wait_until_ready()
    assert users.run(HELLO)["stdout"] == "hello\n"


@pytest.mark.parametrize("owner, mode, fine", [(0, 0o644, True), (USER, 0o600, True), (USER + 7, 0o644, False), (0, 0o666, False)], ids=["root-s", "own", "another-s", "writable"])
def test_a_configuration_is_checked(users, owner, mode, fine):
    done = users.exrun("serve", "--check", "--config", users.config({"cells": {"running": 1}}, owner, mode))
    if fine:
        assert done.returncode == 0 and done.stdout == b"The configuration and the profiles are fine.\n" and done.stderr == b"", done
    else:
        assert done.returncode == 78 and b"is not owned by root or you, or others can write to it" in done.stderr, done


def test_the_check_needs_no_group(home, ids):
    done = as_user.call(home, ids, "serve", "--check")
    assert done.returncode == 0, done


def test_only_root_can_give_a_socket_to_a_group(users):
    path = users.config({"listen": [{"address": f"unix:{users.socket}", "group": "daemon"}]})
    done = users.exrun("serve", "--check", "--config", path)
    assert done.returncode == 78 and b'only root can give a socket to the group "daemon"' in done.stderr, done


@pytest.mark.parametrize("count, refused", [(3, True), (4, True), (5, False), (6, False)])
def test_a_small_range_has_few_keepers(home, handed_over, begin, count, refused):
    """Two IDs for each keeper, and the last one for the front."""
    if not shutil.which("newuidmap"):
        pytest.skip("uidmap is not installed")
    (home / "small").write_text(f"tester:{FIRST}:{count}\n")
    users = Users(home, "small")
    arguments = "serve", "--config", users.config({"cells": {"running": 1, "keepers": 2}})
    done = users.exrun(*arguments, "--check")
    assert (done.returncode == 78 and b"cells.keepers" in done.stderr and b"is 2, but there are user IDs for 1 cells" in done.stderr) if refused else done.returncode == 0, done
    if refused:
        return
    begin(users, *arguments)
    assert users.run(HELLO)["stdout"] == "hello\n"
    last = str(FIRST + count - 1)
    assert [pid for pid, status in kit.all_processes() if last in status["Uid"].split()] == [front()]


def test_without_a_group_it_is_refused(home, ids):
    done = as_user.call(home, ids, "serve")
    assert done.returncode == 69 and b'"memory" can\'t be enforced' in done.stderr and b"Delegate=yes" in done.stderr and b"best-effort" not in done.stderr, done


def test_disabled_user_namespaces_are_reported(home):
    """The kernel refuses to create a user namespace for a process in a chroot."""
    done = as_user.call(home, "single", "serve", before="mount --rbind / /mnt", prefix="chroot /mnt")
    assert done.returncode == 69 and b'"walls" can\'t be enforced' in done.stderr and b"doctor" in done.stderr, done


@pytest.mark.parametrize("place, status, says", [
    ("/nonexistent", 78, "unset XDG_RUNTIME_DIR, whose directory does not exist"), ("{home}/foreign", 77, "unset XDG_RUNTIME_DIR, which belongs to another user"),
    ("{home}/run/" + "long" * 30, 78, "set XDG_RUNTIME_DIR to a directory with a shorter path"),
], ids=["gone", "another-s", "long"])
def test_a_wrong_runtime_directory_is_named(users, place, status, says):
    folder = place.format(home=users.home)
    if "long" in place:
        os.makedirs(folder, 0o700, exist_ok=True)
        os.chown(folder, USER, USER)
    (users.home / "foreign").mkdir(mode=0o700, exist_ok=True)
    done = users.exrun("serve", prefix=f"env XDG_RUNTIME_DIR={folder}")
    assert done.returncode == status and says.encode() in done.stderr, done


def test_a_socket_elsewhere_is_refused_if_the_user_may_not_write_there(users):
    done = users.exrun("serve", "--listen", "unix:/run/exrun-of-root.sock")
    assert done.returncode == 77 and b"--listen" in done.stderr, done


def test_outside_the_delegated_group_it_is_refused(users):
    """The kernel lets a user move processes only below a group that the user owns."""
    if not as_user.UNIFIED:
        pytest.skip("cgroup v1 asks for no such thing")
    given = users.command("serve")
    given["args"][4] = given["args"][4].replace(f"{as_user.UNIFIED}{as_user.HANDED}/self/cgroup.procs", "/dev/null")
    given["env"]["EXRUN_CGROUP"] = as_user.HANDED
    done = subprocess.run(**given, capture_output=True, timeout=60)
    assert done.returncode == 69 and b"inside the cgroup that is delegated to you" in done.stderr, done
    assert not leases(users)


def test_without_a_runtime_directory_the_sockets_are_in_tmp(home, handed_over, begin):
    users, place = Users(home, "single"), f"/tmp/exrun-{USER}"
    try:
        one = begin(users, "serve", address=f"{place}/exrun.sock", prefix="env -u XDG_RUNTIME_DIR")
        assert kit.run(HELLO, address=one.address)["stdout"] == "hello\n"
        assert users.exrun("status", prefix="env -u XDG_RUNTIME_DIR").returncode == 0
        assert one.stop() == 0
    finally:
        shutil.rmtree(place, ignore_errors=True)


def test_it_reports_to_the_user_s_manager_and_takes_its_socket(users, tmp_path):
    """The variables are read, and the socket is taken, before and after the service has entered its user namespace."""
    place = f"{users.home}/run/exrun"
    os.makedirs(place, 0o755, exist_ok=True)
    os.chown(place, USER, USER)
    with contextlib.closing(Manager(users.home)) as manager:
        os.chmod(manager.listen_for_notifications().address, 0o777)
        manager.hold(f"unix:{users.socket}")
        os.chown(users.socket, USER, USER)
        of_manager = manager.wrap(WATCHDOG_USEC="1000000")()
        command = users.command("serve", prefix="sh -c 'export LISTEN_PID=$$; exec \"$@\"' sh")
        names = ("NOTIFY_SOCKET", "WATCHDOG_USEC", "LISTEN_FDS")
        given = {**of_manager, "args": command["args"], "env": {**command["env"], **{name: of_manager["env"][name] for name in names}}}
        one = kit.Service(EXRUN, tmp_path, wrap=lambda *_: given, address=users.socket)
        assert manager.hear()["READY"] == "1" and manager.hear_of("WATCHDOG")["WATCHDOG"] == "1", one.log.read_text()
        assert users.run(HELLO)["stdout"] == "hello\n"
        one.process.send_signal(signal.SIGHUP)
        assert manager.hear_of("RELOADING") and "Has loaded" in manager.hear_of("READY")["STATUS"]
        assert one.stop() == 0 and manager.hear_of("STOPPING")
        assert os.path.exists(users.socket)


def test_a_log_of_the_user(users, begin):
    folder = users.home / "logs"
    folder.mkdir(mode=0o700)
    os.chown(folder, USER, USER)
    config = users.config({"log": {"path": f"{folder}/runs.jsonl"}}, owner=USER, mode=0o600)
    one = begin(users, "serve", "--config", str(config))
    assert users.run(HELLO)["verdict"] == "ok"
    assert one.stop() == 0
    path = folder / "runs.jsonl"
    found = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["verdict"] for line in found if line["event"] == "run"] == ["ok"]
    assert path.stat().st_uid == USER and stat.S_IMODE(path.stat().st_mode) == 0o640
    shutil.rmtree(folder)


def test_interpreters_wait_in_the_cells_of_a_user(users, begin, monkeypatch):
    """In the same way, except that they start at the usual priority, because a user can't raise it again."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="shim-", dir="/var/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("EXRUN_SHIM", str(shutil.copy(BUILD / "sandbox/park.so", folder)))
    profiles = folder / "profiles"
    shutil.copytree(users.home / "profiles", profiles)
    for path in profiles.glob("*.json"):
        profile = json.loads(path.read_text())
        if profile.get("warm", "none") != "none":
            path.write_text(json.dumps({**profile, "mounts": [*profile["mounts"], str(folder)]}))
    try:
        begin(users, "serve", "--config", users.config({}), "--profiles", profiles)
        warm = {path.stem for path in profiles.glob("*.json") if json.loads(path.read_text()).get("warm", "none") != "none"}
        kit.wait_until(lambda: {one["name"] for one in users.status()["profiles"] if one["warm"] == "on"} == warm, 60)
        kit.wait_until(lambda: warm <= set(kit.versions(users.socket)), 60)
        for request in ({"profile": "bash", "source": "echo $0; nice; cat /etc/ld.so.preload"}, {"profile": "php", "source": "<?php echo __FILE__, ini_get('memory_limit');"},
                        {"profile": "python", "source": "print(__file__)"}, {"profile": "ruby", "source": "puts __FILE__"}):
            parked = kit.wait_until(lambda: (one := users.run(request))["timing"]["cell"] == "parked" and one, 60)
            done = users.exrun("run", "--json", "--profiles", profiles, "-", input=encoded(request))
            assert without_figures(parked) == without_figures(only_object(done.stdout))
    finally:
        shutil.rmtree(folder)


def test_a_page_whose_files_belong_to_root(users, begin, monkeypatch):
    """The user namespace does not show that they do, so the manifest is looked at before, and a changed one is not trusted."""
    web = users.home / "web"
    shutil.copytree(ROOT / "web/dist", web)
    monkeypatch.setenv("EXRUN_WEB", str(web))
    path = f"{users.home}/run/page.sock"
    try:
        service = begin(users, "serve", "--config", users.config({"listen": [{"address": f"unix:{users.socket}"}, {"address": f"unix:{path}", "page": True, "hosts": ["play.example"]}]}))
        answer = kit.call("GET", "/play", headers={"Host": "play.example"}, address=path)
        assert answer.status == 200 and answer.content == (web / "play.html").read_bytes()
        (web / "manifest.json").write_text((web / "manifest.json").read_text() + " ")
        service.process.send_signal(signal.SIGHUP)
        kit.wait_until(lambda: "goes on with the configuration" in service.log.read_text())
        assert f"{web}/manifest.json: is not owned by root or you" in service.log.read_text()
        assert kit.call("GET", "/play", headers={"Host": "play.example"}, address=path).status == 200
    finally:
        shutil.rmtree(web)
