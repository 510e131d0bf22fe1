# SPDX-License-Identifier: MIT
"""Everything that a program leaves behind on purpose is gone when its result is printed (conftest.nothing_left checks after each test)."""
import json
import os
import pathlib
import shutil
import subprocess
import time

import pytest

from conftest import CELL_UIDS, EXRUN, cell_groups, cell_processes, own_groups, path_of_own_group

MIB = 1 << 20
HEAD = ("#define _GNU_SOURCE\n#include <fcntl.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <signal.h>\n#include <string.h>\n"
        "#include <sys/stat.h>\n#include <sys/wait.h>\n#include <unistd.h>\nint main(void) {\n")
LARGE = {"disk_bytes": 512 * MIB, "memory_bytes": 1024 * MIB, "cpu_ms": 30_000, "wall_ms": 50_000}

PYTHON = {
    "closed-directories": "import os\nfor d in '/tmp', '/box', '/dev/shm':\n    os.makedirs(d + '/a/b/c')\n    open(d + '/a/b/c/f', 'w').close()\n"
                          "    for p in '/a/b/c', '/a/b', '/a': os.chmod(d + p, 0)\nprint('left')",
    "deep": "import os\nos.chdir('/tmp')\nfor i in range(3000): os.mkdir('d'); os.chdir('d')\nopen('f', 'w').close()\nprint('left')",
    "odd-names": "import os\nos.chdir(b'/tmp')\nfor n in b'a\\nb', b'\\x1b[31m', b'\\xff\\xfe', b'x' * 255, b'-rf *', b' ', b'$(id)', b'\\\\', b'\\t', b'..a':\n"
                 "    os.mkdir(n); open(n + b'/' + n, 'w').close()\nprint('left')",
    "fifos-and-sockets": "import os, socket\nfor i in range(200):\n    os.mkfifo(f'/tmp/p{i}')\n    s = socket.socket(socket.AF_UNIX)\n"
                         "    s.bind(f'/tmp/s{i}'); s.listen(); s.detach()\nprint('left')",
    "full": "import os\nf = open('/tmp/f', 'wb', 0)\ntry:\n    while f.write(b'x' * (1 << 20)): pass\nexcept OSError: pass\nprint('left')",
    "links": "import os\nos.chdir('/tmp')\nopen('f', 'w').close()\nfor i in range(500): os.link('f', f'h{i}'); os.symlink('/etc/passwd', f's{i}')\n"
             "os.symlink('.', 'loop'); os.symlink('nowhere', 'dangling')\nprint('left')",
    "open-and-unlinked": "import mmap, os\nfor i in range(50):\n    f = open(f'/tmp/{i}', 'w+b'); f.write(b'x' * 100000); f.flush()\n"
                         "    m = mmap.mmap(f.fileno(), 100000); os.unlink(f'/tmp/{i}')\n    if os.fork() == 0:\n        os.setsid(); import time; time.sleep(60)\n"
                         "    if i == 20: break\nprint('left')",
    "stopped": "import os, signal, time\nfor i in range(8):\n    if os.fork() == 0: os.setsid(); os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(0.2)\nprint('left')",
    "terminal-tricks": "import os\nfor s in range(1, 65):\n    try:\n        import signal; signal.signal(s, signal.SIG_IGN)\n    except (OSError, ValueError): pass\n"
                       "for i in range(8):\n    if os.fork() == 0:\n        os.setsid()\n        while True: pass\nprint('left')",
}


@pytest.mark.parametrize("name", PYTHON)
def test_python_s_leftovers_are_gone(name, run):
    result = run({"profile": "python", "source": PYTHON[name], "limits": {"wall_ms": 30_000, "cpu_ms": 10_000}})
    assert result["verdict"] == "ok" and result["stdout"] == "left\n", result
    assert "unreclaimed" not in result and result["timing"]["reclaim_us"] > 0


def test_a_hundred_thousand_files_are_gone(run):
    source = HEAD + 'for (int i = 0; i < 100000; i++) { char n[32]; snprintf(n, 32, "/tmp/%d", i);\nint f = open(n, O_CREAT | O_WRONLY, 0);' \
                    ' if (f < 0) return 1; close(f); }\nputs("left"); return 0; }\n'
    result = run({"profile": "c", "source": source, "limits": LARGE})
    assert result["stdout"] == "left\n" and "unreclaimed" not in result, result


def test_a_wait_that_no_signal_ends_is_ended(run):
    """vfork(2): the parent waits in the kernel until its child execs or ends."""
    source = HEAD + "for (int i = 0; i < 4; i++) if (fork() == 0) { setsid(); if (vfork() == 0) for (;;) pause(); _exit(0); }\n" \
                    'usleep(100000); puts("left"); return 0; }\n'
    result = run({"profile": "c", "source": source})
    assert result["verdict"] == "ok" and result["stdout"] == "left\n" and "unreclaimed" not in result, result


def test_an_endless_fork_is_ended(run):
    source = HEAD + 'signal(SIGCHLD, SIG_IGN); for (int i = 0; i < 8; i++) if (fork() == 0) { for (;;) if (fork() > 0) _exit(0); }\n' \
                    'usleep(100000); puts("left"); fflush(stdout); return 0; }\n'
    for _ in range(5):
        result = run({"profile": "c", "source": source, "limits": {"processes": 64, "cpu_ms": 10_000}})
        assert result["verdict"] == "ok" and result["stdout"] == "left\n" and "unreclaimed" not in result, result
    assert not cell_processes()


