# SPDX-License-Identifier: MIT
"""Bytes that are not a request, or only partly: each gets its status and sentence, and is cheap to refuse.

Wrong members are in test_refusals.py, faults of the machine in test_surroundings.py."""
import base64
import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from conftest import EXRUN, ROOT, cpu_of_children, encoded, only_object

MIB = 1 << 20
MOST_CPU_SECONDS = 10
IS_SANITIZED = b"__asan_init" in EXRUN.read_bytes()  # its shadow memory takes terabytes of addresses
BOUNDED = [] if IS_SANITIZED else ["prlimit", f"--as={512 * MIB}:"]
FINE = {"profile": "bash", "source": "echo fine"}


def call(request, *args, **more):
    """Sends a request to an exrun with little memory. The input may be longer than the part that is read. Returns its end and its CPU seconds."""
    with subprocess.Popen([*BOUNDED, EXRUN, "run", "--json", *(args or ["-"])], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **more) as process:
        before = cpu_of_children()
        output, errors = process.communicate(request, timeout=60)
        took = cpu_of_children() - before
    return subprocess.CompletedProcess("exrun", process.returncode, output, errors), took


def problem_of(done, status=65):
    """The problem object of a refusal, checked against the promises that all refusals keep."""
    assert done.returncode == status, done
    answer = only_object(done.stdout)
    assert answer.keys() == {"v", "problem"} and answer["v"] == 1
    problem = answer["problem"]
    sentence = problem["detail"]
    assert sentence and sentence.isprintable() and sentence in done.stderr.decode(), done
    assert done.stderr.decode().removesuffix("\n").isprintable() and done.stderr.startswith(b"exrun: "), done.stderr
    assert ("pointer" in problem) == (status == 65)
    return problem


@dataclass(frozen=True)
class Row:
    """A text that is refused: its place (a JSON pointer, or line and column if it can't be parsed), and words of the sentence."""
    id: str
    text: bytes | Callable[[], bytes]  # a function if it is large, so that it is created when needed
    pointer: str
    place: str | None
    says: str
    hint: str = ""


def bash(rest):
    """A request with this second line."""
    return b'{"profile": "bash", "source": "",\n' + rest


def limit(number):
    return bash(b'"limits": {"wall_ms": %s}}' % number)


def source(text):
    return b'{"profile": "bash",\n"source": "%s"}' % text


