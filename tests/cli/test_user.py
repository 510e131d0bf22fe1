# SPDX-License-Identifier: MIT
"""exrun as an ordinary user: in a user namespace, with a delegated group, with and without separate IDs for the cells."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

import pytest
import test_audit
import test_layers
import test_runs
import tables
from as_user import FIRST, HANDED, UNIFIED, USER, call, command, handed_over, home, ids  # noqa: F401
from conftest import BUILD, IS_SANITIZER_BUILD, ROOT, cell_groups, cell_processes, encoded, only_object


@pytest.fixture
def run(home, ids, handed_over):
    def call_run(request, *args, timeout=60):
        done = call(home, ids, "run", "--json", *args, "-", input=encoded(request), timeout=timeout)
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return only_object(done.stdout)

    return call_run


@pytest.mark.parametrize("row", [row for row in test_runs.TABLE if row.request["profile"] == "bash" or row.id.split("-", 1)[1] in ("hello", "heap", "crash")],
                         ids=lambda row: row.id)
def test_a_program_ends_as_expected(row, run, ids):
    if ids == "single" and row.request["profile"] != "bash":
        pytest.skip("with one id bash stands for all languages")
    test_runs.test_a_program_ends_as_expected(row, run)


def test_a_waiting_cell_works(home, ids, handed_over):
    """The unit test of waiting cells, as this user. It must not skip tests that need no fault points."""
    shutil.copy(BUILD / "tests/test_cell", home)
    done = call(home, ids, binary="test_cell", timeout=240)
    assert done.returncode == 0 and done.stdout.count(b"OK ]") >= 10, done


def test_the_program_has_no_rights(run, ids, home):
    source = "id -u; id -g; grep -E '^(Uid|Groups|Cap|NoNewPrivs|Seccomp)' /proc/self/status; ls /; touch /etc/x /dev/null/x /usr/x; cat /etc/shadow; kill -0 1"
    result = run({"profile": "bash", "source": source})
    lines = result["stdout"].splitlines()
    uid = 1_900_000_000 if ids == "range" else USER
    assert lines[:2] == [str(uid)] * 2
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    assert told["Uid"].split() == [str(uid)] * 4 and told["Groups"].split() == [] and told["NoNewPrivs"].strip() == "1" and told["Seccomp"].strip() == "2"
    assert all(int(told[name], 16) == 0 for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"))
    assert "unenforced" not in result and "home" not in lines and "root" not in lines
    assert result["stderr"].count("Read-only file system") == 2 and "shadow: No such file" in result["stderr"]


def test_the_files_in_proc_are_the_cell_s(run):
    source = "free -k | awk '/Mem/ {print $2}'; chmod 666 /proc/stat; echo 1 >/proc/stat; ls -d /proc/[a-z]* /proc/sys /proc/cpuinfo"
    result = run({"profile": "bash", "source": source, "limits": {"memory_bytes": 96 << 20}})
    assert result["stdout"].split() == ["98304", "/proc/cpuinfo", "/proc/self", "/proc/thread-self"]
    assert len(re.findall("Read-only file system|Permission denied|Operation not permitted", result["stderr"])) == 2


# Tries to set the CPU limit of PID 1 to zero, and gives it work: PID 1 has to reap each orphan.
END_OF_INIT = """#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    struct rlimit none = {0, 0};
    int r = prlimit(1, RLIMIT_CPU, &none, NULL);

    for (int i = 0; i < 2000; i++) {
        if (vfork() == 0)
            _exit(vfork() < 0);
        wait(NULL);
    }
    puts(r < 0 ? "held" : "changed");
}
"""


def test_pid_1_is_not_killed_by_its_limits(run):
    result = run({"profile": "c", "source": END_OF_INIT, "limits": {"cpu_ms": 10_000, "wall_ms": 20_000}})
    assert (result["verdict"], result["stdout"]) == ("ok", "held\n"), result


def test_the_host_sees_the_right_ids(home, ids, handed_over):
    """If there is a range, the program has an unused ID of the machine, and its watcher has another one."""
    expected = {FIRST, FIRST + 1} if ids == "range" else {USER}
    with start(home, ids) as process:
        deadline = time.monotonic() + 20
        while (uids := {int(line.split()[1]) for line in statuses()}) != expected:  # PID 1 gets its user ID when the program has begun
            assert time.monotonic() < deadline, uids
            time.sleep(0.05)
        process.terminate()
        assert json.loads(process.stdout.read())["verdict"] == "cancelled"


def statuses():
    """The Uid lines of all processes in the cells of our group, and of their watchers."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            text = pathlib.Path(f"/proc/{pid}/status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        if fields["State"].split()[0] != "Z" and len(fields.get("NSpid", "").split()) > 1 and fields["NSpid"].split()[-1] != pid and fields["Name"].strip() in ("exrun", "sleep"):
            yield fields["Uid"]


