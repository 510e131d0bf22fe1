# SPDX-License-Identifier: MIT
"""A compiler that was started ahead: it waits in a cell of its own until a single source comes."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from conftest import BUILD, EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream  # noqa: E402
from serving import ADMIN, all_processes, call, processes_of_cells, run as kit_run, start, wait_until  # noqa: E402, F401

# "Compiles" a Perl program: line numbers stay, and a line that can't be understood is a mistake.
COMPILER = """
my $waits = $ARGV[0] eq '--wait' && shift;
%s
open(my $in, '<', '/box/main.made') or die;
my @lines = <$in>;
for (my $n = 0; $n < @lines; $n++) { if ($lines[$n] =~ /mistake/) { print STDERR 'main.made:', $n + 1, ": no\\n"; $failed = 1 } }
print STDERR "note: $_\\n" for grep /note/, map { glob } '*';
exit 1 if $failed;
open(my $out, '>', '/box/main.out') or die;
print $out @lines;
"""
MADE = {
    "v": 1, "name": "made", "title": "Made", "program": {"name": "perl", "package": "perl", "version": ["perl", "-e", "print $^V"]}, "entry": "main.made", "endings": [".made"],
    "compile": {"argv": ["/usr/bin/perl", "/etc/exrun/compile.pl", "{sources}"], "produces": "main.out",
                "warm": {"how": "park", "early": ["folder"], "argv": ["/usr/bin/perl", "/etc/exrun/compile.pl", "--wait", "main.made"]}},
    "run": ["/usr/bin/perl", "main.out", "{args}"], "warm": {"how": "park", "check": "print 'checked'"}, "network": "none", "policy": {"base": "common"},
}
POOL = {"cells": {"keepers": 2, "running": 1, "profiles": {"made": {"floor": 1, "ceiling": 1}}}}


PROGRAMS = pathlib.Path("/usr/local/lib")  # belongs to each toolchain (cache/toolchain.c)


@pytest.fixture(autouse=True)
def programs():
    """Tests of other suites, which run beside these, change that folder."""
    if os.geteuid() == 0:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "none", PROGRAMS], check=True)
    yield
    if os.geteuid() == 0:
        subprocess.run(["umount", "--lazy", PROGRAMS], check=True)


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """The folder of the profiles. Each test compiles anew; cells can see the shim of this build."""
    shim = pathlib.Path(tempfile.mkdtemp(prefix="shim-", dir="/var/tmp"))
    shim.chmod(0o755)
    (shim / "inside").mkdir()
    monkeypatch.setenv("EXRUN_SHIM", str(shutil.copy(BUILD / "sandbox/park.so", shim)))
    monkeypatch.setenv("EXRUN_CACHE", str(tmp_path / "cache"))
    profiles = tmp_path / "profiles"
    profiles.mkdir()
    mounts = json.loads((ROOT / "profiles/perl.json").read_text())["mounts"]
    (profiles / "made.json").write_text(json.dumps({**MADE, "mounts": [*mounts, str(shim)], "etc": {"exrun/compile.pl": COMPILER % ""}}))
    yield profiles
    shutil.rmtree(shim)


def change(folder, **members):
    path = folder / "made.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **members}))


def profile_of(name="made"):
    return next(one for one in call("GET", "/v1/status", address=ADMIN).json["profiles"] if one["name"] == name)


def compilers(word="compile.pl"):
    """Processes of compilers that wait."""
    return [pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if is_one(pid, word)]


def is_one(pid, word):
    try:
        words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return b"--wait" in words and any(word.encode() in one for one in words)


def wait_for_both(name="made"):
    wait_until(lambda: (seen := profile_of(name))["parked"] == 1 and seen["making"] == 0 and not seen["running"])


def run(source, name="made", **more):
    return kit_run({"profile": name, "source": source, **more})


def slots():
    return {name for name in os.listdir("/run/exrun/slots") if name.isdigit()}


def compile_cell(result):
    return result["timing"].get("compile_cell")


def test_a_new_source_is_compiled_where_a_compiler_waits(start, folder):
    start(POOL, profiles=folder)
    for n in range(3):
        wait_for_both()
        result = run(f"print 'hello {n}'")
        assert (result["verdict"], result["stdout"]) == ("ok", f"hello {n}"), result
        assert (compile_cell(result), result["timing"]["cell"], result["compile"]["cached"]) == ("parked", "parked", False), result


def test_a_program_from_the_cache_leaves_the_compiler(start, folder):
    start(POOL, profiles=folder)
    wait_for_both()
    run("print 1")
    wait_for_both()
    waiting = compilers()
    for _ in range(5):
        wait_for_both()
        result = run("print 1")
        assert (result["stdout"], result["compile"]["cached"], compile_cell(result)) == ("1", True, None), result
    assert set(waiting) <= set(compilers()) and len(compilers()) <= 2  # each of the two keepers keeps its own


def test_what_a_compiler_says_is_the_same(start, folder):
    start(POOL, profiles=folder)
    for source, more in {"print 1;\nmistake\nmistake\n": {}, "print 2": {"files": [{"path": "note.txt", "content": "x"}]}, "": {}, "# äöü\nprint __LINE__": {}, "mistake": {"limits": {"cpu_ms": 100}}}.items():
        wait_for_both()
        warm = run(source, **more)
        cold = json.loads(subprocess.run([EXRUN, "run", "--json", "--profiles", folder, "-"], input=json.dumps({"profile": "made", "source": source, **more}), capture_output=True, text=True, timeout=120,
                                         env={**os.environ, "EXRUN_CACHE": str(folder / "none")}, check=True).stdout)
        assert (compile_cell(warm), compile_cell(cold)) == ("parked", "cold")
        for member in ("verdict", "message", "stdout", "stderr", "exit_code"):
            assert warm[member] == cold[member], (warm, cold)
        for member in ("verdict", "stdout", "stderr", "exit_code", "signal", "cached"):
            assert warm["compile"][member] == cold["compile"][member], (warm, cold)


def test_a_used_compiler_is_gone(start, folder):
    """Its cell is removed before the program runs, and a keeper without work is left in peace."""
    one = start(POOL, profiles=folder)
    most = 0
    for n in range(8):
        wait_for_both()
        assert compile_cell(run(f"print {n}; exit 0")) == "parked"
        most = max(most, len(slots()))
    assert most <= 6, "two keepers with their cell, a compiler and one in the making"
    wait_until(lambda: len(compilers()) == 1)
    wait_for_both()
    before = len(slots())
    for pid in compilers():
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(slots()) == before - 1)
    time.sleep(25)  # longer than a keeper may be busy
    assert "hangs" not in one.log.read_text() and call("GET", "/v1/status", address=ADMIN).json["restarts"]["keepers"] == 0


def test_another_profile_has_its_own_compiler(start, folder):
    """Its command may be the same."""
    (folder / "other.json").write_text(json.dumps({**json.loads((folder / "made.json").read_text()), "name": "other", "etc": {"exrun/compile.pl": COMPILER.replace("print $out @lines;", "print $out 'print 42';") % ""}}))
    start({"cells": {**POOL["cells"], "profiles": {"made": {"floor": 1, "ceiling": 1}, "other": {"floor": 0, "ceiling": 0}}}}, profiles=folder)
    for n in range(4):
        wait_for_both()
        result = run(f"print {n}", "other")
        assert (result["stdout"], compile_cell(result)) == ("42", "cold"), result
        assert run(f"print {n}")["stdout"] == str(n)


def test_compilers_stay_while_other_languages_run(start, folder):
    """The keepers of the one profile are not taken for the other while there are others."""
    (folder / "other.json").write_text(json.dumps({name: value for name, value in {**json.loads((folder / "made.json").read_text()), "name": "other", "entry": "main.pl", "run": ["/usr/bin/perl", "main.pl"]}.items() if name != "compile"}))
    start({"cells": {"keepers": 24, "running": 1, "profiles": {name: {"floor": 1, "ceiling": 1} for name in ("made", "other")}}}, profiles=folder)
    seen, begun = [], time.monotonic()
    for _ in range(60):
        wait_for_both()
        wait_for_both("other")
        # A compiler beside which no cell waits is given up after ten seconds, so slow rounds say nothing.
        if time.monotonic() - begun > 5:
            seen.clear()
        begun = time.monotonic()
        seen.append(set(compilers()))
        if len(seen) == 30:
            break
        assert run("print 1")["stdout"] == "1" and run("print 2", "other")["stdout"] == "2"
    assert len(set().union(*seen[2:])) <= 2, seen


def test_the_pool_expects_what_one_more_cell_takes(start, folder):
    """A compiler that takes long to start is not made anew with each cell."""
    change(folder, etc={"exrun/compile.pl": COMPILER % "select undef, undef, undef, 4 if $waits;"})
    start(POOL, profiles=folder)
    wait_for_both()
    assert compilers() and 0 < profile_of()["make_us"] < 4_000_000


def test_a_keeper_with_a_compiler_is_found_again(start, folder):
    """Also after a run in a new cell: the next interpreter waits in a keeper whose compiler waits already, not in one that has to start both."""
    start({"cells": {"keepers": 16, "running": 3, "profiles": {"made": {"floor": 1, "ceiling": 1}}}}, profiles=folder)

    def wait_for(running):
        wait_until(lambda: (seen := profile_of())["parked"] == 1 and seen["making"] == seen["reclaiming"] == 0 and seen["running"] == running)

    def hold():
        wait_for(0)
        answer = call("POST", "/v1/runs", {"profile": "made", "source": "sleep 600", "limits": {"wall_ms": 60000}}, {"Prefer": "respond-async"})
        wait_for(1)
        return answer.json["id"]

    def end(one):
        call("DELETE", f"/v1/runs/{one}")
        wait_for(0)

    run("print 1")
    end(hold())
    first = hold()
    assert len(compilers()) == 2
    end(first)
    assert call("POST", "/v1/runs", {"profile": "made", "source": "print 1"}, {"Exrun-Cell": "cold"}, address=ADMIN).json["timing"]["cell"] == "cold"
    second = hold()
    assert len(compilers()) == 2
    end(second)


def test_a_cell_has_the_kind_of_its_own_program(start, folder):
    """A compiler waits in a keeper whose cell is gone; the program has a new cell."""
    start(POOL, profiles=folder)

    def is_seen():
        wait_for_both()
        run("print 1")
        result = run(f"print {time.time_ns()}", env={"OTHER": "x"})
        return (compile_cell(result), result["timing"]["cell"]) == ("parked", "cold")

    wait_until(is_seen)


def test_a_compiler_has_a_network_of_its_own(start, folder):
    """Programs run in the cell beside it while it waits."""
    start(POOL, profiles=folder)
    wait_for_both()
    [compiler] = compilers()
    programs = [pid for pid in processes_of_cells() if b"main.out" in pathlib.Path(f"/proc/{pid}/cmdline").read_bytes()]
    assert len({os.readlink(f"/proc/{pid}/ns/net") for pid in (compiler, *programs, os.getpid())}) == 2 + len(programs) >= 3


@pytest.mark.parametrize("more", [{"files": [{"path": "other.made", "content": "x"}]}, {"files": [{"path": "folder/x", "content": "x"}]}], ids=["two sources", "a name that it looks for early"])
def test_other_sources_are_compiled_in_a_new_cell(start, folder, more):
    """The compiler that waits goes on waiting."""
    start(POOL, profiles=folder)
    wait_for_both()
    waiting = compilers()
    result = run("print 3", **more)
    assert (result["verdict"], result["stdout"], compile_cell(result)) == ("ok", "3", "cold"), result
    assert set(waiting) <= set(compilers())
    wait_for_both()
    assert compile_cell(run("print 4")) == "parked"


def test_a_compiler_that_was_killed(start, folder):
    """At any moment; the run is compiled in a new cell then."""
    start(POOL, profiles=folder)
    for n in range(6):
        wait_for_both()
        for pid in compilers():
            os.kill(pid, signal.SIGKILL)
        result = run(f"print {n}")
        assert (result["verdict"], result["stdout"], compile_cell(result)) == ("ok", str(n), "cold"), result
    wait_for_both()
    assert compile_cell(run("print 'again'")) == "parked"


def test_a_stream_tells_where_it_was_compiled(start, folder):
    start(POOL, profiles=folder)
    wait_for_both()
    started = [event.data for event in Stream({"profile": "made", "source": "print 5"}) if event.type == "started"]
    assert [(one["stage"], one["cell"]) for one in started] == [("compile", "parked"), ("run", "parked")]


MISTAKEN = "grep { index($_, '}{(') >= 0 } @lines"
LINES = {"the product": f"push @lines, \"\\n;1;\\n\" unless {MISTAKEN}", "a mistake's message": f"print STDERR 'waited' if {MISTAKEN}", "a message": "print STDERR 'waited'", "the exit status": "exit 3", "nothing but time": "sleep 1"}


@pytest.mark.parametrize("line", LINES)
def test_a_compiler_that_does_something_else_when_it_waits(start, folder, line):
    """The check finds it. The last one makes no difference."""
    script = (COMPILER % "").replace("my @lines = <$in>;", f"my @lines = <$in>; if ($waits) {{ {LINES[line]} }}")
    change(folder, etc={"exrun/compile.pl": script})
    start(POOL, profiles=folder)
    wait_until(lambda: profile_of()["warm"] != "unchecked")
    seen = profile_of()
    if line == "nothing but time":
        assert seen["warm"] == "on"
        return
    assert (seen["warm"], seen["warm_reason"]) == ("off", "the check program has another result of its compiler if that was started ahead")
    assert compile_cell(run("print 6")) == "cold" and not compilers()


def test_a_compiler_that_a_busy_machine_stopped_is_checked_again(start, folder):
    """And not because a file has changed: the fingerprint has only the mounted folder itself."""
    slow = pathlib.Path(os.environ["EXRUN_SHIM"]).parent / "inside/slow"
    slow.touch()
    change(folder, etc={"exrun/compile.pl": (COMPILER % "").replace("my @lines = <$in>;", f"my @lines = <$in>; system('sleep', '100') if $waits && -e '{slow}';")},
           compile={**MADE["compile"], "limits": {"wall_ms": 1000}})
    start(POOL, profiles=folder)
    wait_until(lambda: "sleep" in [status["Name"] for _, status in all_processes()])
    slow.unlink()
    assert wait_until(lambda: (seen := profile_of()["warm"]) != "unchecked" and seen) == "on"


def test_a_compiler_that_does_not_wait(start, folder):
    """It ends before it opens its source, so no compiler waits, and nothing else changes."""
    change(folder, etc={"exrun/compile.pl": COMPILER % "exit 0 if $waits;"})
    start(POOL, profiles=folder)
    wait_until(lambda: profile_of()["warm"] == "off")
    assert profile_of()["warm_reason"] == "the interpreter ended before it opened its program"
    assert run("print 7")["stdout"] == "7"


def test_a_compiler_that_does_not_wait_any_more(start, folder):
    """It worked when it was checked. The fingerprint has only the mounted folder itself."""
    inside = pathlib.Path(os.environ["EXRUN_SHIM"]).parent / "inside"
    change(folder, etc={"exrun/compile.pl": COMPILER % f"exit 0 if $waits && -e '{inside}/broken';"})
    start(POOL, profiles=folder)
    wait_for_both()
    (inside / "broken").touch()
    for n in range(3):
        assert run(f"print {n}")["stdout"] == str(n)
    wait_until(lambda: profile_of()["warm"] == "off")
    assert profile_of()["warm_reason"] == "the interpreter ended before it opened its program"


def test_without_what_was_prepared_no_compiler_waits(start, folder):
    """A folder that is prepared later is used from the next cell on."""
    change(folder, prepare={"argv": ["/bin/sh", "-c", "echo x >/prepared/x"]})
    start(POOL, profiles=folder)
    wait_for_both()
    assert not compilers() and profile_of()["warm"] == "on"
    assert compile_cell(run("print 8")) == "cold"
    subprocess.run([EXRUN, "cache", "warm", "--profiles", folder, "made"], check=True, capture_output=True, timeout=120)
    wait_for_both()
    run("print 9")
    wait_for_both()
    wait_until(lambda: profile_of()["warm"] == "on" and profile_of()["parked"] == 1 and len(compilers()) == 1)
    assert compile_cell(run("print 10")) == "parked"


def test_a_compiler_is_checked_when_it_was_prepared(start, folder):
    """Until then, the check had none to look at."""
    script = (COMPILER % "").replace("my @lines = <$in>;", "my @lines = <$in>; push @lines, \"\\nprint 'waited';\\n\" if $waits;")
    change(folder, prepare={"argv": ["/bin/sh", "-c", "echo x >/prepared/x"]}, etc={"exrun/compile.pl": script})
    start(POOL, profiles=folder)
    wait_for_both()
    subprocess.run([EXRUN, "cache", "warm", "--profiles", folder, "made"], check=True, capture_output=True, timeout=120)
    for n in range(6):
        result = run(f"print {n}")
        assert (result["stdout"], compile_cell(result)) == (str(n), "cold"), result
    wait_until(lambda: profile_of()["warm"] == "off")
    assert profile_of()["warm_reason"] == "the check program has another result of its compiler if that was started ahead"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_a_compiler_of_an_older_toolchain_is_given_up(start, folder):
    """What is compiled is kept as the present one's."""
    start(POOL, profiles=folder)
    wait_for_both()
    (PROGRAMS / "new").mkdir()
    assert compile_cell(run("print 7")) == "cold"
    wait_for_both()
    assert compile_cell(run("print 8")) == "parked"


