# SPDX-License-Identifier: MIT
"""Requests that no honest caller sends, and machines that are set up wrongly: exrun ends clearly, in bounded time and memory."""
import base64
import json
import os
import pathlib
import resource
import subprocess
import time

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT, cell_groups, cpu_of_children, only_object

MIB = 1 << 20
FINE = {"profile": "bash", "source": "echo fine"}


def bounded(input, *, most_mib=None, seconds=20, args=("-",), **more):
    """Runs `exrun run --json` and bounds its own peak memory and CPU time. Gives (exit status, object or None, stderr)."""
    before = cpu_of_children()
    with subprocess.Popen([EXRUN, "run", "--json", *args], stdin=subprocess.PIPE if isinstance(input, bytes) else input,
                          stdout=more.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, **more) as process:
        out, err = process.communicate(input if isinstance(input, bytes) else None, timeout=60)
    assert cpu_of_children() - before < seconds
    if most_mib and not IS_SANITIZER_BUILD:
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1 << 30
    return process.returncode, only_object(out) if out else None, err.decode()


# --- texts of an absurd size; those of megabytes are in test_bad_text.py

@pytest.mark.parametrize("text, pointer, says", [
    (json.dumps({**FINE, "args": ["x"] * 100_000}).encode(), "/args", "1024"),
    (json.dumps({**FINE, "args": ["x" * 200_000]}).encode(), "/args/0", "131071"),
    (json.dumps({**FINE, "env": {f"A{n}": "" for n in range(5000)}}).encode(), "/env", "1024"),
    (json.dumps({**FINE, "labels": {f"a{n}": "" for n in range(50_000)}}).encode(), "/labels", "16"),
    (b'{"profile": "' + b"x" * MIB + b'", "source": ""}', "/profile", "no profile"),
    (b'{' + b",".join(b'"k%d": 1' % n for n in range(200_000)) + b'}', None, "not a known member"),
], ids=lambda value: str(value[:30]) if isinstance(value, bytes) else "")
def test_too_large_requests_are_refused(text, pointer, says):
    status, answer, err = bounded(text, most_mib=1024)
    assert status == 65
    problem = answer["problem"]
    assert says in problem["detail"] and problem["detail"] in err and len(err) < 1000, problem
    assert pointer is None or problem["pointer"] == pointer, problem


# --- values at the edge of the JSON number range

@pytest.mark.parametrize("member, pointer", [
    ('"limits": {"wall_ms": 1e400}', None), ('"limits": {"wall_ms": 9223372036854775808}', None),
    ('"limits": {"wall_ms": -9223372036854775809}', None), ('"limits": {"wall_ms": 9223372036854775807}', "/limits/wall_ms"),
    ('"limits": {"wall_ms": -0}', "/limits/wall_ms"), ('"limits": {"wall_ms": -0.0}', "/limits/wall_ms"), ('"limits": {"wall_ms": 1e3}', "/limits/wall_ms"),
    ('"limits": {"wall_ms": 1000.0}', "/limits/wall_ms"), ('"limits": {"wall_ms": 01000}', None), ('"limits": {"wall_ms": +1}', None),
    ('"limits": {"wall_ms": NaN}', None), ('"limits": {"wall_ms": Infinity}', None), ('"limits": {"wall_ms": 0x10}', None),
    ('"stdin": "\\ud800"', None), ('"stdin": "\\udc00\\ud800"', None), ('"stdin": "\\ud800x"', None), ('"stdin": "\\u0000"', "/stdin"),
    ('"args": ["\\u0000"]', "/args/0"), ('"env": {"A\\u0000": ""}', None), ('"files": [{"path": "a\\u0000", "content": ""}]', "/files/0/path"),
    ('"files": [{"path": "%s", "content": ""}]' % ("x" * 300), "/files/0/path"),
    ('"files": [{"path": "a", "content": ""}, {"path": "a/b", "content": ""}]', "/files/1/path"),
    ('"files": [{"path": "a/b", "content": ""}, {"path": "a", "content": ""}]', "/files/0/path"),
    ('"files": [{"path": "a", "content": "", "content": "x"}]', "/files/0/content"),
    ('"labels": {"x": "1", "y": "2", "x": "3"}', "/labels/x"), ('"limits": {"wall_ms": 1, "wall_ms": 1}', "/limits/wall_ms"),
    ('"source": "twice"', "/source"), ("\"x\": 'single'", None), ('"stdin": "tab\tinside"', None), ('"stdin": "line\ninside"', None),
    ('/* comment */ "stdin": ""', None), ('"stdin": "",', None), ('"stdin": "\\x41"', None), ('"stdin": undefined', None),
], ids=lambda value: str(value)[:44])
def test_edge_values_are_refused(member, pointer):
    status, answer, err = bounded(('{"profile": "bash", "source": "echo fine", %s}' % member).encode())
    assert status == 65, answer
    problem = answer["problem"]
    assert pointer is None or problem.get("pointer") == pointer, problem
    assert pointer or "line " in problem["detail"] and "column " in problem["detail"], problem