def start(home, ids):
    process = subprocess.Popen(**command(home, ids, "run", "--json", "-"), stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(b'{"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 50000}}')
    process.stdin.close()
    deadline = time.monotonic() + 20
    while not any("(sleep" in name for name in cell_processes()):
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.01)
    return process


def test_nothing_is_left_by_killed_runs(home, ids, handed_over):
    with start(home, ids) as process:
        process.kill()
        process.wait(20)
    deadline = time.monotonic() + 20
    while cell_processes():
        assert time.monotonic() < deadline, cell_processes()
        time.sleep(0.01)
    assert cell_groups()
    answer = only_object(call(home, ids, "clean", "--json").stdout)
    assert answer["removed"]["cgroups"]["items"] == 1 and answer["failed"] == []
    assert not cell_groups() and os.listdir(home / "run/exrun/slots") == []


def test_each_slot_has_its_own(home, handed_over):
    if not shutil.which("newuidmap"):
        pytest.skip("uidmap is not installed")
    with start(home, "range") as process:
        request = {"profile": "bash", "source": "id -u"}
        assert only_object(call(home, "range", "run", "--json", "-", input=encoded(request)).stdout)["stdout"] == f"{1_900_000_002}\n"
        process.terminate()
        process.stdout.read()


def test_without_a_group_it_is_refused_and_named(home, ids):
    request = encoded({"profile": "bash", "source": "echo fine"})
    done = call(home, ids, "run", "--json", "-", input=request)
    assert done.returncode == 69 and b'"memory" can\'t be enforced' in done.stderr, done
    result = only_object(call(home, ids, "run", "--json", "--best-effort", "-", input=request).stdout)
    assert result["stdout"] == "fine\n" and set(result["unenforced"]) >= {"memory", "processes"}


def test_soft_limits_of_the_user_bind_no_cell(home, ids, handed_over):
    """The limits of a user namespace on processes and pending signals are fixed when it is created."""
    source = "import subprocess, signal, os, ctypes\n" \
             "kept = [subprocess.Popen(['sleep', '1']) for n in range(70)]\n" \
             "timer = ctypes.c_void_p()\nprint(len(kept), ctypes.CDLL(None).timer_create(1, None, ctypes.byref(timer)))"
    done = call(home, ids, "run", "--json", "-", input=encoded({"profile": "python", "source": source, "limits": {"processes": 100}}),
                prefix="prlimit --nproc=60: --sigpending=0:")
    result = only_object(done.stdout)
    assert result.get("stdout") == "70 0\n", result


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizer that looks for leaks wants a process of its own")
def test_too_many_processes_are_reported(home, ids, handed_over):
    """No process may be added to exrun's own. This can change, so exrun says: try again."""
    done = call(home, ids, "run", "--json", "--best-effort", "-", input=encoded({"profile": "bash", "source": "echo never"}), prefix="prlimit --nproc=1:1")
    assert done.returncode == 75 and b"RLIMIT_NPROC" in done.stderr and b"try again" in done.stderr, done


