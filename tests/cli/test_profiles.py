# SPDX-License-Identifier: MIT
"""`exrun profile` and the schema accept the same profiles."""
import copy
import json
import os
import pathlib
import subprocess

import jsonschema
import pytest

from conftest import ROOT

SCHEMA = json.loads((ROOT / "profiles/profile.schema.json").read_text())
NAMES = sorted(path.stem for path in (ROOT / "profiles").glob("*.json") if path.stem != "profile.schema")
GOOD = {"v": 1, "name": "x", "title": "X", "entry": "main.x", "endings": [".x"],
        "program": {"name": "bash", "package": "bash", "version": ["bash", "--version"]},
        "compile": {"argv": ["gcc", "{entry}"], "produces": "main", "limits": {"wall_ms": 1000},
                    "warm": {"how": "park", "argv": ["gcc", "--wait"], "point": "open-entry", "threads": True, "early": ["a.b"]}},
        "prepare": {"argv": ["gcc", "{entry}"], "limits": {"wall_ms": 600000}},
        "run": ["/bin/bash", "-m{memory_mib}", "{args}"], "env": {"A": "b"}, "env_denied": ["A*"], "mounts": ["/usr", "/bin"],
        "warm": {"how": "park", "point": "open-entry", "placeholder": {"encoding": "base64", "content": "AP8="}, "fresh": ["time", "bash-seconds"], "threads": True, "opens": 2, "needs": "x", "early": ["a.b"]},
        "etc": {"x.conf": "text"}, "proc": "files", "network": "none", "limits": {"min": {"files": 16}, "default": {"files": 32}, "max": {"files": 64}},
        "policy": {"base": "common", "allow": ["inotify_init1"], "errno": {"sync": "EPERM"}},
        "errors": {"begins": "^Error", "line": "main.x:([0-9]+)", "line_is": "last", "kinds": [{"is": "zero", "match": "division"}]}}

# A mistake: the member, and its wrong value; None: the member is removed.
WRONG = [
    ("/v", 2), ("/v", "1"), ("/v", None), ("/name", None), ("/name", ""), ("/name", "X"), ("/name", ".x"), ("/name", "a b"),
    ("/name", 7), ("/title", 7), ("/title", None), ("/title", "a\x1b[31m"), ("/entry", "/main.x"), ("/entry", "../x"), ("/entry", "a//b"), ("/entry", ""),
    ("/entry", "a\nb"), ("/endings", ".x"), ("/endings/0", "x"), ("/endings/0", "."), ("/program", None), ("/program/name", None),
    ("/program/package", 1), ("/program/homepage", "x"), ("/program/version", "x"),
    ("/program", []), ("/program", "bash"), ("/program/name", 1), ("/program/name", "a\x1b[31m"), ("/program/package", None), ("/program/package", "a\nb"), ("/program/version", []), ("/program/version", {}),
    ("/program/version/0", "./x"), ("/program/version/0", "{entry}"), ("/program/version/0", 1), ("/program/version/1", "{args}"), ("/program/version/1", "{sources}"), ("/program/version/1", "a{entry}"), ("/program/version/1", "{entri}"),
    ("/program/version/1", "a\0b"), ("/compile/argv", None), ("/compile/argv", []),
    ("/compile/produces", None), ("/compile/produces", "a/../b"), ("/compile/limits/wall_ms", 0), ("/prepare/argv", None), ("/prepare/argv/1", "{args}"), ("/prepare/argv/1", "{sources}"), ("/prepare/limits/wall_ms", 600001), ("/prepare/limits/memory_bytes", 1 << 31), ("/prepare/produces", "x"), ("/run", None), ("/run", "bash"),
    ("/run", []), ("/run/1", "{entri}"), ("/run/0", "../bash"), ("/run/0", "bin/bash"), ("/run/0", "{entry}"), ("/run/0", "/usr/../bin/bash"), ("/run/0", "./../bash"),
    ("/run/0", "/"), ("/run/0", "./"), ("/run/0", "."), ("/run/0", ""), ("/run/0", "{args}"), ("/program/version/0", "a/b"), ("/compile/argv/0", "x/y"), ("/name", "x" * 65), ("/run/1", "-x{args}"), ("/run/1", 5), ("/env", []), ("/env/A", 1), ("/env/A=B", "c"),
    ("/warm", "hot"), ("/warm", "fork"), ("/warm", True), ("/warm/how", None), ("/warm/how", "fork"), ("/warm/how", 1), ("/warm/point", "exec"), ("/warm/placeholder", 1), ("/warm/placeholder", "a\0"), ("/warm/placeholder/encoding", "hex"), ("/warm/placeholder/content", 1), ("/warm/threads", 1), ("/warm/opens", 0), ("/warm/opens", 9), ("/warm/opens", "2"), ("/warm/needs", 1), ("/warm/needs", "a\0"), ("/warm/early", "a"), ("/warm/early/0", 1), ("/warm/fresh", "time"), ("/warm/fresh/0", "date"),
    *((f"/warm/{later}", "x") for later in ("train", "image", "preload", "after_runs", "after_s", "temperature")),
    ("/compile/warm", "park"), ("/compile/warm/how", "fork"), ("/compile/warm/how", None), ("/compile/warm/argv", None), ("/compile/warm/argv", []), ("/compile/warm/argv/1", "{sources}"), ("/compile/warm/argv/1", "{entry}"),
    ("/compile/warm/argv/1", "{memory_mib}"), ("/compile/warm/argv/0", "x/y"), ("/compile/warm/placeholder", "x"), ("/compile/warm/check", "x"), ("/compile/warm/threads", 1), ("/compile/warm/opens", 2), ("/compile/warm/needs", "x"), ("/compile/warm/early", "a"),
    ("/env_denied", "A*"), ("/mounts", None), ("/mounts/0", "usr"), ("/mounts/0", "/proc"), ("/mounts/0", "/tmp/x"), ("/mounts/0", "/prepared"), ("/mounts/0", "/prepared/x"), ("/mounts/0", "/a/.."),
    ("/etc", []), ("/etc/x.conf", 1), ("/etc/passwd", "x"), ("/etc/group", "x"), ("/etc/hosts", "x"), ("/etc/nsswitch.conf", "x"), ("/etc/services", "x"), ("/etc/protocols", "x"), ("/etc/..", "x"), ("/etc/", "x"), ("/etc/x.conf", "a\0b"),
    ("/proc", "all"), ("/proc", {}), ("/network", "all"), ("/limits/max/wall_ms", 60001), ("/limits/max/wall_ms", "5s"), ("/limits/default/memory", 1 << 20),
    ("/limits/normal", {}), ("/policy", None), ("/policy/base", None), ("/policy/base", "none"), ("/policy/allow", "sync"),
    ("/policy/errno/sync", "ENOENT"), ("/policy/errno/sync", 1), ("/sandbox", {}),
    ("/errors", []), ("/errors/begins", 1), ("/errors/line", 1), ("/errors/line_is", "middle"), ("/errors/kinds", {}), ("/errors/kinds/0/is", "odd"), ("/errors/kinds/0/is", None),
    ("/errors/kinds/0", {"is": "zero"}), ("/errors/kinds/0/match", 3), ("/errors/kinds/0/say", "x"), ("/errors/hint", "x"),
]


