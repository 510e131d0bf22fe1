# SPDX-License-Identifier: MIT
"""Shared by all black-box tests: the binary under test, the ways to call it, and the check that it leaves nothing behind."""
import ctypes
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve()
EXRUN = BUILD / "exrun"
GROUP = os.environ.get("EXRUN_CGROUP", "").rstrip("/") + f"/exrun-test-{os.getpid()}-{os.urandom(4).hex()}"
IS_SANITIZER_BUILD = "-fsanitize" in (BUILD / "build.ninja").read_text()
SLOWNESS = float(os.environ.get("EXRUN_SLOWNESS", 1))  # how many times slower than the machine that the bounds were set on
KEEPS_PEAK_OF_PROCESSES = tuple(map(int, os.uname().release.split(".")[:2])) >= (6, 6)  # pids.peak
PF_KTHREAD = 0x00200000  # of proc(5), stat's flags: include/linux/sched.h
CELL_UIDS = range(1_900_000_000, 1_900_016_384)


def pytest_addoption(parser):
    parser.addoption("--quick", action="store_true", help="one row of every table, without the tests that take longest")


# Tests that take more than five seconds for their one row.
SLOW = (r"test_(package|soak|examples)\.py|test_(everything_is_held|killed_writers|verdicts_with_eight|stack_protector|three_hundred_kills|.*(stands?_still|are_stopped)|signals_at_any|large_but|sizes$|a_tool_that|an_audit"
        r"|a_visitor_s_code|a_profile_of_the_operators|a_process_that_will_not_die|what_is_not_installed|no_cache_is|a_policy_that_allows|the_longest_unused)")


def keep_one_row(config, items):
    """If a table feeds a test, keeps its first row."""
    seen, kept, left_out = set(), [], []
    for item in items:
        table = item.nodeid.split("[")[0]
        is_slow = re.search(SLOW, item.nodeid) is not None
        (left_out if is_slow or table in seen else kept).append(item)
        seen.add(table)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--quick"):
        keep_one_row(config, items)


FAILED = {}


def pytest_runtest_logreport(report):
    if report.failed:
        FAILED[report.nodeid] = True


def pytest_sessionfinish(session):
    """Writes the failed tests to X.failed, beside X.xml, the results of --junitxml."""
    results = session.config.getoption("xmlpath")
    if results:
        pathlib.Path(results).with_suffix(".failed").write_text("".join(f"tests/{name}\n" for name in FAILED))


@pytest.fixture(scope="session", autouse=True)
def foster_parent():
    """Orphans of a killed exrun become our children (PR_SET_CHILD_SUBREAPER of prctl(2)), because the machine's own PID 1 may reap them late."""
    pr_set_child_subreaper = 36
    assert ctypes.CDLL(None, use_errno=True).prctl(pr_set_child_subreaper, 1, 0, 0, 0) == 0


@pytest.fixture
def exrun():
    """Calls the binary: exrun("run", "--json", "-", input=...) -> CompletedProcess with bytes."""

    def call(*args, input=b"", env=None, timeout=60, **more):
        return subprocess.run([EXRUN, *args], input=input, capture_output=True, timeout=timeout,
                              env={**os.environ, **(env or {})}, **more)

    return call


@pytest.fixture
def run(exrun):
    """Runs one request, an object or bytes that are sent unchanged: run({"profile": "php", ...}, "--best-effort") -> result."""

    def call(request, *args, env=None, timeout=60):
        done = exrun("run", "--json", *args, "-", input=encoded(request), env=env, timeout=timeout)
        assert done.returncode == 0, (done.returncode, done.stdout, done.stderr)
        return only_object(done.stdout)

    return call


@pytest.fixture
def refuse(exrun):
    """Sends a request that must be refused: refuse({"profile": 1}) -> its problem object."""

    def call(request):
        done = exrun("run", "--json", "-", input=encoded(request))
        assert done.returncode == 65, (done.returncode, done.stdout, done.stderr)
        answer = only_object(done.stdout)
        assert answer.keys() == {"v", "problem"} and answer["v"] == 1
        problem = answer["problem"]
        assert problem["title"] and problem["detail"]
        assert problem["detail"] in done.stderr.decode()
        return problem

    return call


@pytest.fixture
def as_nobody():
    """Calls a copy of the binary, with a copy of the profiles, as an unprivileged user, because not every user can read a checkout."""

    def become_nobody():
        os.setgroups([])
        os.setresgid(65534, 65534, 65534)
        os.setresuid(65534, 65534, 65534)

    with tempfile.TemporaryDirectory(prefix="nobody-") as folder:
        os.chmod(folder, 0o755)
        binary = shutil.copy(EXRUN, folder)
        profiles = shutil.copytree(ROOT / "profiles", f"{folder}/profiles")
        os.mkdir(f"{folder}/run", 0o700)
        os.chown(f"{folder}/run", 65534, 65534)
        yield lambda *args, input=b"": subprocess.run([binary, *args], input=input, capture_output=True, timeout=60, cwd="/",
                                                      preexec_fn=become_nobody,
                                                      env={**os.environ, "EXRUN_PROFILES": str(profiles), "XDG_RUNTIME_DIR": f"{folder}/run"})


