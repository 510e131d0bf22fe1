# SPDX-License-Identifier: MIT
"""Files that a run leaves and its caller asked for: which of them are returned, and how files that are not regular are treated."""
import base64
import json
import time

import pytest


def fetch(run, source, *patterns, **more):
    """The files that a bash program left, as ({path: bytes}, {path: why})."""
    answer = run({"profile": "bash", "source": source, "artifacts": list(patterns), **more})
    assert answer["verdict"] in ("ok", "failed"), answer
    found = {one["path"]: base64.b64decode(one["content"]) if one["encoding"] == "base64" else one["content"].encode()
             for one in answer["artifacts"]}
    assert [one["bytes"] for one in answer["artifacts"]] == [len(content) for content in found.values()]
    assert list(found) == sorted(found, key=str.encode)
    return found, {one["path"]: one["why"] for one in answer.get("artifacts_missed", [])}


TREE = "mkdir -p out/deep .git; for f in plot.png out/a.csv out/b.csv out/deep/c.csv out/.hidden .git/x 'a b' '[x]' 'st*r' ü; do " \
       "printf %s \"$f\" >\"$f\"; done; rm -f main.sh"


@pytest.mark.parametrize("patterns, expected", [
    (["plot.png"], ["plot.png"]),
    (["out/*.csv"], ["out/a.csv", "out/b.csv"]),
    (["*"], ["[x]", "a b", "plot.png", "st*r", "ü"]),
    (["*/*"], ["out/a.csv", "out/b.csv"]),
    (["*/*/*"], ["out/deep/c.csv"]),
    (["out/.*"], ["out/.hidden"]),
    ([".git/*"], [".git/x"]),
    (["out/?.csv"], ["out/a.csv", "out/b.csv"]),
    (["out/[b-z].csv"], ["out/b.csv"]),
    (["out/[!a].csv"], ["out/b.csv"]),
    (["\\[x\\]"], ["[x]"]),
    (["[[]x[]]"], ["[x]"]),
    (["[[]x]"], ["[x]"]),
    (["\\[x]"], ["[x]"]),
    (["out/[[:alpha:]].csv"], ["out/a.csv", "out/b.csv"]),
    (["out/[^[:digit:]a].csv"], ["out/b.csv"]),
    (["out/[a\\-c].csv"], ["out/a.csv"]),
    (["out/[b-].csv"], ["out/b.csv"]),
    (["st\\*r"], ["st*r"]),
    (["o*/deep/c.csv"], ["out/deep/c.csv"]),
    (["*b"], ["a b"]),
    (["ü"], ["ü"]),
    (["plot.png", "*.png", "plot.*"], ["plot.png"]),
    (["out/b.csv", "out/a.csv"], ["out/a.csv", "out/b.csv"]),
    (["nothing*", "no/*/where"], []),
    (["out", "plot.png"], ["plot.png"]),
], ids=str)
def test_patterns_select_files(run, patterns, expected):
    found, _ = fetch(run, TREE, *patterns)
    assert found == {path: path.encode() for path in expected}


def test_the_member_is_there_only_on_request(run):
    assert "artifacts" not in run({"profile": "bash", "source": "echo >x"})
    assert run({"profile": "bash", "source": "echo >x", "artifacts": []}).get("artifacts", []) == []
    answer = run({"profile": "bash", "source": "", "artifacts": ["*.png"]})
    assert answer["artifacts"] == [] and "artifacts_missed" not in answer


@pytest.mark.parametrize("source, path, why", [
    ("", "none", "there is no such file"),
    ("echo >f", "f/g", "there is no such file"),
    ("mkdir d", "d", "is a directory"),
    ("ln -s /etc/passwd l", "l", "is, or lies behind, a symbolic link"),
    ("ln -s main.sh l", "l", "is, or lies behind, a symbolic link"),
    ("ln -s /etc d", "d/passwd", "is, or lies behind, a symbolic link"),
    ("ln -s ../../../etc d", "d/passwd", "is, or lies behind, a symbolic link"),
    ("ln -s /proc/self/root r", "r/etc/shadow", "is, or lies behind, a symbolic link"),
    ("ln -s l l", "l", "is, or lies behind, a symbolic link"),
    ("mkfifo p", "p", "is not a regular file"),
    ("perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => \"s\", Listen => 1) or die'", "s", "is not a regular file"),
    ("head -c 1000000 /dev/zero >a; truncate -s 33000000 a", "a", None),
    ("mkdir -m 000 d; chmod 700 d; echo x >d/x; chmod 000 d/x d", "d/x", None),
], ids=str)
def test_awkward_files_are_missed_with_a_reason(run, source, path, why):
    found, missed = fetch(run, source, path)
    if why:
        assert (found, missed) == ({}, {path: why})
    else:
        assert list(found) == [path] and missed == {}