def test_a_busy_group_is_reported_and_found_later(exrun):
    """If another process creates a group within a cell's group, that can't be removed, and the result says so."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps({"profile": "bash", "source": "sleep 1; echo fine"}).encode())
        process.stdin.close()
        deadline = time.monotonic() + 20
        while not any("(sleep" in name for name in cell_processes()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        name = {group.rsplit("/", 1)[1] for group in cell_groups()}.pop()
        foreign = [f"{group}/{name}/foreign" for group in own_groups()]
        for path in foreign:
            os.mkdir(path)
        result = json.loads(process.stdout.read())
    try:
        assert result["verdict"] == "ok" and result["stdout"] == "fine\n" and result["unreclaimed"] == ["cgroup"], result
        assert result["timing"]["reclaim_us"] < 20_000_000
        assert exrun("clean").returncode == 1
    finally:
        for path in foreign:
            os.rmdir(path)
    assert json.loads(exrun("clean", "--json").stdout)["removed"]["cgroups"]["items"] == 1


FREEZER = "/sys/fs/cgroup/freezer"


@pytest.mark.skipif(not os.path.exists(FREEZER), reason="only the freezer of cgroup v1 makes a process that no signal ends")
def test_a_stuck_process_is_reported_and_found_later(exrun):
    """The result still comes. A wait for a disk or a server that is gone looks like this."""
    frozen = path_of_own_group(FREEZER)
    os.mkdir(frozen)
    try:
        with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(json.dumps({"profile": "bash", "source": "echo fine; sleep 50 & sleep 1", "limits": {"wall_ms": 50_000}}).encode())
            process.stdin.close()
            deadline = time.monotonic() + 20
            while not (found := [pid for pid in sleepers() if pathlib.Path(f"/proc/{pid}/cmdline").read_bytes() == b"sleep\x0050\0"]):
                assert time.monotonic() < deadline
                time.sleep(0.01)
            for path, text in (("cgroup.procs", str(found[0])), ("freezer.state", "FROZEN")):
                with open(f"{frozen}/{path}", "w") as file:
                    file.write(text)
            result = json.loads(process.stdout.read())
            assert process.wait(20) == 0
        assert result["verdict"] == "ok" and result["stdout"] == "fine\n" and result["unreclaimed"] == ["processes", "cgroup"], result
        assert result["timing"]["reclaim_us"] >= 1_000_000
        assert exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "echo fine"}').returncode == 0
    finally:
        with open(f"{frozen}/freezer.state", "w") as file:
            file.write("THAWED")
        deadline = time.monotonic() + 20
        while cell_processes():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.rmdir(frozen)
    assert json.loads(exrun("clean", "--json").stdout)["removed"]["cgroups"]["items"] == 1


def sleepers():
    """The process IDs of each `sleep` that runs as a cell's user."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{pid}").st_uid in CELL_UIDS and open(f"/proc/{pid}/comm").read() == "sleep\n":
                found.append(int(pid))
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


@pytest.mark.skipif(not shutil.which("sudo"), reason="sudo is not installed; test_reader_that_goes_away covers the rest")
def test_a_worker_that_is_killed_ends_the_run_through_sudo():
    began_and_ended(["sudo", "-n", "-E", str(EXRUN), "run", "--json", "-"])


def test_a_worker_that_is_killed_ends_the_run_through_a_shell():
    began_and_ended(["sh", "-c", f"{EXRUN} run --json -; true"])


def began_and_ended(command):
    worker = subprocess.Popen(["/usr/bin/python3", "-c", f"import subprocess, sys\nsubprocess.run({command!r}, input=sys.argv[1].encode(), "
                               "stdout=subprocess.PIPE)", json.dumps({"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 50_000}})])
    deadline = time.monotonic() + 20
    while not any("(sleep" in name for name in cell_processes()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    worker.kill()
    worker.wait(20)
    gone = time.monotonic()
    while cell_processes() or cell_groups():
        assert time.monotonic() < gone + 5, "the run goes on without anybody who waits for it"
        time.sleep(0.005)


def names_in_memory():
    """The number of file names that the kernel keeps (proc_sys_fs(5), dentry-state: nr_dentry), including those of files that don't exist."""
    with open("/proc/sys/fs/dentry-state") as file:
        return int(file.read().split()[0])


IN_GUEST = "EXRUN_IN_GUEST" in os.environ
SEARCH = {"lent": "-e \"/usr/share/none-$r-$_\"", "lent-below": "-e \"/usr/lib/none-$r-$_/x\"", "own": "-e \"/tmp/none-$_\""}


@pytest.mark.parametrize("where", SEARCH)
def test_missing_names_are_forgotten(run, where):
    """The kernel remembers each missing name, 150,000 in a run, on the host's file system, until memory runs short. A cell must not leave them."""
    n_names = 4_000 if IN_GUEST else 100_000  # in a guest, each look-up goes to the host

    def are_forgotten():
        before = names_in_memory()
        result = run({"profile": "perl", "source": f"$r = rand; {SEARCH[where]} for 1 .. {n_names}", "limits": {"cpu_ms": 20_000, "wall_ms": 50_000}})
        assert result["verdict"] == "ok"
        return names_in_memory() - before < n_names // 5

    assert any(are_forgotten() for _ in range(3))  # suites that run beside this one have names, too
