# SPDX-License-Identifier: MIT
"""A limit that can't be enforced is refused, or named in the result. Hierarchies are removed in a mount namespace of the test, and limits of
the caller are set for exrun alone."""
import json
import os
import re
import resource
import subprocess

import pytest

from conftest import CELL_UIDS, EXRUN, IS_SANITIZER_BUILD, mount_points

POINTS = dict(mount_points())
V1 = {name: f"/sys/fs/cgroup/{name}" for name in ("memory", "pids", "cpuacct") if f"/sys/fs/cgroup/{name}" in POINTS}
V2 = [point for point, kind in POINTS.items() if kind == "cgroup2"]
ALL = [*V1.values(), *V2]

needs_v1 = pytest.mark.skipif(len(V1) < 3, reason="this machine's controllers are not in cgroup v1")


def call(hidden, *flags, source="echo fine", **more):
    steps = [f"umount {point}" for point in hidden] + [f"exec {EXRUN} run --json {' '.join(flags)} -"]
    return subprocess.run(["unshare", "--mount", "sh", "-c", " && ".join(steps)], timeout=60, capture_output=True,
                          input=json.dumps({"profile": "bash", "source": source, **more}).encode(), env=os.environ)


ROWS = [
    ("memory", [V1.get("memory")], ["memory"]),
    ("pids", [V1.get("pids")], ["processes"]),
    ("cpu", [V1.get("cpuacct"), *V2], ["cpu"]),
    ("all", ALL, ["memory", "processes", "cpu"]),
]


@needs_v1
@pytest.mark.parametrize("name, hidden, missing", ROWS, ids=[row[0] for row in ROWS])
def test_a_missing_controller_is_refused(name, hidden, missing):
    refused = call(hidden)
    problem = json.loads(refused.stdout)["problem"]
    assert refused.returncode == 69 and f'"{missing[0]}"' in problem["detail"] and "--best-effort" in problem["detail"]
    assert problem["detail"] in refused.stderr.decode() and "pointer" not in problem
    done = call(hidden, "--best-effort")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["verdict"], result["stdout"], result["unenforced"]) == ("ok", "fine\n", missing)


@needs_v1
def test_the_other_limits_are_still_enforced():
    result = json.loads(call(ROWS[0][1], "--best-effort", source="while :; do :; done", limits={"cpu_ms": 300, "wall_ms": 60_000}).stdout)
    assert result["verdict"] == "cpu_timeout" and result["unenforced"] == ["memory"]
    result = json.loads(call(ALL, "--best-effort", source="sleep 60 & sleep 60 & exit 3").stdout)
    assert (result["verdict"], result["exit_code"]) == ("failed", 3)


# --- hard limits of exrun's caller, which its cells inherit

MAY_RAISE = bool(int(re.search(r"CapEff:\s*(\w+)", open("/proc/self/status").read())[1], 16) & 1 << 24)  # CAP_SYS_RESOURCE
MIB = 1 << 20
# Of each kind, a value that is too low for a run of bash; with less than that, exrun itself does not work.
HARD = {"CPU": 1, "AS": 900 * MIB, "DATA": 900 * MIB, "STACK": MIB, "FSIZE": 4 * MIB, "NPROC": 400, "NOFILE": 200, "SIGPENDING": 10}
MANY = {"processes": 500}  # cells of other runs with the same ID, whose slots are elsewhere, count as well
WHAT_IT_GETS = "import resource as r; print([r.getrlimit(getattr(r, 'RLIMIT_' + n)) for n in %s])" % list(HARD)
EXPECTED = {"AS": -1, "DATA": -1, "STACK": 8 * MIB, "FSIZE": 33 * MIB, "NPROC": 500 + 1024, "NOFILE": 1024, "SIGPENDING": 256}