@pytest.mark.parametrize("before, prefix, says", [
    # The kernel refuses to create a user namespace for a process in a chroot.
    ("mount --rbind / /mnt", "chroot /mnt", "walls"),
], ids=["chroot"])
def test_disabled_user_namespaces_are_reported(home, before, prefix, says):
    done = call(home, "single", "run", "--json", "-", input=b'{"profile": "bash", "source": "echo never"}', before=before, prefix=prefix)
    assert done.returncode == 69 and says.encode() in done.stderr and b"doctor" in done.stderr, done
    done = call(home, "single", "run", "--json", "-", input=b'{"profile": "bash", "sources": 1}', before=before, prefix=prefix)
    assert done.returncode == 65, done
    done = call(home, "single", "doctor", "--json", before=before, prefix=prefix)
    rows = {row["name"]: row for row in json.loads(done.stdout)["facilities"]}
    assert done.returncode == 69 and rows["user-namespaces"]["there"] == "no" and "max_user_namespaces" in rows["user-namespaces"]["hint"]


def test_outside_the_delegated_group_is_refused(home, handed_over):
    """The kernel lets a user move processes only below a group that the user owns."""
    if not UNIFIED:
        pytest.skip("cgroup v1 asks for no such thing")
    given = command(home, "single", "run", "--json", "-")
    given["args"][4] = given["args"][4].replace(f"{UNIFIED}{HANDED}/self/cgroup.procs", "/dev/null")
    given["env"]["EXRUN_CGROUP"] = HANDED
    done = subprocess.run(**given, input=b'{"profile": "bash", "source": "echo never"}', capture_output=True, timeout=60)
    assert done.returncode == 69 and b"inside the cgroup that is delegated to you" in done.stderr, done


@pytest.mark.parametrize("place, status, says", [
    ("/nonexistent", 78, "unset XDG_RUNTIME_DIR, whose directory does not exist"),
    ("{home}/foreign", 77, "unset XDG_RUNTIME_DIR, which belongs to another user"),
    ("{home}/range", 78, "must be directories"),
    ("{home}/squatted", 77, "set XDG_RUNTIME_DIR to a directory of yours"),
], ids=["gone", "another-s", "file", "squatted"])
def test_a_wrong_runtime_directory_is_named(home, handed_over, place, status, says):
    """The variable can still be set after the end of the session, or after su(1) or sudo(8)."""
    (home / "foreign").mkdir(mode=0o700, exist_ok=True)
    (home / "squatted/exrun").mkdir(parents=True, exist_ok=True)
    done = call(home, "single", "run", "--json", "-", input=b'{"profile": "bash", "source": "echo never"}', prefix=f"env XDG_RUNTIME_DIR={place.format(home=home)}")
    assert done.returncode == status and says.encode() in done.stderr, done


def test_a_tool_that_hangs_is_ended(home, handed_over):
    """The tool is ended, and exrun continues with the user's own ID."""
    for name in ("newuidmap", "newgidmap"):
        (home / "stuck").mkdir(exist_ok=True)
        (home / "stuck" / name).write_text("#!/bin/sh\nexec sleep 1000\n")
        (home / "stuck" / name).chmod(0o755)
    done = call(home, "range", "run", "--json", "-", input=b'{"profile": "bash", "source": "id -u"}', prefix=f"env PATH={home}/stuck:{os.environ['PATH']}", timeout=30)
    assert only_object(done.stdout)["stdout"] == f"{USER}\n", done


@pytest.mark.parametrize("broken, how", [("newuidmap", "fails"), ("newgidmap", "fails"), ("newuidmap", "absent"), ("newgidmap", "absent"), ("newuidmap newgidmap", "absent"),
                                         ("newuidmap newgidmap", "fails")], ids=lambda value: value.replace(" ", "+"))
