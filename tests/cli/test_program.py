# SPDX-License-Identifier: MIT
"""The member "program" of a result names the language and its version, which the profile's command prints, and which is found out once."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

import pytest

from conftest import EXRUN, ROOT

PROFILES = {path.stem: json.loads(path.read_text()) for path in (ROOT / "profiles").glob("*.json") if path.stem != "profile.schema"}


def printed(name):
    """The number in what the command prints on this machine, outside of a cell."""
    argv = PROFILES[name]["program"]["version"]
    said = subprocess.run(argv, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/local/bin:/usr/bin:/bin"})
    return re.search(r"\d+\.\d+[\w.]*", (said.stdout or said.stderr).strip().splitlines()[0])[0]


def expected(name):
    title = PROFILES[name]["title"]
    return f"{title if title not in ('Python 3', 'Lua 5.4') else title.split()[0]} {printed(name)}"


@pytest.mark.parametrize("name", PROFILES)
def test_a_result_names_the_language_and_its_version(run, name):
    request = {"profile": name, "source": "x"}
    assert run(request)["program"] == expected(name)
    assert run(request)["program"] == expected(name)


TOY = {"v": 1, "name": "toy", "title": "Toy", "entry": "main.sh", "program": {"name": "bash", "package": "bash", "version": ["/bin/sh", "-c", "echo 1.2"]},
       "run": ["/bin/sh", "{entry}"], "mounts": ["/usr", "/bin", "/lib", "/lib64"], "policy": {"base": "common"}, "etc": {}}
RUN = {"profile": "toy", "source": "echo ran"}


@pytest.fixture
def toy(run, tmp_path):
    """toy(script, title=...) -> the result of a program in a language whose version this script prints."""
    folder = tmp_path / "profiles"
    folder.mkdir()

    def call(script, *args, title="Toy", env=None, timeout=60):
        (folder / "toy.json").write_text(json.dumps({**TOY, "title": title, "program": {**TOY["program"], "version": ["/bin/sh", "-c", script, *args]}}))
        result = run(RUN, "--profiles", folder, env=env, timeout=timeout)
        assert result["stdout"] == "ran\n" and result["verdict"] == "ok"
        return result

    call.folder = folder
    return call


@pytest.fixture
def visible():
    """A folder that cells see. /usr/local/lib belongs to each toolchain (cache/toolchain.c), and other suites run beside this one."""
    with tempfile.TemporaryDirectory(prefix="exrun-test-", dir="/usr/local/share") as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


@pytest.mark.parametrize("said, title, program", [
    ("1.2", "Toy", "Toy 1.2"), ("v1.2.3", "Toy", "Toy 1.2.3"), ("toy5 version 1.2.3rc1 (x86_64, 2024-01-01)", "Toy", "Toy 1.2.3rc1"), ("7", "Toy", "Toy 7"), ("toy 7-beta.", "Toy", "Toy 7-beta"),
    ("nightly", "Toy", "Toy nightly"), ("\\n\\n  1.2  \\nmore 3.4\\n", "Toy", "Toy 1.2"), ("1.2\\r\\n", "Toy", "Toy 1.2"), ("3.11.2", "Python 3", "Python 3.11.2"), ("3", "Python 3", "Python 3"),
    ("31.2", "Python 3", "Python 3 31.2"), ("3.11", "Lua 3.1", "Lua 3.1 3.11"), ("4.1", "C (gcc)", "C (gcc) 4.1"), ("1.2", "Zażółć", "Zażółć 1.2"), ('1.2"\\\\', "Toy", "Toy 1.2"), ("x" * 128, "Toy", "Toy " + "x" * 128),
])
def test_the_number_is_taken_from_the_words(toy, said, title, program):
    assert toy(f"printf '{said}'", title=title)["program"] == program


def test_stderr_counts_if_stdout_is_empty(toy):
    assert toy("echo 1.2 >&2")["program"] == "Toy 1.2"


# The command does not print a version. Nothing else changes, and it is not started again at the next run.
NONE = {
    "fails": "echo 1.2; exit 1", "crashes": "echo 1.2; kill -SEGV $$", "prints-nothing": "true", "prints-blanks": "printf ' \\n\\t\\n'", "prints-1-MB": "head -c 1000000 /dev/zero | tr '\\0' 1",
    "prints-1-MB-of-lines": "yes 1.2 | head -c 1000000", "prints-bytes": "printf '1.2\\377\\n'", "prints-an-escape": "printf '\\033[31m1.2\\n'", "prints-a-nul": "printf '1.2\\0\\n'", "prints-utf-8": "echo 1.2ż",
    "prints-129-bytes": "printf %0129d 1", "prints-for-ever": "yes 1.2", "is-denied": "unshare -U true; echo 1.2", "is-not-found": "no-such-command",
}


@pytest.mark.parametrize("script", NONE.values(), ids=NONE)
def test_a_command_that_prints_no_version(toy, script):
    assert "program" not in toy(script) and "program" not in toy(script)
    assert len(os.listdir(os.environ["EXRUN_CACHE"] + "/versions")) in (1, 2)  # at the end of an hour, it is asked again


def test_a_command_that_hangs_delays_one_run(run, toy, visible):
    """It is stopped, and the next run does not start it, although it would print a version by now."""
    (toy.folder / "toy.json").write_text(json.dumps({**TOY, "program": {**TOY["program"], "version": ["/bin/sh", "-c", f"[ -e {visible}/well ] || sleep 600; echo 1.2"]}}))
    hour = time.time() // 3600
    assert "program" not in run(RUN, "--profiles", toy.folder)
    (visible / "well").write_text("")
    assert "program" not in run(RUN, "--profiles", toy.folder) or time.time() // 3600 != hour
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EXRUN_CACHE", os.environ["EXRUN_CACHE"] + "-2")
        assert run(RUN, "--profiles", toy.folder)["program"] == "Toy 1.2"


def test_the_command_is_started_once(toy):
    """The second answer is the first one's, because this command never prints the same."""
    script = "printf 1.; cat /proc/sys/kernel/random/uuid 2>/dev/null || od -An -N8 -tx8 /dev/urandom"
    first = toy("printf '1.%d\\n' $(od -An -N3 -tu4 /dev/urandom)", script)["program"]
    assert re.fullmatch(r"Toy 1\.\d+", first)
    assert {toy("printf '1.%d\\n' $(od -An -N3 -tu4 /dev/urandom)", script)["program"] for _ in range(3)} == {first}


