# SPDX-License-Identifier: MIT
"""Each protection by itself, even if another one comes before it: the program reads of its own cell that it is in force."""
import json
import os
import subprocess

import pytest

from conftest import EXRUN

WRITABLE = {"/box", "/tmp", "/dev/shm"}


def ask(run, expression, **request):
    """The result of a Python expression in a cell, by way of JSON."""
    result = run({"profile": "python", "source": f"import json, os, resource\nprint(json.dumps({expression}))", **request})
    assert result["verdict"] == "ok", result
    return json.loads(result["stdout"])


def test_mounts_are_restricted(run):
    lines = ask(run, "open('/proc/self/mountinfo').read().splitlines()")
    options = {}
    for line in lines:
        fields = line.split()
        options[fields[4]] = (set(fields[5].split(",")), fields[fields.index("-") + 1])
    assert {"/", "/usr", "/proc", *WRITABLE} <= options.keys()
    for point, (has, kind) in options.items():
        assert "nosuid" in has, point
        assert "nodev" in has or point == "/", point  # the root holds the five nodes of /dev
        assert ("rw" if point in WRITABLE or kind == "proc" else "ro") in has, (point, has)
        assert "noexec" in has or point not in (*WRITABLE, "/", "/proc"), (point, has)


def test_only_compiled_languages_execute_their_files(run):
    source = "cp /bin/true mine; chmod 755 mine; ./mine && echo ran"
    result = run({"profile": "bash", "source": source})
    assert result["stdout"] == "" and "Permission denied" in result["stderr"]


@pytest.mark.parametrize("name", ["cgroup", "ipc", "mnt", "net", "pid", "uts"])
def test_namespace_is_its_own(run, name):
    assert ask(run, f"os.readlink('/proc/self/ns/{name}')") != os.readlink(f"/proc/self/ns/{name}")


def test_the_cgroup_hides_its_path(run):
    groups = ask(run, "open('/proc/self/cgroup').read().splitlines()")
    assert all(line.split(":", 2)[2] in ("/", "/..") or "cell" not in line for line in groups)
    bounded = [line for line in groups if line.split(":")[1] in ("memory", "pids", "")]
    assert bounded and all(line.endswith(":/") for line in bounded), groups


def test_session_and_limits_are_set(run):
    assert ask(run, "[os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid()]") == [True, True]
    assert ask(run, "resource.getrlimit(resource.RLIMIT_CORE)") == [1, 1]
    assert ask(run, "resource.getrlimit(resource.RLIMIT_NOFILE)", limits={"files": 77}) == [77, 77]


def test_groups_of_the_caller_are_gone():
    request = json.dumps({"profile": "python", "source": "import os; print(os.getgroups())"}).encode()
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=request, capture_output=True, timeout=60,
                          preexec_fn=lambda: os.setgroups([0, 4, 27]))
    assert json.loads(done.stdout)["stdout"] == "[]\n"


@pytest.mark.parametrize("body", [
    'long r = syscall(0x40000000 | 39); printf("%ld", r);',
    'long r; __asm__ volatile("int $0x80" : "=a"(r) : "a"(20)); printf("%ld", r);',
], ids=["x32", "i386"])
def test_calls_of_other_architectures_are_denied(run, body):
    result = run({"profile": "c", "source": "#include <stdio.h>\n#include <sys/syscall.h>\n#include <unistd.h>\n"
                                            f"int main(void) {{ {body} return 0; }}\n"})
    assert result["verdict"] == "denied" and result["stdout"] == "", result
    assert "another architecture" in result["denied"]["what"]
