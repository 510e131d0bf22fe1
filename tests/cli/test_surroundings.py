# SPDX-License-Identifier: MIT
"""The state that exrun inherits from its caller must not change the result."""
import ctypes
import json
import os
import resource
import signal
import subprocess
import sys

import pytest

from conftest import CELL_UIDS, EXRUN, IS_SANITIZER_BUILD

REQUEST = json.dumps({"profile": "bash", "source": "sleep 0.1 & wait; echo fine"}).encode()


def call(before, args=("run", "--json", "-"), env=None):
    return subprocess.run([EXRUN, *args], input=REQUEST, capture_output=True, timeout=60, preexec_fn=before,
                          env={**os.environ, **(env or {})})


@pytest.mark.parametrize("before", [
    lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN),
    lambda: signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32)),
    lambda: os.umask(0o777),
    lambda: os.chdir("/proc/self"),
    lambda: os.setsid(),
    lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, resource.getrlimit(resource.RLIMIT_NOFILE)[1])),
    lambda: [os.dup2(0, n) for n in range(3, 60)],
    lambda: os.close(2),
], ids=["ignored-children", "blocked-signals", "umask", "odd-directory", "session", "few-files", "many-descriptors", "no-stderr"])
def test_the_caller_s_state_does_not_matter(before):
    done = call(before)
    assert done.returncode == 0, done
    result = json.loads(done.stdout)
    assert (result["verdict"], result["stdout"]) == ("ok", "fine\n")


def cpus_that_are_allowed():
    """The number of CPUs that the cpuset allows, whichever of them this process chose."""
    code = "import os; os.sched_setaffinity(0, range(os.cpu_count())); print(len(os.sched_getaffinity(0)))"
    return int(subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).stdout)


SEEN = """import os
print(os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0), len(os.sched_getaffinity(0)), int(open('/proc/self/personality').read(), 16))"""


@pytest.mark.parametrize("before", [
    lambda: None,
    lambda: os.setpriority(os.PRIO_PROCESS, 0, -7),
    lambda: os.setpriority(os.PRIO_PROCESS, 0, 7),
    lambda: os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0)),
    lambda: os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0)),
    lambda: os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}),
    lambda: ctypes.CDLL(None).personality(0x0040000),  # ADDR_NO_RANDOMIZE
], ids=["nothing", "urgent", "nice", "batch", "idle", "one-cpu", "personality"])
def test_caller_s_scheduling_and_personality_are_not_the_program_s(before):
    request = json.dumps({"profile": "python", "source": SEEN}).encode()
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=request, capture_output=True, timeout=60, preexec_fn=before)
    assert json.loads(done.stdout)["stdout"] == f"0 0 {cpus_that_are_allowed()} 0\n", done


def merge_pages():
    assert ctypes.CDLL(None).prctl(67, 1, 0, 0, 0) == 0  # PR_SET_MEMORY_MERGE


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the kernel looks at each page of the 20 TiB that AddressSanitizer reserves, which takes minutes")
@pytest.mark.skipif(ctypes.CDLL(None).prctl(68, 0, 0, 0, 0) < 0, reason="this kernel has no PR_GET_MEMORY_MERGE (Linux 6.4)")
def test_caller_s_pages_are_merged_and_the_program_s_are_not():
    """If pages were merged, a program could learn from the time of a write whether other programs have the same page."""
    source = "print(open('/proc/self/ksm_stat').read())"
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps({"profile": "python", "source": source}).encode(), capture_output=True,
                          timeout=60, preexec_fn=merge_pages)
    assert "ksm_merge_any: no" in json.loads(done.stdout)["stdout"], done


def ignore_all():
    """Ignores all signals, including those that libc keeps for itself (32 and 33)."""
    for number in range(1, 65):
        ctypes.CDLL(None).syscall(13, number, ctypes.byref((ctypes.c_uint64 * 4)(1, 0, 0, 0)), None, 8)  # rt_sigaction, SIG_IGN


def test_caller_ignores_signals_and_the_program_does_not():
    request = json.dumps({"profile": "bash", "source": "grep SigIgn /proc/self/status"}).encode()
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=request, capture_output=True, timeout=60, preexec_fn=ignore_all)
    assert json.loads(done.stdout)["stdout"] == f"SigIgn:\t{1 << signal.SIGXFSZ - 1:016x}\n", done


def test_the_login_id_is_the_program_s_own_and_stays(run):
    """A program can't choose a login ID for the host's audit log. If the caller has one, it stays."""
    caller = open("/proc/self/loginuid").read()
    uid, chosen = run({"profile": "bash", "source": "cat /proc/self/loginuid; echo; { echo 5 >/proc/self/loginuid; } 2>&1 | tail -c 24"})["stdout"].splitlines()
    assert uid == caller if caller != "4294967295" else int(uid) in CELL_UIDS
    assert chosen == "Operation not permitted"


def test_a_run_needs_no_stdin(tmp_path):
    path = tmp_path / "cat.sh"
    path.write_text("cat; echo fine")
    done = call(lambda: os.close(0), args=("run", path))
    assert (done.returncode, done.stdout) == (0, b"fine\n")


def test_an_unwritable_answer_is_not_a_success():
    assert call(lambda: os.close(1)).returncode == 74
    with open("/dev/full", "wb") as full:
        done = subprocess.run([EXRUN, "run", "--json", "-"], input=REQUEST, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 74 and b"can't write the answer" in done.stderr


@pytest.mark.parametrize("group", ["exrun", "/", "/a/../b", "/..", "//a", "/a/"])
def test_odd_parent_group_is_refused(group):
    done = call(None, env={"EXRUN_CGROUP": group})
    assert done.returncode == 78 and b"EXRUN_CGROUP" in done.stderr


def test_nobody_has_no_groups(as_nobody):
    """See test_user.py for users with groups."""
    done = as_nobody("run", "--json", "-", input=REQUEST)
    assert done.returncode == 69 and b'"memory" can\'t be enforced' in done.stderr, done


@pytest.mark.parametrize("source, text", [
    ("import os; print(sorted(os.environ))", "['HOME', 'LANG', 'PATH', 'TMPDIR', 'TZ', 'USER']"),
])
def test_the_caller_s_environment_stays_outside(exrun, source, text):
    done = exrun("run", "--json", "-", input=json.dumps({"profile": "python", "source": source}).encode(),
                 env={"SECRET": "x", "LD_DEBUG": "", "PYTHONSTARTUP": "/etc/passwd"})
    assert text in json.loads(done.stdout)["stdout"]
