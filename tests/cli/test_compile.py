# SPDX-License-Identifier: MIT
"""Compilers process strangers' input too: their bombs end in bounded time, and their messages name the visitor's files."""
import base64
import json
import subprocess

import pytest

from conftest import ROOT

# Language, source, possible ends of the compile stage. Each would take a compiler minutes, all memory, or all disk.
BOMBS = {
    "templates": ("cpp", "template<int N> struct A { static const int v = A<N + 1>::v + A<N + 2>::v; };\nint main() { return A<0>::v; }",
                  {"failed", "cpu_timeout", "out_of_memory"}),
    "templates-wide": ("cpp", "template<int D, int... I> struct A : A<D - 1, I..., 0>, A<D - 1, I..., 1> {};\n"
                              "template<int... I> struct A<0, I...> {};\nint main() { A<40> a; (void)a; }",
                       {"failed", "cpu_timeout", "out_of_memory", "timeout"}),
    "constexpr": ("cpp", "constexpr int f(int n) { return n < 2 ? n : f(n - 1) + f(n - 2); }\nconstexpr int x = f(60);\nint main() { return x; }",
                  {"failed", "cpu_timeout"}),
    "no-end": ("cpp", '#include "/dev/zero"\nint main() {}', {"failed", "out_of_memory", "cpu_timeout"}),
    "noise": ("c", '#include "/dev/urandom"\nint main(void) {}', {"failed", "out_of_memory", "output_limit", "cpu_timeout"}),
    "itself": ("c", '#include "main.c"\n#include "main.c"\nint main(void) { return 0; }', {"failed", "output_limit"}),
    "macros": ("c", "#define A(x) x x x x x x x x x x x x x x x x\n#define B(x) A(A(A(A(x))))\n#define C B(B(int i;))\nC\nint main(void) { return 0; }",
               {"failed", "cpu_timeout", "out_of_memory"}),
    "large-object": ("c", '__asm__(".fill 100000000000,1,0");\nint main(void) { return 0; }', {"failed"}),
    "large-product": ("c", "char x[1u << 28] = {1};\nint main(void) { return x[0]; }", {"failed"}),
    "macros-of-macros": ("rust", "macro_rules! m { ($($t:tt)*) => { m!($($t)* $($t)*); }; }\nfn main() { m!(a b); }",
                         {"failed", "out_of_memory", "cpu_timeout"}),
    "types": ("rust", "trait T { fn f(&self) -> usize; }\nimpl T for u8 { fn f(&self) -> usize { 1 } }\n"
                      "impl<A: T> T for (A, A) { fn f(&self) -> usize { g(&(0u8, 0u8), 99) } }\n"
                      "fn g<A: T + Copy>(a: &A, n: usize) -> usize { if n == 0 { 1 } else { g(&(*a, *a), n - 1) } }\nfn main() { g(&0u8, 9); }",
              {"failed", "out_of_memory", "cpu_timeout"}),
    "large-array": ("go", "package main\nvar x [1 << 40]byte\nfunc main() { x[0] = 1 }", {"failed"}),
    "large-class": ("java", "public class Main { static final int[] X = {" + "1," * 30000 + "};\npublic static void main(String[] a) {} }", {"failed"}),
}


@pytest.fixture
def impatient(tmp_path):
    """The same profiles, whose compilers get 2.5 s of CPU time. The wall-clock time depends on the other work of the machine."""
    for name in ("c", "cpp", "go", "rust", "java"):
        profile = json.loads((ROOT / f"profiles/{name}.json").read_text())
        profile["compile"]["limits"] |= {"cpu_ms": 2500, "wall_ms": 50_000}
        (tmp_path / f"{name}.json").write_text(json.dumps(profile))
    return tmp_path


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_bounded_time(name, run, impatient):
    profile, source, ends = BOMBS[name]
    result = run({"profile": profile, "source": source}, "--profiles", impatient)
    assert result["verdict"] == "compile_failed", result
    compiled = result["compile"]
    assert compiled["verdict"] in ends, compiled["verdict"]
    assert compiled["usage"]["cpu_us"] < 5_000_000 and len(compiled["stdout"]) + len(compiled["stderr"]) <= 262_144
    assert compiled["verdict"] != "failed" or compiled["stderr"] or compiled["stdout"]
    assert result["exit_code"] is None and result["stdout"] == result["stderr"] == ""


