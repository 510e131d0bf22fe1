# SPDX-License-Identifier: MIT
"""`exrun clean` removes leftovers of dead runs, and keeps runs that are alive."""
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, cell_groups, cell_processes, own_groups

SLEEPER = json.dumps({"profile": "bash", "source": "sleep 60 & sleep 60", "limits": {"wall_ms": 50_000}}).encode()
RUNTIME = "/run/exrun"
SLOTS = f"{RUNTIME}/slots"
NOTHING = {"cgroups": 0, "processes": 0, "slots": 0, "sockets": 0}


def start():
    process = subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(SLEEPER)
    process.stdin.close()
    return process


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def clean(exrun, *words, status=0):
    done = exrun("clean", "--json", *words)
    assert done.returncode == status, done
    answer = json.loads(done.stdout)
    return {kind: count["items"] for kind, count in answer["removed"].items()}, answer


def sleepers():
    return sum("(sleep" in name for name in cell_processes())


@pytest.fixture
def running():
    """Starts sleepers. Those that still run at the end are cancelled."""
    processes = []

    def call(n):
        before, asleep = len(cell_groups()), sleepers()
        processes.extend(start() for _ in range(n))
        wait_for(lambda: sleepers() >= asleep + 2 * n and len(cell_groups()) > before)
        return processes[-n:]

    yield call
    for process in processes:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def kill(process):
    process.kill()
    process.wait(20)


def test_a_slot_s_file_names_its_owner(running):
    [process] = running(1)
    with open("/proc/sys/kernel/random/boot_id") as file:
        boot = file.read().strip()
    lines = [open(f"{SLOTS}/{name}").read() for name in os.listdir(SLOTS)]
    assert any(line.startswith(f"boot {boot} pid ") and " taken 1" in line for line in lines), lines
    assert process.poll() is None


def test_clean_can_have_nothing_to_do(exrun):
    clean(exrun)
    assert clean(exrun)[0] == NOTHING
    assert exrun("clean").stdout == b"removed 0 cgroups, 0 processes, 0 slots, 0 sockets (0 bytes of memory)\n"


def test_the_dead_go_and_the_living_stay(exrun, running):
    clean(exrun)
    living, dead = running(1), running(2)
    for process in dead:
        kill(process)
    wait_for(lambda: sleepers() == 2)
    groups = cell_groups()
    seen, answer = clean(exrun, "--dry-run")
    assert seen["cgroups"] == 2 and seen["slots"] == 2 and answer["dry_run"] is True and cell_groups() == groups
    assert clean(exrun, "--older-than", "1h")[0]["cgroups"] == 0 and cell_groups() == groups
    assert clean(exrun)[0]["cgroups"] == 2
    assert len({name.rsplit("/", 1)[1] for name in cell_groups()}) == 1
    assert clean(exrun)[0] == NOTHING
    assert living[0].poll() is None


def test_processes_in_a_dead_group_are_killed(exrun):
    """An old kernel, or a cell whose parent-death signal was lost, would leave processes like these."""
    with subprocess.Popen(["sleep", "60"]) as process:
        for group in own_groups():
            os.mkdir(f"{group}/cell-3999")
            with open(f"{group}/cell-3999/cgroup.procs", "w") as procs:
                procs.write(str(process.pid))
        seen, answer = clean(exrun)
        assert process.wait(20) == -signal.SIGKILL
    assert seen["cgroups"] == 1 and seen["processes"] == 1 and answer["failed"] == []


def test_busy_leftovers_are_reported_and_found_later(exrun, run):
    foreign = [f"{group}/cell-0/foreign" for group in own_groups()]
    for path in foreign:
        os.makedirs(path)
    try:
        began = time.monotonic()
        assert run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n"
        assert time.monotonic() - began < 10
        # A slot is shared by the whole machine, so another run can hold its lock for a moment.
        wait_for(lambda: exrun("clean").returncode == 1)
        seen, answer = clean(exrun, status=1)
        assert [(one["kind"], one["name"]) for one in answer["failed"]] == [("cgroups", "cell-0")] and seen["cgroups"] == 0
        done = exrun("clean")
        assert done.returncode == 1 and b"could not remove cell-0: " in done.stdout
    finally:
        for path in foreign:
            os.rmdir(path)
    assert clean(exrun)[0]["cgroups"] == 1