def test_another_command_is_another_version(toy):
    assert [toy("echo 1.2")["program"], toy("echo 1.3")["program"], toy("echo 1.2")["program"]] == ["Toy 1.2", "Toy 1.3", "Toy 1.2"]


@pytest.fixture
def replaceable(visible):
    """A program that a test replaces."""
    path = visible / "toy"

    def call(text):
        (visible / "new").write_text(f"#!/bin/sh\necho {text}\n")
        (visible / "new").chmod(0o755)
        (visible / "new").rename(path)

    call.profile = {**TOY, "program": {**TOY["program"], "version": [str(path)]}}
    return call


def test_an_upgrade_is_noticed(run, toy, replaceable):
    """Also one to a file of the same size."""
    (toy.folder / "toy.json").write_text(json.dumps(replaceable.profile))
    for version in ("1.2", "1.3", "1.2"):
        replaceable(version)
        assert [run(RUN, "--profiles", toy.folder)["program"] for _ in range(2)] == [f"Toy {version}"] * 2


def test_without_a_cache_no_run_is_slower(toy):
    assert "program" not in toy("echo 1.2", env={"EXRUN_CACHE": ""})
    assert "program" not in toy("sleep 600", env={"EXRUN_CACHE_BYTES": "0"})


def test_a_cache_of_others_is_not_used(toy):
    cache = os.environ["EXRUN_CACHE"]
    os.makedirs(cache + "/versions")
    os.chmod(cache, 0o700)
    os.chmod(cache + "/versions", 0o777)
    assert "program" not in toy("echo 1.2") and os.listdir(cache + "/versions") == []
    os.chmod(cache + "/versions", 0o700)
    assert toy("echo 1.2")["program"] == "Toy 1.2"


def test_an_entry_that_was_changed_is_asked_again(toy):
    assert toy("echo 1.2")["program"] == "Toy 1.2"
    folder = os.environ["EXRUN_CACHE"] + "/versions"
    (name,) = os.listdir(folder)
    data = open(f"{folder}/{name}", "rb").read()
    for wrong in (data[:-1], data[:-1] + b"9", data + b"x", b"", bytes(len(data))):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(wrong)
        assert toy("echo 1.2")["program"] == "Toy 1.2"


def test_others_ask_for_the_version_too(run, exrun, toy):
    """After these commands, no run starts the command: it would print another version now."""
    (toy.folder / "toy.json").write_text(json.dumps({**TOY, "program": {**TOY["program"], "version": ["/bin/sh", "-c", "printf '1.%d\\n' $(od -An -N3 -tu4 /dev/urandom)"]}}))
    for command in (["cache", "warm", "--profiles", toy.folder, "toy"], ["profile", "list", "--json", "--profiles", toy.folder], ["doctor", "--json", "--profiles", toy.folder]):
        assert exrun("clean", "--cache").returncode == 0
        done = exrun(*command, timeout=120)
        folder = os.environ["EXRUN_CACHE"] + "/versions"
        before = set(os.listdir(folder))
        program = run(RUN, "--profiles", toy.folder)["program"]
        assert set(os.listdir(folder)) == before, done
        if command[1] == "list":
            (row,) = (row for row in json.loads(done.stdout)["profiles"] if row["name"] == "toy")
            assert "Toy " + row["version"] == program
            assert "Toy " + json.loads(exrun("profile", "show", "toy", "--profiles", toy.folder).stdout)["version"] == program


def test_clean_removes_the_versions(exrun, toy):
    toy("echo 1.2")
    cache = os.environ["EXRUN_CACHE"]
    assert exrun("clean").returncode == 0 and exrun("clean", "--cache", "--dry-run").returncode == 0
    assert os.listdir(cache) == ["versions"]
    assert exrun("clean", "--cache").returncode == 0 and os.listdir(cache) == []


def test_a_signal_ends_the_command(toy, tmp_path):
    """The run has ended, so it is answered, without the version, and the next one has it."""
    (toy.folder / "toy.json").write_text(json.dumps({**TOY, "program": {**TOY["program"], "version": ["/bin/sh", "-c", "sleep 600"]}}))
    with subprocess.Popen([EXRUN, "run", "--json", "--profiles", toy.folder, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(RUN).encode())
        process.stdin.close()
        end = time.monotonic() + 30
        while not any(b"sleep\x00600" in open(f"/proc/{pid}/cmdline", "rb").read() for pid in pids()):
            assert time.monotonic() < end and process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        result = json.loads(process.stdout.read())
    assert result["verdict"] == "ok" and result["stdout"] == "ran\n" and "program" not in result
    assert os.listdir(os.environ["EXRUN_CACHE"] + "/versions") == []


def pids():
    for pid in os.listdir("/proc"):
        if pid.isdigit() and os.path.exists(f"/proc/{pid}/cmdline"):
            yield pid