@pytest.mark.parametrize("text", [b"", b" ", b"\n", b"\0", b"\xef\xbb\xbf{}", b"\xff\xfe", b"nul", b'"', b"{", b"{}x", b"{} {}", b"{}\0", b"[]", b"7",
                                  b'{"profile": "bash", "source": ""} trailing', b'{"profile": "bash", "source": ""}}'], ids=repr)
def test_no_request_at_all_is_refused(text):
    status, answer, err = bounded(text)
    assert status == 65 and answer["problem"]["detail"] and err.startswith("exrun: ")


@pytest.mark.parametrize("text, says", [
    (b"", "is empty"), (b" ", "contains only white space"), (b"\r\n\t" * 1000, "contains only white space (line 1001"), (b" " * 75_000_000, "contains only white space"),
    (b"null", "must be an object, not null"), (b" 1 ", "must be an object, not a number"), (b"1.5", "must be an object, not a number"),
    (b"true", "must be an object, not a boolean"), (b'"x"', "must be an object, not a string"), (b"[]", "must be an object, not an array"),
    (b"null 1", "continues after its end"), (b"nul", "is not JSON"), (b"-", "is not JSON"),
    *((b'{"profile": "bash", "source": "", "limits": {"wall_ms": %s}}' % number, "a whole number of digits only, without a point or an exponent")
      for number in (b"1e3", b"1000.0", b"-0.0", b"1E+2", b"1e300", b"12345678901234567890.0")),
    *((b'{"profile": "bash", "source": "", "limits": {"wall_ms": %s}}' % number, "a whole number, not a fraction") for number in (b"1.5", b"-0.1", b"1e-300", b"1234e-1")),
    (b'{"profile": "bash", "source": 1.5}', "not a number"),
], ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else "")
def test_the_problem_names_the_true_reason(text, says):
    status, answer, err = bounded(text, most_mib=1024)
    assert status == 65 and says in answer["problem"]["detail"] and says in err, answer


def test_nul_is_fine_by_base64(run):
    encoded = lambda data: {"encoding": "base64", "content": base64.b64encode(data).decode()}
    answer = run({"profile": "bash", "source": encoded(b"od -An -tx1; od -An -tx1 <f\n"), "stdin": encoded(b"\0\xff"),
                  "files": [{"path": "f", **encoded(b"a\0b")}]})
    assert answer["stdout"] == " 00 ff\n 61 00 62\n"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_base64_can_have_line_breaks(run, line_end):
    """base64(1) and e-mail break lines after 76 characters."""
    encoded = lambda data: {"encoding": "base64", "content": base64.encodebytes(data).decode().replace("\n", line_end)}
    answer = run({"profile": "bash", "source": encoded(b"#" * 200 + b"\nwc -c; wc -c <f\n"), "stdin": encoded(b"\xff" * 300), "files": [{"path": "f", **encoded(b"\0" * 500)}]})
    assert answer["stdout"].split() == ["300", "500"], answer


# --- sources of the request