def test_no_compiler_waits_if_no_interpreter_does(start, folder):
    """An operator who switches it off need not know of the other one."""
    change(folder, warm="none")
    start(POOL, profiles=folder)
    wait_until(lambda: profile_of()["ready"] == 1)
    result = run("print 11")
    assert (result["stdout"], result["timing"]["cell"], compile_cell(result), profile_of()["warm"]) == ("11", "ready", "cold", "none") and not compilers()


def test_the_memory_of_a_compiler_counts(start, folder):
    change(folder, etc={"exrun/compile.pl": COMPILER % "our $large = 'x' x 30_000_000 if $waits;"})
    start(POOL, profiles=folder)
    wait_for_both()
    assert profile_of()["cell_bytes"] > 30_000_000


JAVA = {
    "hello": "public class Main { public static void main(String[] args) { System.out.println(\"hello\"); } }",
    "another public class": "public class Other { }\nclass Main { public static void main(String[] a) { System.out.println(new Other().getClass().getModifiers()); } }\n",
    "a public class of another name": "import java.util.*;\n\npublic class Start {\n    public static void main(String[] args) { System.out.println(List.of(1, 2)); }\n}",
    "public in texts": "public class Start { // public class Main {\n  /* public class Main */ static String s = \"public class Main {\" + \"\"\"\n      public class \\\"\"\" Main { }\"\"\" + '\"' + '\\'';\n  public interface Inner { }\n  public static void main(String[] a) { System.out.println(s); }\n}\n",
    "a package": "package a.b ;\n\npublic class Main { public static void main(String[] a) { System.out.println(Main.class.getName()); } }\n",
    "a package after a comment": "/* package x; */ package c.d; public class Other { public static void main(String[] a) { System.out.println(Other.class.getName()); } }",
    "two mains": "class A { public static void main(String[] a) { System.out.println(\"A\"); } }\nclass Main { public static void main(String[] a) { System.out.println(\"Main\"); } }\n",
    "no main": "public class Main { int x; }\n",
    "a mistake": "public class Main {\n    public static void main(String[] args) {\n        int x = \"text\"\n    }\n}\n",
    "mistakes": "public class Start {\n  void f() { y = 1; String s = 2; return 3; }\n  int g() { }\n}\npublic enum E { A, B; int h() { return z; } }\n",
    "notes": "import java.util.*;\npublic class Main { public static void main(String[] a) { List l = new ArrayList(); l.add(1); System.out.println(l + new Date(100, 1, 1).toString()); } }\n",
    "not UTF-8": {"encoding": "base64", "content": "cHVibGljIGNsYXNzIE1haW4geyBTdHJpbmcgcyA9ICLkIjsgcHVibGljIHN0YXRpYyB2b2lkIG1haW4oU3RyaW5nW10gYSkgeyB9IH0K"},
    "carriage returns": "public class Start {\r\n  public static void main(String[] a) {\r\n    System.out.println(\"x\");\r\n  }\r\n}\r\n",
    "records and generics": "import java.util.*;\nimport java.util.stream.*;\npublic record Main(int x) { sealed interface S permits A { } record A(List<? extends Number> n) implements S { }\n  public static void main(String[] a) { S s = new A(List.of(1)); System.out.println(Stream.of(s, new Main(3)).map(Object::toString).collect(Collectors.joining(\"|\"))); } }\n",
    "annotations": "@FunctionalInterface public interface Start { int f(); static void main(String[] a) { Start s = () -> 7; System.out.println(s.f()); } }\n",
    "empty": "",
    "many blank lines": "\n" * 60_000 + "public class Main { public static void main(String[] a) { System.out.println(1); } }",
    "blanks before a name": "// package" + " " * 60_000 + "\npublic class Main { public static void main(String[] a) { System.out.println(1); } }",
    "a package on two lines": "package\n a.b; class A { public static void main(String[] a) { System.out.println(\"A\"); } } class Main { public static void main(String[] a) { System.out.println(\"Main\"); } }",
    "a package in a comment": "// Å package x;\nclass A { public static void main(String[] a) { System.out.println(\"A\"); } }  class Main { public static void main(String[] a) { System.out.println(\"Main\"); } }",
    "a carriage return alone": "// c\r package x;\nclass A { public static void main(String[] a) { System.out.println(\"A\"); } }  class Main { public static void main(String[] a) { System.out.println(\"Main\"); } }",
    "a deep expression": "public class Main { public static void main(String[] a) { System.out.println(" + "+".join(["1"] * 400) + "); } }\n",
}