def test_groups_of_other_names_are_not_touched(exrun):
    others = [f"{group}/{name}" for group in own_groups() for name in ("cell", "cell-", "cell-x", "cell-99999", "mine", "cell-1x")]
    for path in others:
        os.mkdir(path)
    clean(exrun)
    assert all(os.path.isdir(path) for path in others)
    for path in others:
        os.rmdir(path)


@pytest.mark.parametrize("text", ["", "boot 00000000-0000-0000-0000-000000000000 pid 1 taken 1\n", "\0\xff nonsense", "x" * 100_000])
def test_only_its_lock_says_whether_a_slot_s_file_is_stale(exrun, text):
    clean(exrun)
    path = f"{SLOTS}/4000"
    with open(path, "w") as file:
        file.write(text)
    assert clean(exrun)[0]["slots"] == 1 and not os.path.exists(path)


def in_own_run(script):
    """Runs in a mount namespace with its own empty /run."""
    return subprocess.run(["unshare", "--mount", "sh", "-c", "mount -t tmpfs none /run && " + script], capture_output=True,
                          timeout=60, env={**os.environ, "EXRUN": str(EXRUN)})


@pytest.mark.parametrize("name, make, status", [
    ("link", "mkdir /run/real && ln -s real /run/exrun", 78),
    ("file", "touch /run/exrun", 78),
    ("open", "mkdir /run/exrun && chmod 777 /run/exrun", 77),
    ("foreign", "mkdir -m 700 /run/exrun && chown 12345 /run/exrun", 77),
    ("slots-link", "mkdir -m 700 /run/exrun /run/real && ln -s ../real /run/exrun/slots", 78),
    ("slots-open", "mkdir -m 700 /run/exrun && mkdir /run/exrun/slots && chmod 777 /run/exrun/slots", 77),
    ("slots-foreign", "mkdir -m 700 /run/exrun /run/exrun/slots && chown 12345 /run/exrun/slots", 77),
    ("read-only", "mkdir -m 700 /run/exrun && mount -t tmpfs -o ro,mode=700 none /run/exrun", 69),
    ("full", "mkdir -m 700 /run/exrun && mount -t tmpfs -o nr_inodes=2,mode=700 none /run/exrun && mkdir -m 700 /run/exrun/slots", 75),
])
def test_a_lease_directory_that_can_t_be_used_is_refused(name, make, status):
    """Every command ends with the same status and object."""
    done = in_own_run(make + """ && echo '{"profile": "bash", "source": "echo never"}' | $EXRUN run --json -; echo $?; $EXRUN clean --json; echo $?""")
    problem, first, same, second = done.stdout.splitlines()
    if name == "full":  # the directory does not exist, so there is nothing to remove
        assert "removed" in json.loads(same) and second == b"0"
    else:
        assert problem == same and second == first
    assert int(first) == status and json.loads(problem)["problem"]["detail"].startswith("/run/exrun: can't be used for leases"), done
    assert b"/run/exrun: can't be used for leases" in done.stderr


def test_odd_things_among_the_slots_are_skipped_and_reported():
    done = in_own_run("""mkdir -m 700 /run/exrun /run/exrun/slots && cd /run/exrun/slots && mkdir 0 && ln -s /etc/passwd 1 && mkfifo 2 && touch 07 &&
        echo '{"profile": "bash", "source": "echo fine; id -u"}' | $EXRUN run --json -; ls; $EXRUN clean --json; echo $?""")
    result, *names, cleaned, status = done.stdout.splitlines()
    assert json.loads(result)["stdout"].split() == ["fine", str(1_900_000_000 + 2 * 3)] and names == [b"0", b"07", b"1", b"2"]
    assert [(one["kind"], one["name"]) for one in json.loads(cleaned)["failed"]] == [("slots", "0"), ("slots", "1"), ("slots", "2")]
    assert json.loads(cleaned)["removed"]["slots"]["items"] == 0 and status == b"1"


