# SPDX-License-Identifier: MIT
"""To a person, `exrun run FILE` behaves like the interpreter itself, with limits."""
import os
import pty
import select
import subprocess
import time

import pytest

from conftest import EXRUN


@pytest.fixture
def file(tmp_path):
    """Writes a program and gives its path."""

    def write(name, text):
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


STATUSES = [
    ("ok.sh", "true", [], 0),
    ("own.py", "raise SystemExit(7)", [], 7),
    ("wall.sh", "sleep 60", ["--wall", "0.3"], 124),
    ("cpu.php", "<?php while (true);", ["--cpu", "200ms"], 124),
    ("memory.py", "x = bytearray(1 << 28)", ["--memory", "64M"], 137),
    ("flood.sh", "yes", ["--output", "4K"], 137),
    ("denied.sh", "unshare -U true", [], 137),
    ("broken.c", "int main(void) { return nonsense; }", [], 1),
    ("signal.sh", "kill -SEGV $$; sleep 9", [], 128 + 11),
]


@pytest.mark.parametrize("name, text, flags, status", STATUSES, ids=[row[0] for row in STATUSES])
def test_the_exit_status_is_the_program_s(exrun, file, name, text, flags, status):
    assert exrun("run", *flags, file(name, text)).returncode == status


@pytest.mark.parametrize("name, text", [("shelf.go", "package shelf\n\nfunc F() {}\n"), ("shelf.rs", '#![crate_type = "lib"]\npub fn f() {}\n'), ("none.c", "int f(void) { return 1; }\n")])
def test_a_compiler_that_says_nothing_is_explained_in_any_case(exrun, file, name, text):
    done = exrun("run", file(name, text), timeout=120)
    assert (done.returncode, done.stdout, done.stderr.decode()) == (1, b"", "exrun: The program has no main function.\n")


def test_a_compiler_that_says_something_is_not_explained_to_a_file(exrun, file):
    done = exrun("run", file("broken.c", "int main(void) { return nonsense; }"))
    assert b"nonsense" in done.stderr and b"exrun:" not in done.stderr, done


def test_stdin_args_and_streams_pass_through(exrun, file):
    path = file("echo.py", "import sys\nsys.stdout.write(sys.stdin.read() + str(sys.argv[1:]))\nsys.stderr.write('err')")
    done = exrun("run", path, "-p", "--wall", "x y", input=b"in \xff"[:3])
    assert (done.returncode, done.stdout, done.stderr) == (0, b"in ['-p', '--wall', 'x y']", b"err")


def test_stdin_can_be_a_file(exrun, file):
    done = exrun("run", "--stdin", file("in.txt", "x" * 300_000), file("count.sh", "wc -c"), input=b"not this")
    assert done.stdout == b"300000\n"


def test_a_profile_can_be_named(exrun, file):
    assert exrun("run", "-p", "bash", file("script", "echo $1"), "a").stdout == b"a\n"


def test_devices_can_be_opened_again(exrun, file):
    path = file("dev.sh", "cat /dev/stdin >/dev/stderr; echo out >/proc/self/fd/1")
    done = exrun("run", path, input=b"in")
    assert (done.stdout, done.stderr) == (b"out\n", b"in")


def test_output_comes_as_it_is_written(file):
    path = file("slow.sh", "echo first; read line; echo $line")
    with subprocess.Popen([EXRUN, "run", path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert select.select([process.stdout], [], [], 20)[0]
        assert os.read(process.stdout.fileno(), 100) == b"first\n"
        process.stdin.write(b"second\n")
        process.stdin.flush()  # stdin stays open, so the program must not wait for its end
        assert process.stdout.read() == b"second\n"
        process.stdin.close()
        assert process.wait(20) == 0


def test_slow_reader_loses_nothing(file):
    path = file("seq.sh", "seq 100000")
    with subprocess.Popen([EXRUN, "run", path], stdout=subprocess.PIPE) as process:
        time.sleep(0.5)
        assert process.stdout.read().splitlines() == [b"%d" % n for n in range(1, 100001)]
    assert process.returncode == 0


def test_reader_that_goes_away_ends_the_run(file):
    path = file("yes.sh", "yes")
    with subprocess.Popen([EXRUN, "run", path], stdout=subprocess.PIPE) as process:
        os.read(process.stdout.fileno(), 100)
        process.stdout.close()
        assert process.wait(20) != 0


@pytest.mark.parametrize("name, text, line", [("wall.sh", "sleep 60", b"exrun: The program took longer"),
                                              ("ok.sh", "echo fine", None)])
def test_terminal_gets_one_quiet_line(file, name, text, line):
    ours, theirs = pty.openpty()
    with subprocess.Popen([EXRUN, "run", "--wall", "300ms", file(name, text)], stderr=theirs,
                          stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL) as process:
        process.wait(20)
    said = os.read(ours, 1000) if select.select([ours], [], [], 0.2)[0] else b""
    os.close(theirs)
    os.close(ours)
    assert said.startswith(line) and said.count(b"\n") == 1 if line else said == b""


WRONG = [
    (["run"], 64, b"no file was given"),
    (["run", "--bogus", "x.py"], 64, b"--bogus"),
    (["run", "-p"], 64, b"needs a value"),
    (["run", "--wall", "soon", "x.py"], 64, b"--wall"),
    (["run", "--wall", "0", "x.py"], 64, b"--wall"),
    (["run", "nowhere.py"], 66, b"nowhere.py"),
    (["run", "--json", "nowhere.json"], 66, b"nowhere.json"),
    (["run", "--stdin", "nowhere.txt", "/dev/null"], 66, b"nowhere.txt"),
    (["run", "/dev/null"], 64, b"-p"),
    (["run", "/tmp"], 66, b"/tmp"),
    (["run", "--json", "--wall", "5", "-"], 64, b"--json"),
    (["run", "--json", "-p", "php", "-"], 64, b"--profile"),
    (["run", "--json", "-", "more"], 64, b"more"),
]


@pytest.mark.parametrize("args, status, text", WRONG, ids=[" ".join(row[0]) for row in WRONG])
def test_wrong_usage_is_refused(exrun, args, status, text):
    done = exrun(*args)
    assert done.returncode == status and text in done.stderr, done


def test_flag_above_the_maximum_is_named(exrun, file):
    done = exrun("run", "--wall", "1000s", file("a.sh", "true"))
    assert done.returncode == 64 and b"--wall" in done.stderr and b"60000" in done.stderr


def test_help_names_every_limit(exrun):
    done = exrun("run", "--help")
    assert done.returncode == 0
    for word in b"wall cpu memory processes output disk files".split():
        assert b"--" + word in done.stdout


@pytest.mark.parametrize("source, status", [("echo fine", 74), ("head -c 200000 /dev/zero", 74), ("echo fine >/dev/stderr", 0)])
def test_unwritable_output_is_reported(tmp_path, source, status):
    path = tmp_path / "p.sh"
    path.write_text(source)
    with open("/dev/full", "w") as full:
        done = subprocess.run([EXRUN, "run", path], stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == status and (status == 0 or b"standard output: can't write the program's output: No space left on device" in done.stderr), done