PROCESSOR = """import java.util.*; import javax.annotation.processing.*; import javax.lang.model.element.*;
@SupportedAnnotationTypes("*") public class P extends AbstractProcessor {
    public boolean process(Set<? extends TypeElement> a, RoundEnvironment r) { System.err.println("visitor code in compile"); return false; } }
"""


def test_a_visitor_s_code_does_not_run_in_the_compiler(run, tmp_path):
    """If it came with the source, an annotation processor would run with the compiler's limits."""
    (tmp_path / "P.java").write_text(PROCESSOR)
    subprocess.run(["javac", "-proc:none", "-d", tmp_path, tmp_path / "P.java"], check=True, timeout=60, capture_output=True)
    files = [{"path": "META-INF/services/javax.annotation.processing.Processor", "content": "P\n"},
             {"path": "P.class", "encoding": "base64", "content": base64.b64encode((tmp_path / "P.class").read_bytes()).decode()}]
    result = run({"profile": "java", "source": "public class Main { public static void main(String[] a) { System.out.print(1); } }", "files": files})
    assert result["verdict"] == "ok" and "visitor code" not in result["compile"]["stderr"], result


def test_a_visitor_s_settings_do_not_change_the_compiler(run):
    result = run({"profile": "go", "source": "package main\nfunc main() {}",
                  "files": [{"path": ".config/go/env", "content": "GOFLAGS=-toolexec=/usr/bin/echo\n"}]})
    assert result["verdict"] == "ok", result


@pytest.mark.parametrize("imports", ['%s\nimport "C"\nimport "fmt"\n', 'import (\n\t"fmt"\n\t%s\n\t"C" // cgo\n)\n'], ids=["alone", "in a list"])
def test_go_compiles_c(run, imports):
    """The profile starts without cgo, so a file that needs it would be skipped."""
    source = "package main\n\n" + imports % "// static int twice(int n) { return 2 * n; }" + "\nfunc main() { fmt.Print(C.twice(21)) }\n"
    result = run({"profile": "go", "source": source})
    assert (result["verdict"], result["stdout"]) == ("ok", "42"), result


@pytest.mark.parametrize("profile, source, place", [
    ("c", "int main(void) { int unused; return 0; }", "main.c:1:"),
    ("cpp", "int main() { int unused; }", "main.cpp:1:"),
    ("rust", "fn main() { let unused = 1; }", "main.rs:1:"),
    ("java", "import java.util.*; public class Main { public static void main(String[] a) { List<String> l = new ArrayList(); } }", "Main.java"),
])
def test_warnings_of_a_good_compile_are_shown(profile, source, place, run):
    result = run({"profile": profile, "source": source})
    assert result["verdict"] == "ok" and place in result["compile"]["stderr"], result


@pytest.mark.parametrize("profile, source, place, what", [
    ("php", "<?php\necho $missing;", "/box/main.php on line 2", "Undefined variable"),
    ("php", "<?php\nthrow new Exception('once');", "/box/main.php:2", "Uncaught Exception"),
    ("php", "<?php\nfunction f( {", "/box/main.php on line 2", "syntax error"),
    ("php", "<?php error_log('once');", "once", "once"),
    ("python", "\nraise ValueError('once')", "main.py\", line 2", "ValueError: once"),
    ("perl", "\nwarn 'once';", "main.pl line 2", "once"),
    ("ruby", "\nwarn 'once'", "once", "once"),
    ("javascript", "console.error('once')", "once", "once"),
])
def test_own_errors_come_once_and_on_stderr(profile, source, place, what, run):
    result = run({"profile": profile, "source": source})
    assert result["stderr"].count(what) == 1 and place in result["stderr"], result["stderr"]
    assert result["stdout"] == ""