@pytest.fixture
def check(exrun, tmp_path):
    """Writes a profile and checks it. Gives (exit status, output)."""

    def call(profile):
        path = tmp_path / "x.json"
        path.write_text(profile if isinstance(profile, str) else json.dumps(profile))
        done = exrun("profile", "check", path)
        return done.returncode, (done.stdout + done.stderr).decode()

    return call


def schema_takes(profile):
    return jsonschema.Draft202012Validator(SCHEMA).is_valid(profile)


def changed(pointer, value):
    profile = copy.deepcopy(GOOD)
    *way, last = pointer[1:].split("/")
    place = profile
    for part in way:
        place = place[int(part) if isinstance(place, list) else part]
    if value is None:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return profile


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_an_invalid_pattern_is_refused(check):
    status, said = check({**GOOD, "env_denied": ["A_*", "B["]})
    assert status == 78 and '/env_denied/1: has a "[" without a "]"' in said, said


@pytest.mark.parametrize("name", NAMES)
def test_our_profiles_are_valid(exrun, name):
    path = ROOT / f"profiles/{name}.json"
    assert schema_takes(json.loads(path.read_text()))
    done = exrun("profile", "check", path)
    assert done.returncode == 0 and done.stdout.decode() == f"{path}: fine\n", done


def test_a_valid_profile_is_accepted(check):
    assert schema_takes(GOOD)
    assert check(GOOD)[0] == 0
    least = {name: GOOD[name] for name in ("v", "name", "title", "entry", "program", "run", "mounts", "policy")}
    assert schema_takes(least) and check(least)[0] == 0


def test_there_are_forty_wrong_profiles():
    assert len(WRONG) >= 40


@pytest.mark.parametrize("pointer, value", WRONG, ids=lambda value: str(value))
def test_a_wrong_profile_is_refused_with_its_place(check, pointer, value):
    profile = changed(pointer, value)
    assert not schema_takes(profile)
    status, told = check(profile)
    assert status == 78 and f"x.json:{pointer}: " in told, told