def test_a_living_run_is_spared_even_without_its_slot_s_file(exrun, run, running):
    """/run/exrun was removed, or exrun was started with another one. The cell's groups show that it is alive."""
    [process] = running(1)
    shutil.rmtree(SLOTS)
    seen, answer = clean(exrun, "--dry-run")
    assert seen["cgroups"] == seen["slots"] == 0 and not os.path.exists(SLOTS)
    assert clean(exrun)[0]["cgroups"] == 0
    assert run({"profile": "bash", "source": "echo $UID"})["stdout"] != f"{1_900_000_000}\n"
    assert in_own_run("$EXRUN clean").returncode == 0
    assert process.poll() is None and sum("(sleep" in name for name in cell_processes()) == 2
    kill(process)
    wait_for(lambda: not cell_processes())
    assert clean(exrun)[0]["cgroups"] == 1


def test_two_with_slots_elsewhere_do_not_meet(exrun):
    """Each has its own slot 0, but both have the same parent group. A run is refused now and then, but neither ends a run of the other."""
    script = "for i in $(seq 40); do $EXRUN run --json - <<<'{\"profile\": \"bash\", \"source\": \"echo fine\"}' 2>/dev/null; done"
    both = [subprocess.Popen(["unshare", "--mount", "bash", "-c", "mount -t tmpfs none /run && " + script], stdout=subprocess.PIPE, env={**os.environ, "EXRUN": str(EXRUN)})
            for _ in range(2)]
    answers = [json.loads(line) for process in both for line in process.communicate(timeout=100)[0].splitlines()]
    assert len(answers) == 80
    results = [answer for answer in answers if "problem" not in answer]
    assert len(results) > 40 and {result["stdout"] for result in results} == {"fine\n"}
    refused = [answer["problem"]["detail"] for answer in answers if "problem" in answer]
    assert sum("try again" not in detail for detail in refused) <= 4, refused
    exrun("clean")


@pytest.mark.parametrize("name, make", [
    ("read-only", "for point in $(awk '/ - cgroup/ { print $5 }' /proc/self/mountinfo); do mount -o remount,bind,ro $point; done"),
    ("hidden", "mount -t tmpfs none /sys/fs/cgroup"),
])
def test_groups_out_of_reach_are_reported_and_kept(exrun, name, make):
    clean(exrun)
    for group in own_groups():
        os.mkdir(f"{group}/cell-4001")
    with open(f"{SLOTS}/4001", "w"):
        pass
    done = subprocess.run(["unshare", "--mount", "sh", "-c", make + "; $EXRUN clean --json"], capture_output=True, timeout=60,
                          env={**os.environ, "EXRUN": str(EXRUN)})
    assert done.returncode == 69 and "leftovers of dead runs" in json.loads(done.stdout)["problem"]["detail"], done
    assert os.path.exists(f"{SLOTS}/4001")
    assert clean(exrun)[0] == {**NOTHING, "cgroups": 1, "slots": 1}


def test_age_is_the_slot_s(exrun):
    """The kernel keeps the times of the groups themselves only as long as it likes."""
    clean(exrun)
    for group in own_groups():
        os.mkdir(f"{group}/cell-4002")
    with open(f"{SLOTS}/4002", "w"):
        pass
    os.utime(f"{SLOTS}/4002", (time.time() - 100.02, time.time() - 100.02))
    assert clean(exrun, "--older-than", "100999ms")[0]["slots"] == 0
    assert clean(exrun, "--older-than", "100001ms")[0] == {**NOTHING, "cgroups": 1, "slots": 1}


def test_leftovers_below_another_parent_are_found(exrun, monkeypatch):
    monkeypatch.setenv("EXRUN_CGROUP", os.environ["EXRUN_CGROUP"] + "/another")
    process = start()
    wait_for(lambda: sleepers() == 2)
    kill(process)
    wait_for(lambda: not cell_processes())
    groups = cell_groups()
    monkeypatch.setenv("EXRUN_CGROUP", os.environ["EXRUN_CGROUP"].rsplit("/", 1)[0])
    assert groups and clean(exrun)[0]["slots"] == 1 and not cell_groups()