def test_doctor_names_the_tool(home, handed_over, broken, how):
    """If one of them fails, nothing can be run, and a run says so too. If one is missing, or both fail, the user's own ID is used."""
    if not shutil.which("newuidmap"):
        pytest.skip("uidmap is not installed")
    tools = pathlib.Path(tempfile.mkdtemp(dir=home))
    tools.chmod(0o755)
    for name in ("newuidmap", "newgidmap"):
        if name not in broken.split():
            (tools / name).symlink_to(shutil.which(name))
        elif how == "fails":
            (tools / name).write_text("#!/bin/sh\nexit 1\n")
            (tools / name).chmod(0o755)
    for name in ("setpriv", "env", "sh"):
        (tools / name).symlink_to(shutil.which(name))
    prefix = f"env PATH={tools}"
    done = call(home, "range", "doctor", "--json", prefix=prefix, timeout=120)
    answer = json.loads(done.stdout)
    rows = {row["name"]: row for row in answer["facilities"]}
    done_run = call(home, "range", "run", "--json", "-", input=b'{"profile": "bash", "source": "id -u"}', prefix=prefix)
    if how == "fails" and " " not in broken:
        row = rows["user-namespaces"]
        assert done.returncode == 69 and row["there"] == "no" and row["found"].startswith(f"{broken} does not map any IDs") and f"{broken} must be set-user-ID" in row["hint"], rows
        reason = f'"walls" can\'t be enforced: {broken} does not map any IDs'
        assert done_run.returncode == 69 and reason.encode() in done_run.stderr, done_run
        languages = json.loads(call(home, "range", "profile", "list", "--json", prefix=prefix, timeout=120).stdout)["profiles"]
        assert all(row["why"] == reason + ", although its counterpart does" for row in languages if row["name"] in ("bash", "perl")), languages
        return
    row = rows["id-range"]
    assert row["there"] == "no" and all(name in row["found"] for name in broken.split()) and "uidmap" in row["hint"], row
    assert all(name in broken or name not in row["found"] for name in ("newuidmap", "newgidmap")), row
    assert only_object(done_run.stdout).get("stdout") == f"{USER}\n", done_run


# Three runs of two handles in one process.
CALLER = """
import ctypes, sys
library, answer, handle = ctypes.CDLL(sys.argv[1]), ctypes.c_char_p(), ctypes.c_void_p()
request = b'{"profile": "bash", "source": "id -u"}'
for is_new in (True, False, True):
    if is_new:
        library.exrun_open(ctypes.byref(handle), None)
        library.exrun_enter_user_namespace(handle, 1)
    library.exrun_run_text(handle, request, ctypes.c_size_t(len(request)), ctypes.byref(answer), None)
    print(answer.value.decode())
"""


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers want to be in the process before the library")
def test_a_process_runs_more_than_once(home, ids, handed_over):
    """The profiles still belong to root, even if root can't be told from others, and the IDs still exist as well."""
    shutil.copy(BUILD / "libexrun.so", home / "library")
    (home / "caller.py").write_text(CALLER)
    started = command(home, ids)
    started["args"][4] = started["args"][4].replace(f"{home}/exrun", "/usr/bin/python3")
    done = subprocess.run(args=[*started["args"], home / "caller.py", home / "library"], env=started["env"], capture_output=True, timeout=60)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    uid = 1_900_000_000 if ids == "range" else USER
    assert [answer.get("stdout", answer) for answer in answers] == [f"{uid}\n"] * 3, done


# One run of one handle, with or without a second thread, and asked or not to enter a user namespace.
THREADED = """
import ctypes, sys, threading
library, answer, handle = ctypes.CDLL(sys.argv[1]), ctypes.c_char_p(), ctypes.c_void_p()
request = b'{"profile": "bash", "source": "echo fine"}'
library.exrun_open(ctypes.byref(handle), None)
library.exrun_enter_user_namespace(handle, int(sys.argv[2]))
end = threading.Event()
threading.Thread(target=end.wait).start()
for n in range(2):
    library.exrun_run_text(handle, request, ctypes.c_size_t(len(request)), ctypes.byref(answer), None)
    print(answer.value.decode())
end.set()
"""


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers want to be in the process before the library")
@pytest.mark.parametrize("enters, says", [("1", ["walls", "process with threads", "before the first thread", "exrun run --json"]), ("0", ["walls", "exrun_enter_user_namespace()"])],
                         ids=["threads", "not-asked"])
def test_a_process_outside_a_user_namespace_is_told_why(home, ids, handed_over, enters, says):
    """The reason is the same at its second run, when nothing is tried any more."""
    shutil.copy(BUILD / "libexrun.so", home / "library")
    (home / "threaded.py").write_text(THREADED)
    started = command(home, ids)
    started["args"][4] = started["args"][4].replace(f"{home}/exrun", "/usr/bin/python3")
    done = subprocess.run(args=[*started["args"], home / "threaded.py", home / "library", enters], env=started["env"], capture_output=True, timeout=60)
    details = [json.loads(line)["problem"]["detail"] for line in done.stdout.splitlines()]
    assert len(details) == 2 and all(word in detail for word in says for detail in details), done