def test_a_request_can_come_byte_by_byte():
    with subprocess.Popen([EXRUN, "run", "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for byte in json.dumps(FINE).encode():
            process.stdin.write(bytes([byte]))
            process.stdin.flush()
            time.sleep(0.001)
        process.stdin.close()
        assert only_object(process.stdout.read())["stdout"] == "fine\n"


def test_closed_stdin_is_an_empty_request():
    done = subprocess.run([EXRUN, "run", "--json", "-"], capture_output=True, timeout=20, preexec_fn=lambda: os.close(0))
    assert done.returncode == 65 and "line 1" in only_object(done.stdout)["problem"]["detail"]


@pytest.mark.parametrize("path, status, says", [("/", 66, "directory"), ("/dev/zero", 65, "larger than 72 MiB"), ("/proc/self/mem", 66, "can't be read"),
                                                ("/nowhere/at/all", 66, "No such file"), ("/dev/null", 65, "line 1")])
def test_other_things_than_files_are_refused(path, status, says):
    got, answer, err = bounded(subprocess.DEVNULL, args=(path,), most_mib=256)
    assert got == status and says in err and says in answer["problem"]["detail"]
    if path.startswith("/dev") or path == "/":
        with open(path, "rb") if path != "/" else open(os.devnull, "rb") as stream:
            got, answer, err = bounded(stream if path != "/" else os.open("/", os.O_RDONLY), most_mib=256)
        assert got == status and says in err


# --- targets of the answer

def test_full_stdout_is_reported():
    with open("/dev/full", "w") as full:
        status, _, err = bounded(json.dumps(FINE).encode(), stdout=full)
    assert status == 74 and "can't write the answer" in err
    with open("/dev/full", "w") as full:
        assert bounded(b"{}", stdout=full)[0] == 65


def test_closed_stdout_is_reported():
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps(FINE).encode(), stderr=subprocess.PIPE, timeout=20, preexec_fn=lambda: os.close(1))
    assert done.returncode == 74 and b"can't write the answer" in done.stderr


def test_a_reader_that_is_gone_ends_the_run():
    ours, theirs = os.pipe()
    os.close(ours)
    began = time.monotonic()
    status, _, err = bounded(json.dumps({**FINE, "source": "sleep 30"}).encode(), stdout=theirs)
    os.close(theirs)
    assert status == 74 and time.monotonic() - began < 5


# --- a language that is not installed

@pytest.mark.parametrize("program, status, says", [
    ("/nowhere/bash", 69, "/nowhere/bash, which the profile bash runs, is not installed; apt-get install bash"),
    ("no-such-program", 69, "no-such-program, which the profile bash runs, is not installed; apt-get install bash"),
    ("/etc/passwd/bash", 69, "is not installed; apt-get install bash"),
    ("/etc/passwd", 69, "/etc/passwd, which the profile bash runs, is not executable; make it executable"),
    ("/usr", 69, "/usr, which the profile bash runs, is a directory; name"),
    ("/dev/null", 69, "/dev/null, which the profile bash runs, is not a regular file; name"),
    ("../bash", 78, "/run/0"),
])
def test_an_unusable_interpreter_is_named(tmp_path, program, status, says):
    interpreter(tmp_path, program)
    got, answer, err = bounded(json.dumps(FINE).encode(), args=("--profiles", str(tmp_path)))
    assert got == status and says in err and answer["problem"]["detail"] in err, (got, err)
    table = subprocess.run([EXRUN, "profile", "list", "--json", "--profiles", tmp_path], capture_output=True, timeout=60).stdout
    row = next(row for row in json.loads(table)["profiles"] if row["name"] == "bash")
    assert row["usable"] is False or program == "../bash", row


def interpreter(folder, program):
    """A profile of bash in this folder, with another program as its interpreter."""
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    profile["run"][0] = program
    (folder / "bash.json").write_text(json.dumps(profile))


@pytest.mark.parametrize("step, status, says", [
    ("touch /usr/local/bin/odd", 69, "the program odd, which the profile bash runs, is not executable; make it executable"),
    ("mkdir /usr/local/bin/odd", 69, "the program odd, which the profile bash runs, is a directory; name"),
    ("mkdir /usr/local/bin/bash", 0, ""),  # the next file with that name in PATH is taken
    ("install -m 700 /bin/bash /usr/local/bin/odd", 69, 'can\'t execute the program /usr/local/bin/odd in the cell (step "exec"): Permission denied; make it executable for all users'),
    ("install -m 755 /etc/passwd /usr/local/bin/odd", 69, 'can\'t execute the program /usr/local/bin/odd in the cell (step "exec"): Exec format error'),
    ("echo '#!/nowhere' >/usr/local/bin/odd && chmod 755 /usr/local/bin/odd", 69, "can't execute the program /usr/local/bin/odd in the cell (step \"exec\"): No such file or directory; add the program, its interpreter"),
], ids=["plain", "directory", "hidden", "of-root", "text", "script"])
def test_an_interpreter_in_path_is_checked(tmp_path, step, status, says):
    interpreter(tmp_path, step.rsplit("/", 1)[1])
    got, answer, err = elsewhere("mount -t tmpfs none /usr/local/bin", step, f"export EXRUN_PROFILES={tmp_path}")
    assert answer.get("problem", {}).get("detail", "") in err
    assert got == status and says in err and (status != 0 or answer["stdout"] == "fine\n"), (got, err)


@pytest.mark.parametrize("text, says", [("", "line 1"), ("{}", "is required"), ('{"v": 1', "line 1"), ("x" * (2 << 20), "can't be read")],
                         ids=["empty", "no-members", "cut", "huge"])
def test_a_broken_profile_is_named(tmp_path, text, says):
    (tmp_path / "bash.json").write_text(text)
    status, answer, err = bounded(json.dumps(FINE).encode(), args=("--profiles", str(tmp_path)))
    assert status == 78 and says in err and f"{tmp_path}/bash.json" in err


# --- a machine that is set up wrongly

def elsewhere(*steps, input=json.dumps(FINE).encode()):
    """Runs in a separate mount namespace, after these steps."""
    done = subprocess.run(["unshare", "--mount", "sh", "-c", " && ".join([*steps, f"exec {EXRUN} run --json -"])], input=input, capture_output=True,
                          timeout=60)
    return done.returncode, only_object(done.stdout) if done.stdout else None, done.stderr.decode()


@pytest.mark.parametrize("steps, status, says", [
    (["mount -t tmpfs -o ro none /run"], 69, "/run/exrun"),
    (["mount -t tmpfs -o nr_inodes=1 none /run"], 75, "/run/exrun"),
    (["mount -t tmpfs none /run", "mkdir -m 777 /run/exrun"], 77, "/run/exrun"),
    (["mount -t tmpfs none /run", "ln -s /tmp /run/exrun"], 78, "/run/exrun"),
    (["mount -t tmpfs none /run", "touch /run/exrun"], 78, "/run/exrun"),
    (["mount -t tmpfs -o ro none /sys/fs/cgroup"], 69, "--best-effort"),
    pytest.param([f"export EXRUN_PROFILES={ROOT}/profiles", "mount -t tmpfs none /proc"], 69, "--best-effort",
                 marks=pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizer itself wants /proc")),
], ids=lambda value: value[-1] if isinstance(value, list) else "")
def test_a_wrong_setup_is_named(steps, status, says):
    got, answer, err = elsewhere(*steps)
    assert got == status and says in err and answer["problem"]["detail"] in err, (got, err)


def test_a_full_run_directory_is_named():
    """A tmpfs on /run has room for the folders, but not for a byte of content."""
    got, answer, err = elsewhere("mount -t tmpfs -o size=4k none /run", "mkdir -p -m 700 /run/exrun/slots", "head -c 4096 /dev/zero >/run/filler")
    assert got in (0, 75) and (got == 0 or "/run/exrun" in err), (got, err)


@pytest.mark.parametrize("most", [8, 12, 16, 20, 24, 30] if IS_SANITIZER_BUILD else [3, 5, 8, 12, 16, 20, 24, 30])
def test_too_few_descriptors_are_named(most):
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    status, answer, err = bounded(json.dumps(FINE).encode(), preexec_fn=limit)
    if status == 0:
        assert answer["stdout"] == "fine\n"
    else:
        assert status == 71 and err.startswith("exrun: ") and "Too many open files; raise the limit on open files: ulimit -n\n" in err, (status, err)
    assert not cell_groups()


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizer wants some too")
@pytest.mark.parametrize("most", range(9))
@pytest.mark.parametrize("words", [["run", "--json", ROOT / "no/such"], ["run", ROOT / "examples/hello.sh"], ["doctor"], ["profile", "list"], ["profile", "list", "--names"],
                                   ["profile", "show", "bash"], ["profile", "check", ROOT / "profiles/bash.json"], ["clean", "--dry-run"], ["audit", "--only", "processes/bpf.c"]],
                         ids=lambda words: " ".join(map(str, words)).replace(str(ROOT), "") if isinstance(words, list) else "")
def test_each_command_names_too_few_descriptors(words, most):
    """It works, or says that it lacks descriptors. It does not call anything else broken, missing or misspelt for that reason."""
    limit = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    done = subprocess.run([EXRUN, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, preexec_fn=limit)
    if b"no/such" in done.stderr and b"No such file" in done.stderr:
        assert done.returncode == 66
    elif done.stdout and done.returncode in (69, 71):  # the part that it could still report is on stdout
        assert words[0] == "doctor" or done.returncode == 71
        assert b"Too many open files; raise the limit on open files: ulimit -n\n" in done.stdout, done
    elif done.returncode != 0:
        assert done.returncode == 71 and done.stderr.endswith(b"Too many open files; raise the limit on open files: ulimit -n\n"), done


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizer reserves more address space than any limit allows")
@pytest.mark.parametrize("mib", [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 16])
def test_little_memory(mib):
    limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (mib * MIB, resource.RLIM_INFINITY))
    request = {**FINE, "files": [{"path": "f", "content": "x" * 2 * MIB}]}
    status, answer, err = bounded(json.dumps(request).encode(), preexec_fn=limit)
    if status == 0:
        assert answer["verdict"] == "ok" or mib < 8, answer
    else:
        assert (status == 75 and "memory" in err) or (status < 0 and mib <= 4), (status, err)  # a binary that does not fit is not started
    assert not cell_groups()
