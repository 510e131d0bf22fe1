# SPDX-License-Identifier: MIT
"""Refused requests, each with the place of its mistake: a JSON pointer, or line and column."""
import base64
import json
import re
from dataclasses import dataclass

import pytest

MIB = 1 << 20


@dataclass(frozen=True)
class Row:
    """One bad request. A pointer of None is not checked. `place` is the text of the sentence before the column."""
    id: str
    request: dict | bytes
    pointer: str | None
    place: str | None = None
    says: str = ""


def php(**members):
    """A request whose only mistakes are in these members. Members with the value None are left out."""
    whole = {"profile": "php", "source": "<?php echo 1;", **members}
    return {name: value for name, value in whole.items() if value is not None}


def paths(*names, **members):
    return php(files=[{"path": name, "content": "x"} for name in names], **members)


def raw(text):
    return text.encode()


TABLE = [
    # --- not JSON
    Row("empty", b"", None, "line 1"),
    Row("blank", b" \n\n", None, "line 3"),
    Row("not-json", raw('{"profile": "php",\n "source": nonsense}'), None, "line 2"),
    Row("cut-off", raw('{"profile": "php",\n\n"source": "a'), None, "line 3"),
    Row("two-objects", raw('{"profile": "bash", "source": ""}\n{}'), None, "line 2"),
    Row("not-utf-8", b'{"profile": "bash",\n"source": "\xff"}', None, "line 2"),
    Row("half-a-surrogate", raw('{"profile": "bash",\n"source": "\\ud800"}'), None, "line 2"),
    Row("number-beyond-all", raw('{"profile": "bash", "source": "",\n"limits": {"wall_ms": 1%s}}' % ("0" * 40)), None,
        "line 2"),
    Row("deep", b"[" * 100_000, None, "line 1"),
    Row("key-twice", raw('{"profile": "php",\n"source": "",\n"profile": "php"}'), "/profile", "line 3", "twice"),
    Row("key-twice-inside", raw('{"profile": "php", "source": "",\n"env": {"A": "1",\n\n"A": "2"}}'), "/env/A",
        "line 4", "twice"),

    # --- shape
    Row("array", b"[]", ""),
    Row("string", b'"php"', ""),
    Row("null", b"null", ""),
    Row("unknown-member", php(sources="x"), "/sources"),
    Row("unknown-member-slash", php(**{"a/b~c": 1}), "/a~1b~0c"),
    Row("unknown-member-of-file", php(files=[{"path": "a", "content": "", "mode": "0777"}]), "/files/0/mode"),
    Row("unknown-member-of-stdin", php(stdin={"content": "", "encodin": "base64"}), "/stdin/encodin"),
    Row("version-2", php(v=2), "/v"),
    Row("version-text", php(v="1"), "/v"),
    Row("no-profile", php(profile=None), "/profile"),
    Row("profile-unknown", php(profile="cobol"), "/profile", says="cobol"),
    Row("profile-empty", php(profile=""), "/profile"),
    Row("profile-path", php(profile="../profiles/php"), "/profile"),
    Row("profile-number", php(profile=7), "/profile"),
    Row("no-source", php(source=None), "/source"),
    Row("no-source-but-files", paths("lib/a.php", source=None), "/source"),
    Row("source-number", php(source=1), "/source"),
    Row("source-null", raw('{"profile": "php", "source": null}'), "/source"),
    Row("source-without-content", php(source={"encoding": "base64"}), "/source/content"),
    Row("source-encoding", php(source={"encoding": "rot13", "content": "x"}), "/source/encoding"),
    Row("source-bad-base64", php(source={"encoding": "base64", "content": "a*b="}), "/source/content", says="base64"),
    Row("stdin-array", php(stdin=[]), "/stdin"),
    Row("stdin-open", php(stdin_open=True), "/stdin_open", says="exrun serve"),
    Row("stdin-open-text", php(stdin_open="true"), "/stdin_open"),
    Row("stdin-open-null", {**php(), "stdin_open": None}, "/stdin_open"),
    Row("stdin-cut-base64", php(stdin={"encoding": "base64", "content": "QUJ"}), "/stdin/content", says="base64"),
    Row("args-text", php(args="a b"), "/args"),
    Row("args-number", php(args=["a", 1]), "/args/1"),
    Row("args-nul", php(args=["a", "b\0c"]), "/args/1"),
    Row("id-empty", php(id=""), "/id"),
    Row("id-bad", php(id="a b"), "/id"),
    Row("id-path", php(id="../x"), "/id"),
    Row("id-long", php(id="x" * 65), "/id"),
    Row("id-number", php(id=1), "/id"),

    # --- files
    Row("files-object", php(files={"a": "x"}), "/files"),
    Row("file-text", php(files=["a"]), "/files/0"),
    Row("file-without-path", php(files=[{"content": "x"}]), "/files/0/path"),
    Row("file-without-content", php(files=[{"path": "a"}]), "/files/0/content"),
    Row("file-number", php(files=[{"path": "a", "content": 1}]), "/files/0/content"),
    Row("file-bad-base64", php(files=[{"path": "a", "encoding": "base64", "content": "%%%%"}]), "/files/0/content"),
    Row("path-number", php(files=[{"path": 1, "content": ""}]), "/files/0/path"),
    Row("path-empty", paths(""), "/files/0/path"),
    Row("path-absolute", paths("ok", "/etc/passwd"), "/files/1/path"),
    Row("path-up", paths(".."), "/files/0/path"),
    Row("path-up-inside", paths("a/../../b"), "/files/0/path"),
    Row("path-empty-part", paths("a//b"), "/files/0/path"),
    Row("path-trailing-slash", paths("a/"), "/files/0/path"),
    Row("path-nul", paths("a\0b"), "/files/0/path"),
    Row("path-newline", paths("a\nb"), "/files/0/path"),
    Row("path-delete", paths("a\x7fb"), "/files/0/path"),
    Row("path-control-of-utf-8", paths("a\u0085b"), "/files/0/path"),
    Row("path-long", paths("/".join(["x" * 200] * 30)), "/files/0/path"),
    Row("path-long-part", paths("x" * 256), "/files/0/path"),
    Row("path-twice", paths("a", "b", "a"), "/files/2/path"),
    Row("path-below-file", paths("a", "a/b"), "/files/1/path"),
    Row("path-above-file", paths("a/b/c", "a/b"), None),
    Row("path-below-entry", paths("main.c/x", profile="c", source="int main(void) { return 0; }"), "/files/0/path"),
    Row("entry-twice", paths("main.c", profile="c", source="int main(void) { return 0; }"), "/files/0/path"),
    Row("files-beyond-disk", php(limits={"disk_bytes": MIB}, files=[
        {"path": name, "content": "x" * (MIB * 3 // 5)} for name in "ab"]), "/files/1/content"),
    Row("bytes-beyond-disk", php(limits={"disk_bytes": MIB}, files=[
        {"path": "a", "encoding": "base64", "content": base64.b64encode(bytes(2 * MIB)).decode()}]),
        "/files/0/content"),
    Row("more-files-than-inodes", php(limits={"disk_bytes": 64 << 10}, files=[
        {"path": f"d{n}/f", "content": ""} for n in range(300)]), "/limits/disk_bytes"),
    Row("files-beyond-memory", php(limits={"memory_bytes": 8 * MIB, "disk_bytes": 24 * MIB}, files=[
        {"path": "f", "content": "x" * 16 * MIB}]), "/limits/memory_bytes"),
    Row("memory-too-small-to-start", php(limits={"memory_bytes": 4 * MIB}), "/limits/memory_bytes"),
    Row("source-beyond-disk", php(limits={"disk_bytes": MIB}, source="x" * 2 * MIB), "/source"),

    # --- environment
    Row("env-array", php(env=["A=1"]), "/env"),
    Row("env-number", php(env={"A": 1}), "/env/A"),
    Row("env-empty-name", php(env={"": "x"}), "/env/"),
    Row("env-equals", php(env={"A=B": "x"}), "/env/A=B"),
    Row("env-digit", php(env={"1A": "x"}), "/env/1A"),
    Row("env-nul-value", php(env={"A": "x\0y"}), "/env/A"),
    Row("env-ld-preload", php(env={"LD_PRELOAD": "/box/a.so"}), "/env/LD_PRELOAD"),
    Row("env-ld-library-path", php(env={"LD_LIBRARY_PATH": "/box"}), "/env/LD_LIBRARY_PATH"),
    Row("env-php-ini", php(env={"GOOD": "1", "PHP_INI_SCAN_DIR": "/box"}), "/env/PHP_INI_SCAN_DIR"),
    Row("env-php-ini-elsewhere", php(profile="python", env={"PHP_INI_SCAN_DIR": "/box"}), "/env/PHP_INI_SCAN_DIR"),

    # --- limits
    Row("limits-array", php(limits=[]), "/limits"),
    Row("limit-unknown", php(limits={"wall": 1000}), "/limits/wall"),
    Row("limit-zero", php(limits={"wall_ms": 0}), "/limits/wall_ms"),
    Row("limit-negative", php(limits={"cpu_ms": -1}), "/limits/cpu_ms"),
    Row("limit-fraction", php(limits={"wall_ms": 1000.5}), "/limits/wall_ms"),
    Row("limit-text", php(limits={"memory_bytes": "128M"}), "/limits/memory_bytes"),
    Row("limit-true", php(limits={"processes": True}), "/limits/processes"),
    Row("limit-null", php(limits={"files": None}), "/limits/files"),
    *(Row(f"limit-beyond-{name}", php(limits={name: 1 << 50}), f"/limits/{name}")
      for name in ("wall_ms", "cpu_ms", "memory_bytes", "processes", "output_bytes", "disk_bytes", "files")),

    # --- labels
    Row("labels-array", php(labels=["a"]), "/labels"),
    Row("labels-17", php(labels={f"n{i}": "x" for i in range(17)}), "/labels"),
    Row("label-upper", php(labels={"Example": "x"}), "/labels/Example"),
    Row("label-dash", php(labels={"a-b": "x"}), "/labels/a-b"),
    Row("label-empty-name", php(labels={"": "x"}), "/labels/"),
    Row("label-long-name", php(labels={"x" * 33: "x"}), "/labels/" + "x" * 33),
    Row("label-long-value", php(labels={"client": "x" * 201}), "/labels/client"),
    Row("label-long-in-bytes", php(labels={"client": "ż" * 101}), "/labels/client"),
    Row("label-number", php(labels={"client": 1}), "/labels/client"),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_a_wrong_request_is_refused(row, refuse):
    problem = refuse(row.request)
    sentence = problem["detail"]
    if row.pointer is not None:
        assert (problem.get("pointer") or "") == row.pointer, problem  # the pointer to the whole document is left out
    if row.place:
        assert re.search(rf"\b{row.place}, column \d+", sentence), problem
    assert row.says in sentence, problem
    assert "\n" not in sentence and sentence.isprintable(), problem


@pytest.mark.parametrize("request_", [
    php(id="x" * 64),
    php(labels={f"n{i}" + "x" * 28: "v" * 200 for i in range(16)}),
    php(limits={}), php(files=[]), php(args=[]), php(env={}), php(labels={}), php(stdin=""),
    paths("a..b", "...", ".hidden", "x" * 255, "with space", "ż/ó.txt", "a.php/b"),
    php(env={"_": "x", "A1_b": "", "LDFLAGS": "x"}),
], ids=["id", "labels", "limits", "files", "args", "env", "no-labels", "stdin", "paths", "names"])
def test_a_right_request_is_not_refused(request_, run):
    assert run(request_)["verdict"] == "ok"


def test_a_request_in_a_file_is_refused(exrun, tmp_path):
    """A request in a file is refused like one on stdin."""
    path = tmp_path / "request.json"
    path.write_text(json.dumps(php(v=2)))
    done = exrun("run", "--json", str(path))
    assert done.returncode == 65
    assert json.loads(done.stdout)["problem"]["pointer"] == "/v"