def lies_within(figure, value, least, most):
    """Returns true if a usage figure is between its bounds, as far as this machine can keep them."""
    if figure in ("cpu_us", "user_us", "system_us", "wall_us"):
        most *= SLOWNESS
    if figure == "processes_peak" and not KEEPS_PEAK_OF_PROCESSES:
        least = 1  # the number seen when exrun looked
    return least <= value <= most


def cpu_of_children():
    """CPU seconds of all children that were waited for. A busy machine changes them little, unlike wall-clock time."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def encoded(request):
    """The bytes of a request as they are sent."""
    return request if isinstance(request, bytes) else json.dumps(request).encode()


def only_object(text):
    """Parses the text, which must be a single JSON object and nothing else."""
    answer = json.loads(text)
    assert isinstance(answer, dict), text
    return answer


@pytest.fixture(scope="session", autouse=True)
def own_group():
    """All cells of this session are below one cgroup, which is removed when the session ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXRUN_CGROUP", GROUP)
        subprocess.run([EXRUN, "run", "--json", "-"], input=b'{"profile": "bash", "source": "exit"}', capture_output=True, timeout=60)  # the first run creates it
        yield
    for group in own_groups():
        for directory, _, _ in os.walk(group, topdown=False):
            os.rmdir(directory)


@pytest.fixture(scope="module")
def module_s_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("module") / "cache"


@pytest.fixture(autouse=True)
def own_cache(request, tmp_path, module_s_cache, monkeypatch):
    """The cache of compiled programs is for one test only, or for all tests of its module if that sets HAS_ONE_CACHE."""
    monkeypatch.setenv("EXRUN_CACHE", str(module_s_cache if getattr(request.module, "HAS_ONE_CACHE", False) else tmp_path / "cache"))


KEPT = []  # everything that existed when the last test had ended well


@pytest.fixture(autouse=True)
def nothing_left(own_group):
    """No test leaves a process, cgroup, mount or file that did not exist before it, or after the last one. If a leftover appears late, the next test
    is blamed for it. A fixture of a module must not create such things."""
    before = KEPT.pop() if KEPT else kept_by_machine()
    yield
    after = kept_by_machine()
    left = after - before
    assert not left, "left behind: " + ", ".join(sorted(left))
    KEPT.append(after)


def kept_by_machine():
    """Everything that a run could leave, each with a descriptive name."""
    return cell_groups() | cell_processes() | mounts() | files()


def own_groups():
    """This session's cgroup in each hierarchy in which it exists."""
    hierarchies = {point for point, kind in mount_points() if kind in ("cgroup", "cgroup2")}
    return [path for path in (point + GROUP for point in sorted(hierarchies)) if os.path.isdir(path)]


def path_of_own_group(hierarchy):
    """For a cgroup that a test makes itself, beside this session's group: what removes that group removes this one, too, if the session is killed."""
    parent = hierarchy + os.path.dirname(GROUP).rstrip("/")
    return f"{parent if os.path.isdir(parent) else hierarchy}/exrun-test-{os.urandom(6).hex()}"  # suites have separate process IDs


def cell_groups():
    return {f"cgroup {directory}" for group in own_groups() for directory, _, _ in os.walk(group)
            if os.path.basename(directory).startswith("cell-")}


def cell_processes():
    """Processes with a cell's user ID or in a group of ours. Cells of others, in groups that are not ours, don't count.

    Reaps processes that have ended and wait for us, their foster parent."""
    found = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as stat:
                name, _, rest = stat.read().rpartition(")")
            if int(rest.split()[6]) & PF_KTHREAD:
                continue  # a guest has a hundred, and opens files slowly
            with open(f"/proc/{pid}/status") as status, open(f"/proc/{pid}/cgroup") as cgroup:
                uids = next(line for line in status if line.startswith("Uid:")).split()[1:]
                groups = cgroup.read()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended while we looked
        ours = GROUP + "/" in groups or GROUP + "\n" in groups
        if ours or (any(int(uid) in CELL_UIDS for uid in uids) and "/cell-" not in groups):
            state, parent, started = (rest.split()[at] for at in (0, 1, 19))
            if state == "Z" and int(parent) == os.getpid():
                os.waitpid(int(pid), 0)
            else:
                found.add(f"process {name}) started at {started}")
    return found


def mount_points():
    with open("/proc/self/mountinfo") as table:
        for line in table:
            fields = line.split()
            yield fields[4], fields[fields.index("-") + 1]


def mounts():
    return {f"mount {kind} on {point}" for point, kind in mount_points()}


def files():
    """The files in /run/exrun except lock files of slots, and files in /tmp that are named after exrun."""
    found = {f"file /tmp/{name}" for name in os.listdir("/tmp") if "exrun" in name}
    for directory, below, names in os.walk("/run/exrun"):
        if directory == "/run/exrun":
            below[:] = [name for name in below if name != "slots"]
        found |= {f"file {directory}/{name}" for name in below + names}
    return found