@pytest.mark.parametrize("profile, place", [
    ({**GOOD, "limits": {"default": {"files": 128}, "max": {"files": 64}}}, "/limits/default/files"),
    ({**GOOD, "policy": {"base": "common", "allow": ["no_such_call"]}}, "no_such_call"),
    ({**GOOD, "mounts": ["/usr", "/etc/alternatives"], "etc": {"alternatives/x": ""}}, "/etc/alternatives~1x: collides with /etc/alternatives"),
    ({**GOOD, "mounts": ["/usr", "/etc/alternatives"], "etc": {"alternatives": ""}}, "/etc/alternatives: collides with /etc/alternatives"),
    ({**GOOD, "etc": {"a": "", "a/b": ""}}, "/etc/a~1b: collides with a"),
    ({**GOOD, "etc": {"a": "x" * 65536, "b": "y"}}, "/etc/b: makes the files longer than 65536 bytes together"),
    ({name: value for name, value in GOOD.items() if name != "compile"}, "/warm/needs: is about a compiled program"),
    ({**GOOD, "warm": {**GOOD["warm"], "point": "stat-entry"}}, "/warm: has \"opens\", which needs the point"),
    ('{"v": 1,\n "v": 1}', "line 2"),
    ("{", "x.json: ends too early (line 1,"),
    ("", "x.json: is empty (line 1,"),
    ("{} {}", "x.json: continues after its end (line 1,"),
    ("[]", "x.json: must be an object"),
], ids=["limits", "call", "etc in a mount", "etc on a mount", "etc below a file", "etc too long", "needs", "opens", "twice", "no-json", "empty", "two", "array"])
def test_what_no_schema_can_say(check, profile, place):
    status, told = check(profile)
    assert status == 78 and place in told and "::" not in told, told


def test_many_are_checked_and_the_wrong_ones_named(exrun, tmp_path):
    good, bad = ROOT / "profiles/bash.json", tmp_path / "bad.json"
    bad.write_text("{}")
    done = exrun("profile", "check", good, bad, good)
    assert done.returncode == 78 and done.stdout.count(b": fine\n") == 2 and b"bad.json:" in done.stderr
    assert exrun("profile", "check", tmp_path / "none.json").returncode == 66
    assert exrun("profile", "check").returncode == 64


def test_list_asks_each_language(exrun):
    done = exrun("profile", "list", "--json")
    rows = json.loads(done.stdout)["profiles"]
    assert done.returncode == 0 and [row["name"] for row in rows] == NAMES
    assert len(NAMES) >= 13
    for row in rows:
        assert row["usable"] is True or (row["why"] and row["hint"]), row
    assert all(any(digit in row["version"] for digit in "0123456789") for row in rows if row["usable"])
    assert all(os.access(row["program"], os.X_OK) for row in rows if row["usable"])
    table = exrun("profile", "list").stdout.decode()
    assert all(f"\n{name} " in table for name in NAMES)


def test_list_names_what_is_missing_and_what_is_broken(exrun, tmp_path):
    absent = {**GOOD, "name": "absent", "run": ["no-such-program"], "program": {"name": "no-such-program", "package": "the-package"}}
    (tmp_path / "absent.json").write_text(json.dumps(absent))
    (tmp_path / "broken.json").write_text("{}")
    (tmp_path / "open.json").write_text(json.dumps({**GOOD, "name": "open"}))
    (tmp_path / "open.json").chmod(0o666)
    done = exrun("profile", "list", "--profiles", tmp_path)
    table = done.stdout.decode()
    assert done.returncode == 78
    assert "no-such-program" in table and "apt-get install the-package" in table
    assert "\nbroken " in table and "is required" in table
    assert "\nopen " in table and "or others can write to it" in table
    assert "\nbash " in table


def test_odd_files_hide_no_profile(exrun, tmp_path):
    """A FIFO, invalid names, a dangling link, a version with odd bytes: each is a row or skipped, and doesn't hide another profile."""
    os.mkfifo(tmp_path / "aa.json")
    for name in ("UPPER.json", ".hidden.json", "a b.json", "x.json.bak"):
        (tmp_path / name).write_text("{}")
    pathlib.Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json")).write_text("{}")
    (tmp_path / "ab.json").symlink_to("nowhere")
    (tmp_path / "ac.json").write_text("{}")
    odd = {**GOOD, "mounts": ["/usr", "/bin", "/lib", "/lib64"], "name": "ad", "program": {**GOOD["program"], "version": ["bash", "-c", "printf '\\xff\\033[31m v1\\n'"]}}
    (tmp_path / "ad.json").write_text(json.dumps(odd))
    done = exrun("profile", "list", "--json", "--profiles", tmp_path)
    rows = {row["name"]: row for row in json.loads(done.stdout)["profiles"]}
    assert done.returncode == 78 and rows.keys() >= {"aa", "ab", "ac", "ad", *NAMES} and len(rows) == 4 + len(NAMES)
    assert "is not a regular file" in rows["aa"]["why"] and rows["ad"]["usable"] and rows["ad"]["version"] == ""
    assert exrun("profile", "check", tmp_path / "aa.json").returncode == 78
    program = tmp_path / "program.py"
    program.write_text("print('found')")
    assert exrun("run", "--profiles", tmp_path, program).stdout == b"found\n"
    (tmp_path / "program.unknown").write_text("")
    other = exrun("run", "--profiles", tmp_path, tmp_path / "program.unknown")
    assert other.returncode == 78 and b"aa.json" in other.stderr