def test_a_pattern_reports_files_that_are_not_regular(run):
    found, missed = fetch(run, "echo 1 >a; ln -s a b; mkfifo c; mkdir d; ln a e", "?")
    assert found == {"a": b"1\n", "e": b"1\n"}
    assert missed == {"b": "is, or lies behind, a symbolic link", "c": "is not a regular file"}


def test_a_pattern_lists_only_existing_files(run):
    """A part that is a plain name need not exist in each directory, and does not use up a place if it does not exist."""
    source = "import os\nfor k in range(1100): os.mkdir(f'{k:04}')\nos.mkdir('z')\nopen('z/plot.png', 'w').close()\nos.symlink('plot.png', 'z/l')"
    answer = run({"profile": "python", "source": source, "artifacts": ["*/plot.png", "*/l", "*/plot.png/x"]})
    assert [one["path"] for one in answer["artifacts"]] == ["z/plot.png"]
    assert answer["artifacts_missed"] == [{"path": "z/l", "why": "is, or lies behind, a symbolic link"}]


def test_files_with_holes_count_in_full(run):
    """A file may not claim more than disk_bytes. Sparse files may do so together, but are not returned together."""
    answer = run({"profile": "bash", "source": "truncate -s 1T a; for i in b c d; do truncate -s 900000 $i; done; rm main.sh",
                  "limits": {"disk_bytes": 2_000_000}, "artifacts": ["?"]})
    assert [(one["path"], one["bytes"]) for one in answer["artifacts"]] == [("a", 0), ("b", 900_000), ("c", 900_000)]
    assert answer["artifacts_missed"] == [{"path": "d", "why": "is larger than what may be sent"}]
    assert "File too large" in answer["stderr"]


def test_names_with_control_characters_are_missed(run):
    found, missed = fetch(run, r'''for f in $'a\e[31m' $'b\nc' $'d\xff'; do echo >"$f"; done; echo >fine; rm main.sh''', "*")
    assert found == {"fine": b"\n"}
    assert missed == {"a?[31m": "has a name with control characters", "b?c": "has a name with control characters",
                      "d?": "has a name that is not UTF-8"}


def test_their_sum_is_bounded_by_disk_bytes(run):
    """A file with many names counts once on disk, and once for each name in an answer."""
    found, missed = fetch(run, "head -c 600000 /dev/zero >a; for i in b c d; do ln a $i; done; rm main.sh", "*",
                          limits={"disk_bytes": 2_000_000})
    assert list(found) == ["a", "b", "c"] and missed == {"d": "is larger than what may be sent"}


def test_any_bytes_come_back(run):
    found, _ = fetch(run, r"printf '\000\377\r\n' >bin; printf 'a\000b' >nul; : >empty; printf ü >text", "bin", "nul", "empty", "text")
    assert found == {"bin": b"\0\xff\r\n", "nul": b"a\0b", "empty": b"", "text": "ü".encode()}


@pytest.mark.parametrize("source, encoding", [
    (r"printf 'a\000b'", "base64"), ("head -c 3000 /dev/zero", "base64"), (r"printf 'text\n\000'", "base64"), (r"printf '\377'", "base64"),
    (r"printf '\355\240\200'", "base64"),  # half of a surrogate pair
    (r"printf '\001\033[0m\r\177'", "base64"), (r"printf 'bold: \001\033[0m\r\177'", "utf-8"), (r"printf 'zażółć\n'", "utf-8"), (":", "utf-8"),
], ids=str)
def test_binary_files_come_as_base64(run, source, encoding):
    """A file with a NUL is binary, as for grep and git. Printed bytes are text if they are UTF-8. Neither is text if JSON would more than double it."""
    answer = run({"profile": "bash", "source": f"({source}) >f; cat f", "artifacts": ["f"]})
    [one] = answer["artifacts"]
    assert one["encoding"] == encoding
    content = base64.b64decode(one["content"]) if encoding == "base64" else one["content"].encode()
    printed = base64.b64decode(answer["stdout"]) if answer["encoding"] == "base64" else answer["stdout"].encode()
    assert content == printed and len(content) == one["bytes"]
    escaped = len(json.dumps(content.decode(errors="replace"), ensure_ascii=False).encode()) - 2
    assert answer["encoding"] == ("utf-8" if is_utf8(content) and escaped <= 2 * len(content) else "base64")