# Keeps as many descriptors in messages as it may, 253 a message (SCM_MAX_FD), and stays.
IN_FLIGHT = """
import socket, time
null, kept = open("/dev/null"), []
try:
    while True:
        kept.append(socket.socketpair())
        kept[-1][0].setblocking(False)
        try:
            while True:
                socket.send_fds(kept[-1][0], [b"x"], [null.fileno()] * 253)
        except BlockingIOError:
            pass
except OSError as error:
    print(error.errno, flush=True)
time.sleep(30)
"""


def test_descriptors_in_flight_of_one_cell_stop_no_other(home, ids, handed_over):
    """The kernel counts them for each user, and compares with the sender's limit (unix(7), ETOOMANYREFS). exrun sends some to its cells and back."""
    (home / "holder.py").write_text(IN_FLIGHT)
    with subprocess.Popen(**command(home, ids, "run", "--wall", "30s", home / "holder.py"), stdout=subprocess.PIPE) as holder:
        try:
            assert holder.stdout.readline() == b"109\n"
            done = call(home, ids, "run", "--json", "-", input=encoded({"profile": "bash", "source": "echo fine"}), prefix="prlimit --nofile=1024:")
            assert only_object(done.stdout).get("stdout") == "fine\n", done
            done = call(home, ids, "run", "--json", "-", input=encoded({"profile": "bash", "source": "echo fine", "limits": {"files": 1000}}), prefix="prlimit --nofile=1024:1024")
            assert ids == "range" or (done.returncode == 75 and b"too many descriptors in flight" in done.stderr), done
        finally:
            holder.terminate()


def test_an_audit_holds(home, ids, handed_over):
    """The IDs change the program's user and its power over PID 1. The whole audit runs in the guest."""
    is_quick = not IS_SANITIZER_BUILD and not test_audit.IN_GUEST
    words = ["-p", "bash"] if ids == "range" else ["--only", "processes" if is_quick else "init-user"]
    done = call(home, ids, "audit", "--json", *words, timeout=300)
    assert done.returncode == 0, (test_audit.not_held(done.stdout), done.stderr)


def test_an_audit_finds_what_is_the_user_s_own(home, handed_over):
    """If there is only one ID, the program has the user's ID, so a profile that lends the user's folder lends it to its owner."""
    path, before = home / "profiles/wide.json", f"mount -t tmpfs -o uid={USER} none /srv"
    profile = json.loads((ROOT / "profiles/python.json").read_text())
    path.write_text(json.dumps({**profile, "name": "wide", "mounts": [*profile["mounts"], "/srv"]}))
    try:
        done = call(home, "single", "audit", "--json", "-p", "wide", "--only", "processes/users*", before=before)
    finally:
        path.unlink()
    assert done.returncode == 1 and "it owns /srv" in test_audit.not_held(done.stdout), done