def what_it_gets(result, **lowered):
    """The limits as the program prints them. The CPU time is that of the profile, which has other limits in a guest."""
    values = {**dict.fromkeys(HARD), **EXPECTED, "CPU": (result["limits"]["cpu_ms"] + 999) // 1000 + 2, **lowered}
    return str([(value, value) for value in values.values()]) + "\n"


def called_with(own, *flags, **request):
    """Calls exrun with these limits of its own, {name: (soft, hard)}."""
    before = lambda: [resource.setrlimit(getattr(resource, "RLIMIT_" + name), both) for name, both in own.items()]
    return subprocess.run([EXRUN, "run", "--json", *flags, "-"], input=json.dumps(request).encode(), capture_output=True, timeout=60, preexec_fn=before)


def names_that_can_be_set(names):
    return [name for name in names if not (IS_SANITIZER_BUILD and name in ("AS", "DATA"))]  # the sanitizer reserves more than any


@pytest.mark.parametrize("name", names_that_can_be_set(HARD))
def test_a_hard_limit_of_the_caller_is_handled(name):
    """exrun raises the limit if it can. If not, the run is refused before it begins, or the result names the limit, so that no program meets it unawares."""
    limits = {name: (HARD[name], HARD[name])}
    done = called_with(limits, profile="python", source=WHAT_IT_GETS, limits=MANY)
    if MAY_RAISE:
        result = json.loads(done.stdout)
        assert result["stdout"] == what_it_gets(result), done
        return
    detail = json.loads(done.stdout)["problem"]["detail"]
    assert done.returncode == 69 and f"RLIMIT_{name} of {HARD[name]}" in detail and f"prlimit --{name.lower()}" in detail and "--best-effort" in detail, done
    assert detail in done.stderr.decode()
    result = json.loads(called_with(limits, "--best-effort", profile="python", source=WHAT_IT_GETS, limits=MANY).stdout)
    assert (result["verdict"], result["stdout"]) == ("ok", what_it_gets(result, **{name: HARD[name]})), result
    assert result["unenforced"] == [f"RLIMIT_{name}"]


def test_soft_limits_of_the_caller_are_raised():
    """exrun raises each of them."""
    limits = {name: (HARD[name], resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1]) for name in names_that_can_be_set(HARD)}
    result = json.loads(called_with(limits, profile="python", source=WHAT_IT_GETS, limits=MANY).stdout)
    assert result["stdout"] == what_it_gets(result) and "unenforced" not in result, result


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
def test_the_caller_s_cpu_time_is_not_a_crash():
    """The caller's limit kills with SIGKILL. exrun's own limit comes first and gives the reason. The result says which limit was in force."""
    result = json.loads(called_with({"CPU": (1, 1)}, "--best-effort", profile="bash", source="while :; do :; done", limits={"wall_ms": 30000}).stdout)
    assert (result["verdict"], result["limits"]["cpu_ms"], result["unenforced"]) == ("cpu_timeout", 750, ["RLIMIT_CPU"]), result
    refused = called_with({"CPU": (1, 1)}, profile="bash", source="echo", limits={"cpu_ms": 700})
    assert json.loads(refused.stdout)["verdict"] == "ok", refused


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
@pytest.mark.parametrize("profile, may_ask", [("bash", True), ("c", False)])
def test_less_is_suggested_only_if_it_helps(profile, may_ask):
    """The profile sets the compiler's time, so asking for less does not help there."""
    done = called_with({"CPU": (2, 2)}, profile=profile, source="", limits={"cpu_ms": 1800})
    assert done.returncode == 69 and (b"request less" in done.stderr) == may_ask, done


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
@pytest.mark.parametrize("flags", [[], ["--best-effort"]], ids=str)
def test_a_run_without_cpu_time_is_refused(flags):
    """The kernel kills the process that is running at a tick. That can be exrun itself, but exrun never starts a run that must be lost."""
    done = called_with({"CPU": (0, 0)}, *flags, profile="bash", source="echo never")
    if done.returncode != -9:
        assert done.returncode == 69 and b"RLIMIT_CPU of 0" in done.stderr and b"--best-effort" not in done.stderr, done


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
def test_processes_of_the_cell_s_user_are_named():
    others = [subprocess.Popen(["sleep", "60"], user=uid) for uid in CELL_UIDS[:32]]
    try:
        done = called_with({"NPROC": (0, 0)}, "--best-effort", profile="bash", source="echo never")
    finally:
        for other in others:
            other.kill()
            other.wait()
    assert done.returncode == 75 and b"more processes than RLIMIT_NPROC allows; try again" in done.stderr, done


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
@pytest.mark.parametrize("own", [{"NOFILE": (64, 64)}, {"NPROC": (520, 520)}, {"FSIZE": (8 * MIB, 8 * MIB)}], ids=str)
def test_a_limit_that_is_high_enough_is_fine(own):
    done = called_with(own, profile="bash", source="echo fine", limits={"files": 64, "processes": 510, "disk_bytes": 8 * MIB})
    result = json.loads(done.stdout)
    assert result.get("stdout") == "fine\n" and "unenforced" not in result, result


@pytest.mark.skipif(MAY_RAISE, reason="exrun raises it")
def test_doctor_names_a_hard_limit_of_the_caller():
    before = lambda: resource.setrlimit(resource.RLIMIT_CPU, (2, 2))
    done = subprocess.run([EXRUN, "doctor", "--json"], capture_output=True, timeout=100, preexec_fn=before)
    row = next(row for row in json.loads(done.stdout)["facilities"] if row["name"] == "hard-limits")
    assert done.returncode == 69 and row["there"] == "no" and "RLIMIT_CPU is 2" in row["found"] and "ulimit -H" in row["hint"], row


def test_an_old_kernel_is_reported():
    """It reports its version as 2.6, as personality(2) permits."""
    done = subprocess.run(["setarch", "--uname-2.6", EXRUN, "run", "--json", "--best-effort", "-"], capture_output=True, timeout=60,
                          input=b'{"profile": "bash", "source": ""}')
    assert done.returncode == 69 and b'"cells" can\'t be enforced on this machine; run Linux 5.14 or newer' in done.stderr, done
    told = subprocess.run(["setarch", "--uname-2.6", EXRUN, "doctor"], capture_output=True, timeout=100)
    assert told.returncode == 69 and b"run Linux 5.14 or newer" in told.stdout