@pytest.fixture
def java(start, folder):
    """A service with Java, and all that it prepares."""
    profile = json.loads((ROOT / "profiles/java.json").read_text())
    profile["mounts"].append(str(pathlib.Path(os.environ["EXRUN_SHIM"]).parent))
    profile["compile"]["limits"] |= {"wall_ms": 60_000, "cpu_ms": 30_000}
    (folder / "java.json").write_text(json.dumps(profile))
    subprocess.run([EXRUN, "cache", "warm", "--profiles", folder, "java"], check=True, capture_output=True, timeout=300)
    (folder / "made.json").unlink()
    start({"cells": {**POOL["cells"], "profiles": {"java": POOL["cells"]["profiles"]["made"]}}}, profiles=folder)


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="it compares Java with itself")
def test_java_compiles_the_same(java):
    """Each source twice: with javac started ahead, and in the usual way, with an empty source beside it."""
    for name, source in JAVA.items():
        wait_for_both("java")
        warm, cold = run(source, "java"), run(source, "java", files=[{"path": "Z.java", "content": ""}])
        assert (compile_cell(warm), compile_cell(cold)) == ("parked", "cold"), name
        for member in ("verdict", "message", "stdout", "stderr", "exit_code"):
            assert warm[member] == cold[member], (name, warm, cold)
        for member in ("verdict", "stdout", "stderr", "exit_code", "signal"):
            assert warm["compile"][member] == cold["compile"][member], (name, warm, cold)


