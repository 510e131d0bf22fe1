# SPDX-License-Identifier: MIT
"""The cell's own files in /proc, for profiles with "proc": "files": the tools that read them, and nothing else of the machine."""
import json
import os
import re
import shutil
import time

import pytest

from conftest import ROOT
from test_surroundings import cpus_that_are_allowed

FILES = {"cpuinfo", "stat", "meminfo", "uptime", "loadavg", "version"}
WITH_FILES = {"bash", "javascript", "python"}
MIB = 1 << 20


def output(run, profile, source, memory=96 * MIB):
    result = run({"profile": profile, "source": source, "limits": {"memory_bytes": memory}})
    assert (result["verdict"], result["stderr"]) == ("ok", ""), result
    return result["stdout"]


def test_node_counts_cpus_and_memory(run):
    source = """const os = require('os');
    const first = os.cpus()[0];
    console.log(JSON.stringify([os.cpus().length, first.model, first.times.idle > 0, os.totalmem(), os.freemem(), os.loadavg(), os.uptime()]));"""
    *told, uptime = json.loads(output(run, "javascript", source))
    assert told == [cpus_that_are_allowed(), "virtual CPU", True, 96 * MIB, 96 * MIB, [0, 0, 0]]
    assert abs(uptime - time.clock_gettime(time.CLOCK_BOOTTIME)) < 60


def test_the_heap_of_node_does_not_depend_on_the_files(run):
    """V8 chooses a smaller space for new objects if the machine has little memory, which costs a fifth more time."""
    assert int(output(run, "javascript", "console.log(require('v8').getHeapStatistics().heap_size_limit)", memory=128 * MIB)) == (128 + 3 * 16) * MIB


@pytest.mark.parametrize("source, told", [
    ("ps -ef", r"UID +PID +PPID .*\nbox +2 +1 .* /bin/bash main\.sh\nbox +3 +2 .* ps -ef\n"),
    ("ps aux", r"USER .*\nbox +2 .*main\.sh\nbox +3 .*ps aux\n"),
    ("free -m", r" +total .*\nMem: +96 +0 +96 +0 +0 +96\nSwap: +0 +0 +0\n"),
    ("uptime", r" \d\d:\d\d:\d\d up .* load average: 0\.00, 0\.00, 0\.00\n"),
    ("top -b -n 1 | head -n 4", r"top - .*\nTasks: .*\n%Cpu.*100\.0 id.*\nMiB Mem : +96\.0 total.*\n"),
], ids=["ps", "ps-aux", "free", "uptime", "top"])
def test_a_tool_works(run, source, told):
    if not shutil.which(source.split()[0]):
        pytest.skip("procps is not installed")
    assert re.fullmatch(told, output(run, "bash", source))


def test_a_process_has_started_just_now(run):
    """The kernel counts from the machine's start, and the files must count from there as well."""
    source = """import os, time
    ticks = int(open('/proc/self/stat').read().rsplit(')', 1)[1].split()[19]) / os.sysconf('SC_CLK_TCK')
    [boot] = [int(line.split()[1]) for line in open('/proc/stat') if line.startswith('btime')]
    print(time.time() - (boot + ticks), float(open('/proc/uptime').read().split()[0]) - ticks)"""
    age, before = map(float, output(run, "python", source.replace("\n    ", "\n")).split())
    assert -1.5 < age < 10 and -10 < before < 1.5


def test_files_have_the_forms_of_the_kernel_s(run):
    """Each line's name or number of figures is one of those on this machine."""
    for name, form in {"cpuinfo": r"[\w ]+\t+: |$", "stat": r"(cpu\d*( +\d+){10}|\w+ \d+)$", "meminfo": r"\w+: +\d+ kB$", "uptime": r"\d+\.\d\d \d+\.\d\d$",
                       "loadavg": r"(\d+\.\d\d ){3}\d+/\d+ \d+$", "version": r"Linux version \S+ .*$"}.items():
        lines = output(run, "bash", f"cat /proc/{name}").splitlines()
        assert lines and all(re.match(form, line) for line in lines), (name, lines)
        known = {re.match(r"[^:\d]*", line)[0] for line in open(f"/proc/{name}").read().splitlines()}
        assert name == "version" or {re.match(r"[^:\d]*", line)[0] for line in lines} <= known, name
    assert output(run, "bash", "cat /proc/version") == f"Linux version {os.uname().release} {os.uname().version}\n"


@pytest.mark.parametrize("profile, source", [
    ("bash", "cd /proc && ls -d [a-z]*; ls -d {0} 2>/dev/null; true"),
    ("python", "import os; print(*(n for n in os.listdir('/proc') if not n.isdigit()), *(n for n in '{0}'.split() if os.path.lexists('/proc/' + n)))"),
    ("perl", "opendir(D, '/proc'); print join ' ', grep({{!/^[.\\d]/}} readdir D), grep {{lstat \"/proc/$_\"}} split / /, '{0}'"),
], ids=lambda value: value if value.isalpha() else "")
def test_nothing_else_is_found(run, profile, source):
    """Not even by the names that this machine's /proc has."""
    names = [name for name in os.listdir("/proc") if not name.isdigit()]
    assert FILES | {"sys", "cmdline", "interrupts"} <= set(names)
    found = output(run, profile, source.format(" ".join(names))).split()
    assert set(found) == {"self", "thread-self"} | (FILES if profile in WITH_FILES else set())


def test_three_profiles_ask_for_them():
    asking = {path.stem for path in (ROOT / "profiles").glob("*.json") if json.loads(path.read_text()).get("proc")}
    assert asking == WITH_FILES


def test_a_profile_that_does_not_ask_has_none(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    del profile["proc"]
    (tmp_path / "bash.json").write_text(json.dumps(profile))
    done = exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "ls /proc/cpuinfo; ls -d /proc/self"}', env={"EXRUN_PROFILES": str(tmp_path)})
    assert json.loads(done.stdout)["stdout"] == "/proc/self\n"


def test_the_caller_s_cpus_are_not_counted(run):
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        count = output(run, "bash", "grep -c ^processor /proc/cpuinfo")
    finally:
        os.sched_setaffinity(0, allowed)
    assert int(count) == cpus_that_are_allowed()