def is_utf8(content):
    try:
        return content.decode() is not None
    except UnicodeDecodeError:
        return False


@pytest.mark.parametrize("source, limits, verdict", [
    ("echo half >f; while :; do :; done", {"cpu_ms": 200}, "cpu_timeout"),
    ("echo half >f; sleep 60", {"wall_ms": 200}, "timeout"),
    ("echo half >f; kill -SEGV $$", {}, "crashed"),
    ("echo half >f; exit 3", {}, "failed"),
    ("echo half >f; yes", {"output_bytes": 1000}, "output_limit"),
])
def test_a_stopped_run_s_files_come_back(run, source, limits, verdict):
    answer = run({"profile": "bash", "source": source, "limits": limits, "artifacts": ["f"]})
    assert answer["verdict"] == verdict
    assert answer["artifacts"] == [{"path": "f", "bytes": 5, "encoding": "utf-8", "content": "half\n"}]


def test_processes_that_race_with_the_collection_are_dead_by_then(run):
    """A child keeps replacing the file by a link, but is dead before the first file is opened."""
    source = "(while :; do ln -sf /etc/passwd f; rm f; echo fine >f; done) & sleep 0.1"
    for _ in range(5):
        answer = run({"profile": "bash", "source": source, "artifacts": ["f"]})
        assert all(one["content"] in ("fine\n", "") for one in answer["artifacts"])


def test_many_files_and_many_patterns_take_bounded_time(run):
    source = "import os\nfor k in range(7000): open(f'{k:05}' + 'a' * 200, 'w').close()"
    began = time.monotonic()
    answer = run({"profile": "python", "source": source, "artifacts": ["*a" * 120 + "*b"] * 63 + ["*"]})
    assert answer["verdict"] == "ok" and time.monotonic() - began < 10
    assert answer["artifacts_missed"][-1]["why"] in ("is one too many", "was given up: there are too many names"), answer["limits_hit"]


@pytest.mark.parametrize("patterns", [["f*"], ["f*", "*0", "*"]], ids=str)
@pytest.mark.parametrize("n", [1024, 1025, 1100])
def test_of_too_many_files_the_first_come_back(run, n, patterns):
    source = f"import os\nos.remove('main.py')\nfor k in range({n}): open(f'f{{k:04}}', 'w').close()"
    answer = run({"profile": "python", "source": source, "artifacts": patterns})
    assert [one["path"] for one in answer["artifacts"]] == [f"f{k:04}" for k in range(1024)]
    assert answer.get("artifacts_missed", []) == ([{"path": "f1024", "why": "is one too many"}] if n > 1024 else [])


def test_a_compiled_program_s_files_come_back(run):
    source = '#include <stdio.h>\nint main(void) { FILE *f = fopen("out.txt", "w"); fputs("from C", f); fclose(f); }'
    answer = run({"profile": "c", "source": source, "artifacts": ["*.txt"]})
    assert [one["content"] for one in answer["artifacts"]] == ["from C"]


@pytest.mark.parametrize("patterns, pointer", [
    ("*.png", "/artifacts"), ([1], "/artifacts/0"), (["a", ""], "/artifacts/1"), (["/etc/passwd"], "/artifacts/0"),
    (["../*"], "/artifacts/0"), (["a/../b"], "/artifacts/0"), (["a//b"], "/artifacts/0"), (["a/"], "/artifacts/0"), (["./a"], "/artifacts/0"),
    (["a\nb"], "/artifacts/0"), (["a\0b"], "/artifacts/0"), (["x" * 256], "/artifacts/0"), (["a/" * 600 + "b"], "/artifacts/0"),
    (["a"] * 65, "/artifacts"),
    (["a", "["], "/artifacts/1"), (["a\\"], "/artifacts/0"), (["a\\/b"], "/artifacts/0"), (["[a/b]"], "/artifacts/0"), (["x/[!"], "/artifacts/0"), (["[]"], "/artifacts/0"),
    (["[a\\]"], "/artifacts/0"), (["[a-"], "/artifacts/0"), (["[z-a]"], "/artifacts/0"), (["[[:digits:]]"], "/artifacts/0"), (["[[:digit:"], "/artifacts/0"),
    (["[[.a.]]"], "/artifacts/0"), (["*[[=a=]]"], "/artifacts/0"),
], ids=lambda value: str(value)[:20])
def test_wrong_patterns_are_refused(refuse, patterns, pointer):
    assert refuse({"profile": "bash", "source": "", "artifacts": patterns})["pointer"] == pointer