MAIN = """public static void main(String[] a) {
    for (StackTraceElement one : new Throwable().getStackTrace()) System.out.println(one);
    System.out.println(System.getProperty("sun.java.command").split(" ").length + Thread.currentThread().getName());
    throw new IllegalStateException("end");
}"""
# The kind of a main class, and whether an interpreter that has read the name Main already can start it; further files.
STARTS = {
    "Main": ("parked", "class Main { %s }", {}),
    "another name": ("parked", "class Start { %s }", {}),
    "a public one": ("parked", "public class Start { %s }", {}),
    "an abstract one": ("parked", "abstract class Start { abstract void f(); private Start() { } %s }", {}),
    "a generic one": ("parked", "class Start<T extends Comparable<T>> extends Thread implements Runnable { %s }", {}),
    "inside of another one": ("parked", "class Outer { private static class Start { %s } }", {}),
    "its static part fails": ("parked", "class Start { static int x = 1 / Integer.parseInt(\"0\"); %s }", {}),
    "public in a package": ("parked", "interface Other { }", {"b/Start.java": "package b; public class Start { protected Start() { } %s }"}),
    "in a package": ("cold", "interface Other { }", {"b/Start.java": "package b; class Start { %s }"}),
    "Main in a package": ("cold", "package b; public class Main { %s }", {}),
    "a final one": ("cold", "final class Start { %s }", {}),
    "a record": ("cold", "record Start(int x) { %s }", {}),
    "an interface": ("cold", "interface Start { %s }", {}),
    "an enum": ("cold", "enum Start { A; %s }", {}),
    "an enum with bodies": ("cold", "enum Start { A { void f() { } }; void f() { } %s }", {}),
    "a sealed one": ("cold", "sealed class Start permits Other { %s }\nfinal class Other extends Start { }", {}),
    "beside a class Main": ("cold", "class Start { %s }\nclass Main { }", {}),
    "it looks for a class Main": ("cold", "class Start { static String name = \"Main\"; %s }", {}),
    "a class Main in the request": ("cold", "class Start { %s }", {"Main.class": "x"}),
    "it has the text of a head": ("cold", "final class Start { static String head = \"\\r\\nMain-Class: Main\\r\\n\"; %s }", {}),
}


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="it compares Java with itself")
def test_any_class_of_java_can_be_started(java, tmp_path):
    """Parked, in a new cell, and by java alone, which shows nothing of how it was started."""
    for name, (cell, source, more) in STARTS.items():
        source, more = source.replace("%s", MAIN), {path: text.replace("%s", MAIN) for path, text in more.items()}
        request = {"profile": "java", "source": source, "files": [{"path": path, "content": text} for path, text in more.items()]}
        where = tmp_path / name
        # Public classes have other files, so it is left out here, as exrun does.
        for path, text in {"Main.java": source.replace("public class Start", "       class Start"), **more}.items():
            (where / path).parent.mkdir(parents=True, exist_ok=True)
            (where / path).write_text(text)
        main = ("b." if "package" in source + str(more) else "Outer$" if "Outer" in source else "") + ("Start" if "Start" in source + str(more) else "Main")
        kit_run(request)
        wait_for_both("java")
        usual = kit_run(request)
        cold = call("POST", "/v1/runs", request, {"Exrun-Cell": "cold"}, address=ADMIN).json
        assert (usual["timing"]["cell"], cold["timing"]["cell"], usual["compile"]["cached"]) == (cell, "cold", True), (name, usual)
        subprocess.run(["javac", "-d", where, *where.rglob("*.java")], check=True, capture_output=True)
        bare = subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", where, main], capture_output=True, text=True, timeout=120)
        for one in (usual, cold):
            assert (one["exit_code"], one["stdout"], one["stderr"]) == (bare.returncode, bare.stdout, bare.stderr), (name, one, bare)
