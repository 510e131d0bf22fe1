# SPDX-License-Identifier: MIT
"""The product of a compiler is not always a program. That is the visitor's fault, found before a cell is made for it, and told by its cause."""
import json

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="compilers leave the same in both builds; the plain one is asked")

NO_MAIN = "The program has no main function."
LARGER = "What was compiled is larger than "
FOREIGN = "The compiled program can't be started here. Is it made for a different system?"
ROWS = [
    ("go", "package shelf\n\nfunc Add(a, b int) int { return a + b }\n", NO_MAIN),
    ("go", "package greet\n\nfunc main() { println(1) }\n", "The main function is in package greet, but that of a program must be in package main."),
    ("go", "// Package lib is\npackage lib // a library\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Println(1)\n}\n", "The main function is in package lib, but that of a program must be in package main."),
    ("go", "package main\n\nvar t = [300000000]int32{1}\n\nfunc main() { println(t[1]) }", "The compiled program is larger than what may be stored here."),
    ("rust", '#![crate_type = "lib"]\npub fn add(a: i32, b: i32) -> i32 { a + b }', NO_MAIN),
    ("rust", '#![crate_type = "cdylib"]\n#[no_mangle]\npub extern "C" fn add(a: i32, b: i32) -> i32 { a + b }', NO_MAIN),
    ("rust", '#![crate_type = "staticlib"]\n#[no_mangle]\npub extern "C" fn add(a: i32, b: i32) -> i32 { a + b }', NO_MAIN),
    ("rust", "static T: [u8; 40_000_000] = [7; 40_000_000];\nfn main() { println!(\"{}\", T[std::env::args().count()]); }", LARGER),
    ("c", 'char t[40000000] = {1};\nint main(void) { return t[1]; }', LARGER),
    ("cpp", 'char t[40000000] = {1};\nint main() { return t[1]; }', LARGER),
]


@pytest.mark.parametrize("profile, source, said", ROWS, ids=lambda value: str(value)[:30])
def test_it_is_told_by_its_cause(run, profile, source, said):
    for _ in range(2):  # the second time could come from the cache
        result = run({"profile": profile, "source": source, "limits": {"disk_bytes": 32 << 20}}, timeout=120)
        assert result["verdict"] == "compile_failed" and result["message"].startswith(said), result


NO_MAINS = [("c", "int f(void) { return 1; }"), ("c", ""), ("cpp", "int f() { return 1; }"), ("cpp", ""), ("rust", "#![no_main]\npub fn f() {}")]


@pytest.mark.parametrize("profile, source", NO_MAINS)
def test_the_linker_s_own_files_are_not_shown(run, profile, source):
    result = run({"profile": profile, "source": source}, timeout=120)
    assert (result["message"], result["compile"]["exit_code"], result["compile"]["stderr"]) == (NO_MAIN, 1, ""), result


@pytest.mark.parametrize("profile, source, kept, n", [
    ("c", "int g(void);\nint f(void) { return g(); }", "undefined reference to `g'", 2),
    ("c", "int g(void);\nint main(void) { return g(); }", "collect2: error: ld returned 1 exit status", 3),
    ("c", "int f(void) { int x; return 1; }", "unused variable", 4),
    ("cpp", "int g();\nint f() { return g(); }", "undefined reference to `g()'", 2),
    ("rust", "fn f() {}", "`main` function not found in crate `main`", 6),
], ids=["c", "main", "warning", "cpp", "rust"])
def test_other_lines_of_a_compiler_are_shown(run, profile, source, kept, n):
    told = run({"profile": profile, "source": source}, timeout=120)["compile"]["stderr"]
    assert kept in told and "Scrt1" not in told and len(told.splitlines()) >= n, told


def test_a_pattern_of_hidden_lines_is_checked(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["errors"]["hidden"] = ["fine", "("]
    (tmp_path / "c.json").write_text(json.dumps(profile))
    done = exrun("profile", "check", tmp_path / "c.json")
    assert done.returncode == 78 and b"/errors/hidden/1: is not a valid regular expression" in done.stderr, done


@pytest.mark.parametrize("profile, source", [("c", "int main(void) { return 0; }"), ("cpp", "int main() {}"), ("go", "package main\n\nfunc main() {}"), ("rust", "fn main() {}")])
@pytest.mark.parametrize("content", ["text", "!<arch>\n", "\x7fELF"])
def test_a_file_with_the_program_s_name_is_replaced(run, profile, source, content):
    assert run({"profile": profile, "source": source, "files": [{"path": "main", "content": content}]}, timeout=120)["verdict"] == "ok"


def test_a_run_with_less_room_than_an_earlier_one(run):
    """The cache has the product, but it does not fit into this run."""
    request = {"profile": "c", "source": "char t[9000000] = {1};\nint main(void) { return t[1]; }"}
    assert run(request)["verdict"] == "ok"
    result = run({**request, "limits": {"disk_bytes": 4 << 20}})
    assert result["verdict"] == "compile_failed" and result["message"] == LARGER + "4 MiB, which is all that may be stored.", result
    assert run(request)["verdict"] == "ok"


@pytest.mark.parametrize("more, most", [({}, "64 MiB"), ({"files": [{"path": "data", "content": "x" * (9 << 20)}]}, "66060200 bytes")], ids=["alone", "with_files"])
def test_the_sentence_names_the_limit_that_was_reached(run, more, most):
    """The run can store 512 MiB, but exrun keeps at most 64 MiB of a product, and at most 72 MiB of all files of a run."""
    source = "package main\n\nvar t = [70_000_000]byte{1}\n\nfunc main() { println(t[1]) }".ljust(88)
    result = run({"profile": "go", "source": source, "limits": {"disk_bytes": 512 << 20, "memory_bytes": 512 << 20}, **more}, timeout=120)
    assert result["verdict"] == "compile_failed" and result["message"] == f"{LARGER}{most}, which is all that may be stored.", result


def test_the_compiler_s_files_are_not_called_the_program(run):
    """The assembler's file and the program have 68 MB each."""
    result = run({"profile": "c", "source": "char t[68000000] = {1};\nint main(void) { return t[1]; }"}, timeout=120)
    assert result["message"] == "The compiler's files are larger than 128 MiB together, which is all that may be stored.", result


@pytest.mark.parametrize("loader", ["/nonexistent/loader", "/etc/passwd", "/usr/bin/../bin/nonexistent", "/usr/../bin/sh", "/usr/share", "/usr/share/doc/gcc"])
def test_a_loader_that_no_cell_has(run, tmp_path, loader):
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["compile"]["argv"].append(f"-Wl,-I{loader}")
    (tmp_path / "c.json").write_text(json.dumps(profile))
    result = run({"profile": "c", "source": "int main(void) { return 0; }"}, "--profiles", tmp_path)
    assert result["verdict"] == "compile_failed" and result["message"] == FOREIGN, result


def test_files_that_do_not_fit_are_not_called_a_program(exrun):
    """The compiler has more memory than the run."""
    request = {"profile": "c", "source": "int main(void) { return 0; }", "files": [{"path": "data", "content": "x" * (24 << 20)}], "limits": {"memory_bytes": 8 << 20}}
    done = exrun("run", "--json", "-", input=json.dumps(request).encode())
    assert b"What was compiled" not in done.stdout and (done.returncode, b"/limits/memory_bytes" in done.stdout) == (65, True), done