DEEP = "/0" * 32
ROWS = [
    # --- larger than any real request
    Row("64-mb-of-brackets", lambda: b"[" * (64 * MIB), DEEP, "line 1, column 33", "nested deeper", "five levels"),
    Row("64-mb-of-braces", lambda: b'{"a":' * (13 * MIB), "/a" * 32, "line 1, column 161", "nested deeper"),
    Row("64-mb-of-brackets-in-files", lambda: bash(b'"files": ' + b"[" * (64 * MIB)), "/files" + "/0" * 31, "line 2, column 41", "nested"),
    Row("64-mb-of-brackets-in-a-bad-place", lambda: b"]" * 9 + b"[" * (64 * MIB), "/0" * 32, "line 1", "nested deeper"),
    Row("70-mb-of-objects", lambda: b"[" + b"{}," * (23 * MIB) + b"{}]", "/262143", "line 1", "has more values than are accepted, 524288", "fewer"),
    Row("70-mb-of-numbers", lambda: bash(b'"files": [' + b"1," * (35 * MIB) + b"1]}"), "/files/524283", "line 2", "has more values than are accepted, 524288"),
    Row("70-mb-of-members", lambda: b"{" + b",".join(b'"%d":1' % n for n in range(5_500_000)) + b"}", "/524286", "line 1", "has more values than are accepted, 524288"),
    Row("70-mb-of-blanks", lambda: b" " * (70 * MIB), "", "line 1", "contains only white space", "one JSON object"),
    Row("request-and-72-mb-of-blanks", lambda: encoded(FINE) + b" " * (72 * MIB), "", None, "larger than 72 MiB", "less"),
    Row("100-mb-of-blanks", lambda: b" " * (100 * MIB), "", None, "larger than 72 MiB", "less"),
    Row("100000-files", lambda: encoded({**FINE, "files": [{"path": f"f{n}", "content": ""} for n in range(100_000)]}), "/files", None,
        "100000 elements; 4096 are allowed"),
    Row("source-of-50-mb", lambda: encoded({**FINE, "source": "#" * (50 * MIB)}), "/source", None, "disk_bytes"),
    Row("source-of-50-mb-as-base64", lambda: encoded({**FINE, "source": {"encoding": "base64", "content": "IyMj" * (50 * MIB // 3)}}),
        "/source", None, "disk_bytes"),
    Row("stdin-in-files-of-50-mb", lambda: encoded({**FINE, "files": [{"path": "a", "content": "#" * (50 * MIB)}]}), "/files/0/content", None,
        "disk_bytes"),
    Row("key-of-50-mb", lambda: bash(b'"%s": 1}' % (b"k" * 50 * MIB)), "", None, "not a known member"),

    # --- numbers
    Row("1e400", limit(b"1e400"), "/limits/wall_ms", "line 2, column", "too large", "2^63"),
    Row("minus-1e400", limit(b"-1e400"), "/limits/wall_ms", "line 2, column", "too large"),
    Row("1e3", limit(b"1e3"), "/limits/wall_ms", None, "whole number"),
    Row("1e-400", limit(b"1e-400"), "/limits/wall_ms", None, "whole number"),
    Row("2^63", limit(b"9223372036854775808"), "/limits/wall_ms", "line 2, column", "too large", "2^63"),
    Row("2^63-1", limit(b"9223372036854775807"), "/limits/wall_ms", None, "not 9223372036854775807"),
    Row("2^64", limit(b"18446744073709551616"), "/limits/wall_ms", "line 2, column", "too large"),
    Row("minus-2^63", limit(b"-9223372036854775808"), "/limits/wall_ms", None, "not -9223372036854775808"),
    Row("minus-2^63-1", limit(b"-9223372036854775809"), "/limits/wall_ms", "line 2, column", "too large"),
    Row("minus-0", limit(b"-0"), "/limits/wall_ms", None, "not 0"),
    Row("minus-0.0", limit(b"-0.0"), "/limits/wall_ms", None, "whole number"),
    Row("leading-0", limit(b"01"), "/limits/wall_ms", "line 2, column", "not JSON"),
    Row("plus", limit(b"+1"), "/limits/wall_ms", "line 2, column", "not JSON"),
    Row("hexadecimal", limit(b"0x10"), "/limits/wall_ms", "line 2, column", "not JSON"),
    Row("NaN", limit(b"NaN"), "/limits/wall_ms", "line 2, column", "not JSON"),
    Row("Infinity", limit(b"-Infinity"), "/limits/wall_ms", "line 2, column", "not JSON"),
    Row("100000-digits", limit(b"1" * 100_000), "/limits/wall_ms", "line 2, column", "too large"),
    Row("version-2^63", b'{"v": 9223372036854775808}', "/v", "line 1, column", "too large"),

    # --- characters
    Row("high-surrogate", source(rb"\ud800"), "/source", "line 2, column", "half of a surrogate", "base64"),
    Row("low-surrogate", source(rb"\udc00"), "/source", "line 2, column", "half of a surrogate", "base64"),
    Row("two-high-surrogates", source(rb"\ud800\ud800"), "/source", "line 2, column", "half of a surrogate"),
    Row("surrogates-the-wrong-way-round", source(rb"\udc00\ud800"), "/source", "line 2, column", "half of a surrogate"),
    Row("surrogate-and-letter", source(rb"\ud800x"), "/source", "line 2, column", "half of a surrogate"),
    Row("surrogate-in-a-name", bash(rb'"env": {"\ud800": "x"}}'), "/env", "line 2, column", "half of a surrogate"),
    Row("surrogate-as-utf-8", source(b"\xed\xa0\x80"), "/source", "line 2, column", "not UTF-8", "base64"),
    Row("overlong-utf-8", source(b"\xc0\xaf"), "/source", "line 2, column", "not UTF-8", "base64"),
    Row("beyond-unicode", source(b"\xf4\x90\x80\x80"), "/source", "line 2, column", "not UTF-8"),
    Row("latin-1", source(b"gr\xfc\xdfe"), "/source", "line 2, column", "not UTF-8", "base64"),
    Row("bytes-that-are-nothing", bytes(range(255, 127, -1)), "", "line 1, column 1", "not UTF-8"),
    Row("byte-order-mark", b"\xef\xbb\xbf" + encoded(FINE), "", "line 1, column 1", "byte order mark", "without one"),
    Row("utf-16", json.dumps(FINE).encode("utf-16"), "", "line 1, column 1", "not UTF-8"),
    Row("NUL-in-source", source(rb"a\u0000b"), "/source", "line 2, column", "a NUL", "base64"),
    Row("NUL-in-a-name", bash(rb'"en\u0000v": {}}'), "", "line 2, column", "a NUL"),
    Row("NUL-itself", source(b"a\0b"), "/source", "line 2, column", "not JSON"),
    Row("line-feed-itself", source(b"a\nb"), "/source", "line 2, column", "not JSON"),
    Row("escape-code-in-a-name", encoded({**FINE, "\x1b[2J\n\u0085": 1}), "/\x1b[2J\n\u0085", None, "not a known member"),
    Row("escape-code-in-a-profile", encoded({**FINE, "profile": "\x1b[2J\n\u0085"}), "/profile", None, 'no profile "?[2J???"'),
    Row("profile-cut-in-a-character", encoded({**FINE, "profile": "x" + "é" * 60}), "/profile", None, "no profile"),
    Row("profile-of-300-bytes", encoded({**FINE, "profile": "x" * 300}), "/profile", None, "no profile"),
    Row("profile-of-5000-bytes", encoded({**FINE, "profile": "x" * 5000}), "/profile", None, "no profile"),

    # --- names of files
    Row("name-of-300-bytes", encoded({**FINE, "files": [{"path": "x" * 300, "content": ""}]}), "/files/0/path", None, "255 bytes"),
    Row("name-of-300-bytes-in-letters", encoded({**FINE, "files": [{"path": "é" * 150, "content": ""}]}), "/files/0/path", None,
        "255 bytes"),
    Row("directory-of-300-bytes", encoded({**FINE, "files": [{"path": "x" * 300 + "/a", "content": ""}]}), "/files/0/path", None,
        "255 bytes"),
    Row("a-and-a/b", encoded({**FINE, "files": [{"path": "a", "content": ""}, {"path": "a/b", "content": ""}]}), "/files/1/path",
        None, "below a path that is a file"),
    Row("a/b-and-a", encoded({**FINE, "files": [{"path": "a/b", "content": ""}, {"path": "a", "content": ""}]}), "/files/0/path",
        None, "below a path that is a file"),
    Row("a-and-a/b/c-with-others-between", encoded({**FINE, "files": [
        {"path": path, "content": ""} for path in ("a", "a-", "a.b", "a/b/c", "ab")]}), "/files/3/path", None, "below a path"),

    # --- base64
    Row("base64-with-line-break", encoded({**FINE, "stdin": {"encoding": "base64", "content": "AA\nBh*="}}), "/stdin/content", None,
        "not base64", "padding"),
    Row("base64-goes-on", encoded({**FINE, "stdin": {"encoding": "base64", "content": "QQ==QQ=="}}), "/stdin/content", None,
        "not base64"),
    Row("base64-with-bits-left", encoded({**FINE, "stdin": {"encoding": "base64", "content": "QR=="}}), "/stdin/content", None,
        "not base64"),
    Row("base64url", encoded({**FINE, "stdin": {"encoding": "base64", "content": "-_-_"}}), "/stdin/content", None, "not base64"),

    # --- keys that occur twice
    Row("twice-in-the-second-file", bash(b'"files": [{"path": "a", "content": ""}, {"path": "b", "path": "c"}]}'), "/files/1/path",
        "line 2, column", "twice", "remove one"),
    Row("twice-in-what-is-refused-anyway", bash(b'"labels": {"a": {"b": [1, {"c": 1,\n"c": 2}]}}}'), "/labels/a/b/1/c",
        "line 3, column", "twice"),
    Row("twice-but-written-otherwise", bash(rb'"env": {"A": "1", "\u0041": "2"}}'), "/env/A", "line 2, column", "twice"),
    Row("twice-with-a-slash", bash(rb'"env": {"a/~": "1", "a\/~": "2"}}'), "/env/a~1~0", "line 2, column", "twice"),
    Row("twice-without-letters", bash(b'"env": {"": "1", "": "2"}}'), "/env/", "line 2, column", "twice"),
    Row("twice-and-too-long-for-a-pointer", bash(b'"env": {"%s": "1", "%s": "2"}}' % ((b"x" * 300,) * 2)), "/env", "line 2, column",
        "twice"),
    Row("twice-below-what-is-too-long", bash(b'"env": {"%s": {"A": 1, "A": 2}}}' % (b"x" * 300)), "/env", "line 2, column", "twice"),
    Row("name-too-long-for-a-pointer", encoded({**FINE, "env": {"x" + "é" * 200 + "=": "x"}}), "/env", None, "valid variable name"),

    # --- before and after the object
    Row("empty", b"", "", "line 1, column 1", "is empty", "one JSON object"),
    Row("blank", b"\n \r\n\t", "", "line 3, column 2", "contains only white space", "one JSON object"),
    Row("letter-behind", encoded(FINE) + b"x", "", "line 1, column", "continues after its end", "nothing else"),
    Row("brace-behind", encoded(FINE) + b"}", "", "line 1, column", "continues after its end"),
    Row("comma-behind", encoded(FINE) + b"\n\n,", "", "line 3, column 1", "continues after its end"),
    Row("NUL-behind", encoded(FINE) + b"\0", "", "line 1, column", "continues after its end"),
    Row("second-request-behind", encoded(FINE) + b"\n" + encoded(FINE), "", "line 2, column", "continues after its end"),
    Row("comment", b"// a request\n" + encoded(FINE), "", "line 1, column 1", "not JSON"),
    Row("cut-within-a-string", b'{"profile": "ba', "/profile", "line 1, column", "ends too early", "the whole"),
    Row("cut-behind-a-comma", b'{"profile": "bash",\n', "", "line", "", ""),
    Row("cut-within-an-escape", b'{"profile": "\\u00', "/profile", "line 1, column", "", ""),
    Row("cut-behind-a-backslash", b'{"profile": "\\', "/profile", "line 1, column", "", ""),
    Row("comma-at-the-end", b'{"profile": "bash",}', "", "line 1, column", "not JSON"),
    Row("name-without-quotes", b'{profile: "bash"}', "", "line 1, column", "not JSON"),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_bad_text_is_refused(row):
    done, took = call(row.text() if callable(row.text) else row.text)
    problem = problem_of(done)
    assert problem["pointer"] == row.pointer, problem
    assert row.says in problem["detail"] and row.hint in problem["detail"].partition("; ")[2], problem
    if row.place:
        assert row.place in problem["detail"] and re.search(r"\(line \d+, column \d+\)", problem["detail"]), problem
    assert took < MOST_CPU_SECONDS or IS_SANITIZED, took


@pytest.mark.parametrize("encoding", ["text", "base64"])
def test_the_largest_request_is_read(encoding):
    """A request as large as the profile's disk_bytes allows is read."""
    text = ("#" * 1023 + "\n") * (30 << 10) + "echo fine\n"
    whole = {"encoding": "base64", "content": base64.b64encode(text.encode()).decode()} if encoding == "base64" else text
    done, took = call(encoded({**FINE, "source": whole, "limits": {"wall_ms": 60_000}}))  # a busy machine takes longer by the clock
    assert only_object(done.stdout)["stdout"] == "fine\n", done.stdout[:500]
    assert took < MOST_CPU_SECONDS or IS_SANITIZED, took


@pytest.mark.parametrize("request_, output", [
    ({"source": "cat f", "files": [{"path": "f", "encoding": "base64", "content": "AGEA"}]}, b"\0a\0"),
    ({"source": "cat", "stdin": {"encoding": "base64", "content": "AGEA"}}, b"\0a\0"),
    ({"source": {"encoding": "base64", "content": base64.b64encode(b"cat <<x\n\xff\xed\xa0\x80\nx\n").decode()}}, b"\xff\xed\xa0\x80\n"),
], ids=["file", "stdin", "source"])
def test_any_byte_goes_as_base64(run, request_, output):
    result = run({"profile": "bash", **request_})
    assert result["verdict"] == "ok", result
    assert (base64.b64decode(result["stdout"]) if result["encoding"] == "base64" else result["stdout"].encode()) == output


def test_a_whole_pair_of_surrogates_is_a_character(run):
    assert run(b'{"profile": "bash", "source": "echo \\ud83d\\ude00"}')["stdout"] == "😀\n"


def drip(text, **more):
    """Writes a byte at a time, each in a separate packet."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          bufsize=0, **more) as process:
        for at in range(len(text)):
            process.stdin.write(text[at:at + 1])
            time.sleep(0.001)
        process.stdin.close()
        output, errors = process.stdout.read(), process.stderr.read()
    return subprocess.CompletedProcess("exrun", process.returncode, output, errors)


def test_a_request_can_come_byte_by_byte():
    done = drip(encoded(FINE) + b"\n")
    assert done.returncode == 0 and only_object(done.stdout)["stdout"] == "fine\n"
    problem = problem_of(drip(b'{"profile": "bash",\n"source": "\\ud800"}'))
    assert problem["pointer"] == "/source" and "line 2, column" in problem["detail"]


def test_unreadable_stdin_is_named(tmp_path):
    """A request must come from somewhere: if it can't be read, exrun ends with 66 and names the source. If nothing arrives, it is empty."""
    def run_with(stdin):
        return subprocess.run([EXRUN, "run", "--json", "-"], stdin=stdin, capture_output=True, timeout=60)

    with open(tmp_path / "written", "wb") as written_only:
        assert "standard input" in problem_of(run_with(written_only), 66)["detail"]
    folder = os.open(tmp_path, os.O_RDONLY)
    assert "standard input: can't be read: Is a directory" in problem_of(run_with(folder), 66)["detail"]
    os.close(folder)
    closed, other_end = os.pipe()
    os.close(other_end)
    assert "is empty" in problem_of(run_with(closed))["detail"]
    os.close(closed)
    done = subprocess.run([EXRUN, "run", "--json", "-"], capture_output=True, timeout=60, preexec_fn=lambda: os.close(0))
    assert "is empty" in problem_of(done)["detail"]


@pytest.mark.parametrize("what, words", [("missing", "No such file"), ("directory", "Is a directory"), ("file/below", "Not a directory")])
def test_an_unreadable_request_file_is_named(tmp_path, exrun, what, words):
    (tmp_path / "directory").mkdir()
    (tmp_path / "file").touch()
    problem = problem_of(exrun("run", "--json", tmp_path / what), 66)
    assert words in problem["detail"] and what in problem["detail"]


@pytest.mark.parametrize("as_stdin", [True, False], ids=["stdin", "name"])
def test_endless_input_is_bounded(as_stdin):
    """/dev/zero never ends, so exrun must stop reading before the end of a request that is too large."""
    with open("/dev/zero", "rb") as zero:
        before = cpu_of_children()
        done = subprocess.run([*BOUNDED, EXRUN, "run", "--json", "-" if as_stdin else "/dev/zero"], capture_output=True, timeout=60,
                              stdin=zero if as_stdin else subprocess.DEVNULL)
    assert "larger than 72 MiB" in problem_of(done)["detail"]
    assert cpu_of_children() - before < MOST_CPU_SECONDS


def test_no_more_is_read_than_is_needed():
    """Of an endless pipe, exrun reads the largest request and one piece more."""
    read, write = os.pipe()
    taken = 0

    def fill():
        nonlocal taken
        try:
            while True:
                taken += os.write(write, bytes(MIB))
        except BrokenPipeError:
            os.close(write)

    filler = threading.Thread(target=fill)
    filler.start()
    done = subprocess.run([*BOUNDED, EXRUN, "run", "--json", "-"], stdin=read, capture_output=True, timeout=60)
    os.close(read)
    filler.join(20)
    assert "larger than 72 MiB" in problem_of(done)["detail"] and taken < 140 * MIB, taken


def full():
    return open("/dev/full", "wb")


def closed_pipe():
    read, write = os.pipe()
    os.close(read)
    return os.fdopen(write, "wb")


@pytest.mark.parametrize("sink, why", [(full, b"No space left on device"), (closed_pipe, b"Broken pipe")], ids=["full", "closed-pipe"])
def test_an_unwritable_answer_is_reported(sink, why):
    """If the result can't be written, exrun ends with 74 and the reason. A refusal keeps its status, and its sentence is on stderr."""
    with sink() as stdout:
        done = subprocess.run([EXRUN, "run", "--json", "-"], input=encoded(FINE), stdout=stdout, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 74 and b"standard output: can't write the answer: " + why in done.stderr
    with sink() as stdout:
        done = subprocess.run([EXRUN, "run", "--json", "-"], input=b"[]", stdout=stdout, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 65 and b"must be an object" in done.stderr


@pytest.mark.parametrize("sink, why", [(full, b"No space left on device"), (closed_pipe, b"Broken pipe")], ids=["full", "closed-pipe"])
@pytest.mark.parametrize("words", ["help", "--version", "help run", "run --help", "audit --help", "doctor", "doctor --json", "profile list", "profile list --json",
                                   "profile list --names", "profile show bash", "profile check {root}/profiles/bash.json", "clean --dry-run", "clean --dry-run --json",
                                   "audit --only processes/bpf.c", "audit --only processes/bpf.c --json", "audit --only processes/bpf.c --tap", "audit --only processes/bpf.c --junit"])
def test_no_command_loses_its_answer_silently(words, sink, why):
    with sink() as stdout:
        done = subprocess.run([EXRUN, *words.format(root=ROOT).split()], stdout=stdout, stderr=subprocess.PIPE, timeout=100)
    assert (done.returncode, done.stderr) == (74, b"exrun: standard output: can't write the answer: " + why + b"\n"), done


def test_unwritable_usage_is_reported():
    with full() as stdout:
        done = subprocess.run([EXRUN], stdout=stdout, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 64 and b"standard output: can't write the answer" in done.stderr