def test_a_directory_that_was_named_must_be_there(exrun, tmp_path):
    for words, env in ((["--profiles", str(tmp_path / "none")], {}), ([], {"EXRUN_PROFILES": str(tmp_path / "none")})):
        done = exrun("profile", "list", *words, env=env)
        assert done.returncode == 66 and b"none" in done.stderr, done


def test_first_directory_wins(exrun, tmp_path):
    (tmp_path / "bash.json").write_text(json.dumps({**GOOD, "name": "bash", "title": "Mine"}))
    shown = json.loads(exrun("profile", "show", "bash", "--profiles", tmp_path).stdout)
    assert shown["title"] == "Mine" and shown["file"] == str(tmp_path / "bash.json")
    shown = json.loads(exrun("profile", "show", "bash", env={"EXRUN_PROFILES": str(tmp_path)}).stdout)
    assert shown["title"] == "Mine"


def test_show_prints_one_profile(exrun):
    shown = json.loads(exrun("profile", "show", "c").stdout)
    assert shown["version"] == subprocess.run(["gcc", "-dumpfullversion"], capture_output=True, text=True).stdout.strip()
    assert shown["compile"]["produces"] == "main" and shown["limits"]["default"]["wall_ms"] == 5000
    for words, status in [(["show"], 64), (["show", "a", "b"], 64), (["show", "none"], 64), (["frobnicate"], 64), ([], 64),
                          (["list", "--frob"], 64)]:
        assert exrun("profile", *words).returncode == status, words
    assert b"profile check" in exrun("profile", "--help").stdout


def test_show_suggests_a_name(exrun):
    done = exrun("profile", "show", "pyton")
    assert done.returncode == 64 and b'"python"' in done.stderr and b"/profile" not in done.stderr, done


@pytest.mark.parametrize("name", ["clock_gettime", "close", "execve", "exit_group", "mkdirat", "mmap", "openat", "prlimit64", "recvmsg", "sendmsg", "write"])
def test_a_policy_can_not_forbid_the_start(check, exrun, tmp_path, name):
    """A process of the cell makes these calls under the program's filter, so the profile is refused by the check and by a run."""
    status, said = check({**GOOD, "policy": {"base": "common", "errno": {name: "EPERM"}}})
    assert status == 78 and f'the policy forbids "{name}", without which no program starts' in said
    done = exrun("run", "--json", "--profiles", tmp_path, "-", input=b'{"profile": "x", "source": ""}')
    assert done.returncode == 78 and f'"{name}"' in json.loads(done.stdout)["problem"]["detail"], done


def test_a_start_needs_no_other_call(exrun, tmp_path):
    """If the policy allows only the calls that a start needs, the program is still executed, and its dynamic loader fails."""
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    forbidden = ["read", "stat", "fstat", "newfstatat", "mprotect", "munmap", "brk", "access", "pread64", "fcntl", "dup2", "poll", "getrlimit", "setrlimit", "rt_sigaction"]
    profile |= {"name": "bare", "policy": {"base": "common", "errno": {name: "EPERM" for name in forbidden}}}
    (tmp_path / "bare.json").write_text(json.dumps(profile))
    done = exrun("run", "--json", "--profiles", tmp_path, "-", input=json.dumps({"profile": "bare", "source": "", "files": [{"path": "a/b/c", "content": "x"}]}).encode())
    result = json.loads(done.stdout)
    assert result["verdict"] in ("failed", "crashed") and "error while loading shared libraries" in result["stderr"], result


def test_a_version_is_asked_for_with_the_profile_s_own_files(exrun, tmp_path):
    profile = {**GOOD, "run": ["/bin/bash", "{entry}"], "mounts": ["/usr", "/bin", "/lib", "/lib64"], "etc": {"own/version": "7.1"}, "warm": "none"}
    del profile["compile"]
    profile["program"] = {"name": "bash", "package": "bash", "version": ["cat", "/etc/own/version"]}
    (tmp_path / "x.json").write_text(json.dumps(profile))
    rows = json.loads(exrun("profile", "list", "--json", "--profiles", tmp_path, timeout=120).stdout)["profiles"]
    assert next(row["version"] for row in rows if row["name"] == "x") == "7.1", rows