def test_looking_creates_nothing(exrun, monkeypatch):
    monkeypatch.setenv("EXRUN_CGROUP", os.environ["EXRUN_CGROUP"] + "/fresh")
    clean(exrun, "--dry-run")
    clean(exrun)
    assert not any(os.path.exists(f"{group}/fresh") for group in own_groups())


def test_clean_runs_beside_runs_and_itself(exrun, run):
    def both(n):
        return run({"profile": "bash", "source": f"echo {n}"})["stdout"] if n % 3 else exrun("clean").returncode

    with ThreadPoolExecutor(8) as pool:
        for n, answer in enumerate(pool.map(both, range(120))):
            assert answer == (f"{n}\n" if n % 3 else 0), (n, answer)


@pytest.fixture
def listening():
    """listening(name) -> a socket in the directory of exrun's. It is removed if nothing else has done so."""
    paths = []

    def call(name):
        paths.append(f"{RUNTIME}/{name}")
        one = socket.socket(socket.AF_UNIX)
        one.bind(paths[-1])
        one.listen()
        return one

    yield call
    for path in filter(os.path.exists, paths):
        os.unlink(path)


def test_sockets_of_a_killed_service_go_and_others_stay(exrun, listening):
    clean(exrun)
    living, dead, other = (listening(name) for name in ("exrun.sock", "admin.sock", "other.sock"))
    dead.close()
    other.close()
    with living:
        assert clean(exrun, "--dry-run")[0] == {**NOTHING, "sockets": 1} and os.path.exists(f"{RUNTIME}/admin.sock")
        assert clean(exrun, "--older-than", "1h")[0] == NOTHING and os.path.exists(f"{RUNTIME}/admin.sock")
        assert clean(exrun)[0] == {**NOTHING, "sockets": 1} and not os.path.exists(f"{RUNTIME}/admin.sock")
        assert clean(exrun)[0] == NOTHING and os.path.exists(f"{RUNTIME}/exrun.sock")
    assert exrun("clean", "--dry-run").stdout == b"would remove 0 cgroups, 0 processes, 0 slots, 1 sockets (0 bytes of memory)\n"
    assert clean(exrun)[0] == {**NOTHING, "sockets": 1} and not os.path.exists(f"{RUNTIME}/exrun.sock")
    assert os.path.exists(f"{RUNTIME}/other.sock")


@pytest.mark.parametrize("make", [lambda path: open(path, "w").close(), lambda path: os.symlink("other.sock", path), os.mkdir, os.mkfifo], ids=["file", "link", "directory", "fifo"])
def test_only_sockets_are_removed(exrun, listening, make):
    listening("other.sock").close()
    path = f"{RUNTIME}/exrun.sock"
    make(path)
    try:
        assert clean(exrun)[0] == NOTHING and os.path.lexists(path) and os.path.exists(f"{RUNTIME}/other.sock")
    finally:
        os.rmdir(path) if os.path.isdir(path) else os.unlink(path)


def test_a_socket_that_can_t_be_removed_is_reported():
    done = in_own_run("""mkdir -m 755 /run/exrun && mkdir -m 700 /run/exrun/slots && perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => "/run/exrun/exrun.sock", Listen => 1) or die' &&
        mount --bind /run/exrun/slots /run/exrun/slots && mount -o remount,bind,ro /run && $EXRUN clean --json; echo $?""")
    cleaned, status = done.stdout.splitlines()
    assert [(one["kind"], one["name"]) for one in json.loads(cleaned)["failed"]] == [("sockets", "exrun.sock")] and status == b"1", done


def test_wrong_usage_is_refused(exrun, as_nobody):
    for words in (["--frob"], ["x"], ["--older-than"], ["--older-than", "soon"], ["--cache", "x"]):
        assert exrun("clean", *words).returncode == 64, words
    assert b"Exit status 0" in exrun("clean", "--help").stdout
    assert as_nobody("clean").returncode in (77, 71)