# On the machine itself these names are not tests, as in test_audit.py and test_layers.py.
if test_audit.IN_GUEST:
    @pytest.fixture(scope="module")
    def compiled(home):
        """The probes that the machine outside has compiled, as the user's cache."""
        folder = home / "compiled"
        if os.path.exists(test_audit.COMPILED["EXRUN_CACHE"]):
            shutil.copytree(test_audit.COMPILED["EXRUN_CACHE"], folder)
            for path in (folder, *folder.iterdir()):
                os.chown(path, USER, USER)
        return {**test_audit.COMPILED, "EXRUN_CACHE": str(folder)}

    @pytest.mark.parametrize("part", range(test_audit.PARTS))
    def test_the_whole_audit_holds(home, ids, handed_over, compiled, part):
        parts = home / f"parts-{ids}"
        parts.mkdir(exist_ok=True)
        started = command(home, ids, "audit", "--json", *test_audit.one_part(part, parts))
        started["env"].update(compiled)
        done = subprocess.run(**started, capture_output=True, timeout=500)
        assert done.returncode == 0, (test_audit.not_held(done.stdout), done.stderr)
        assert {row["outcome"] for row in json.loads(done.stdout)["probes"]} == {"held"}

    @pytest.mark.parametrize("layer", tables.SEEN_BY_USER)
    def test_a_layer_that_is_gone_is_seen(home, handed_over, layer):
        """The same as in test_layers.py, without root."""
        probe, off, said = tables.SEEN_BY_USER[layer]

        def audit(missing):
            started = command(home, "range", "audit", "--json", "--only", probe, binary="exrun-with-layers-off", groups="--groups 4,27",
                              prefix=test_layers.SHARED_BY_PARENT if layer == "propagation" else "")
            started["env"]["EXRUN_LAYER_OFF"] = missing
            done = subprocess.run(**started, capture_output=True, timeout=test_layers.PATIENCE, preexec_fn=test_layers.as_a_caller_with_much)
            return test_layers.checked(done, probe)

        assert audit("") == ("held", "")
        try:
            outcome, why = audit(off)
            print(f"{layer} -> {probe}: {why}")
            assert test_layers.is_seen(outcome, why, said), (outcome, why)
        finally:
            call(home, "range", "clean")


def test_doctor_finds_the_user_s_rights(home, ids, handed_over):
    done = call(home, ids, "doctor", "--json", timeout=120)
    answer = json.loads(done.stdout)
    rows = {row["name"]: row for row in answer["facilities"]}
    assert done.returncode == 0 and answer["healthy"], answer
    assert rows["user-namespaces"]["there"] == rows["cgroup"]["there"] == rows["user-ids"]["there"] == rows["slots"]["there"] == rows["cache"]["there"] == "yes"
    assert rows["id-range"]["there"] == ("yes" if ids == "range" else "no")
    if ids == "single":
        assert "usermod --add-subuids" in rows["id-range"]["hint"] and "uidmap" in rows["id-range"]["hint"]


def test_a_user_has_its_own_cache(run):
    request = {"profile": "c", "source": '#include <stdio.h>\nint main(void) { puts("fine"); }'}
    first, second = run(request), run(request)
    assert first["stdout"] == second["stdout"] == "fine\n" and second["compile"]["cached"] is True


def test_a_user_s_prepared_folder_is_read_only(home, ids, run):
    """With one id the program has the id of the folder's owner."""
    profile = {"v": 1, "name": "toy", "title": "toy", "entry": "main.sh", "run": ["/bin/sh", "{entry}"], "program": {"name": "sh", "package": "dash"},
               "mounts": ["/usr", "/bin", "/lib", "/lib64"], "policy": {"base": "common"},
               "prepare": {"argv": ["/bin/sh", "-c", "echo fine >/prepared/fact"]}}
    (home / "profiles/toy.json").write_text(json.dumps(profile))
    try:
        assert json.loads(call(home, ids, "cache", "warm", "--json", "toy").stdout)["profiles"][0]["state"] in ("made", "there")
        result = run({"profile": "toy", "source": "cat /prepared/fact; for word in 'chmod 777' rm touch; do $word /prepared/fact 2>&1; done"})
        assert result["stdout"].startswith("fine\n") and result["stdout"].count("Read-only file system") == 2 and "cannot touch" in result["stdout"], result
    finally:
        (home / "profiles/toy.json").unlink()


def test_a_profile_that_others_can_write_is_refused(home, ids, handed_over):
    """In the namespace, files of root and of other users look alike."""
    path = home / "profiles/theirs.json"
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    path.write_text(json.dumps({**profile, "name": "theirs", "endings": [".theirs"]}))
    try:
        for owner, mode in ((USER + 1, 0o644), (0, 0o666)):
            os.chown(path, owner, owner)
            os.chmod(path, mode)
            done = call(home, ids, "profile", "list", "--json", timeout=120)
            [row] = [row for row in json.loads(done.stdout)["profiles"] if row["name"] == "theirs"]
            assert not row["usable"] and "or others can write to it" in row["why"], row
    finally:
        path.unlink()
