# SPDX-License-Identifier: MIT
"""Parked cells: an interpreter waits in its cell at the opening of its entry file."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream  # noqa: E402
from serving import ADMIN, all_processes, call, run as kit_run, start, wait_until  # noqa: E402, F401

KEEPS_JAVA = "java|commands_say|long_check|looked_for"
WARM = [path.stem for path in sorted((ROOT / "profiles").glob("*.json")) if json.loads(path.read_text()).get("warm", "none") != "none"]
HELLO = {
    "php": "<?php echo 'hello ', __LINE__, __FILE__, php_sapi_name(), count($argv);",
    "python": "import sys\nprint('hello', __file__, sys.argv, sys.path[0], [line for line in open('/proc/self/status') if line.startswith(('FDSize', 'SigB', 'SigC', 'SigI', 'SigP', 'Cap', 'Threads', 'Seccomp', 'Groups'))])",
    "perl": "print \"hello $0 @ARGV\\n\"; print <DATA>;\n__DATA__\nmore\n",
    "bash": "echo hello $0 $# $((SECONDS < 60)) $-; read line; echo $line",
    "lua": "print('hello', arg[0], #arg)",
    "javascript": "console.log('hello', __filename, process.argv, process.execArgv, Object.keys(require.cache), require('fs').readFileSync(0, 'utf8'), +setTimeout(() => {}))",
    "java": "import java.nio.file.*;\npublic class Main {\n  public static void main(String[] args) throws Exception {\n    System.out.println(\"hello \" + args.length + new java.util.Scanner(System.in).nextLine() + Files.list(Path.of(\".\")).sorted().toList() + Main.class.getProtectionDomain().getCodeSource());\n  }\n}\n",
    "ruby": "puts \"hello #{__FILE__} #{__LINE__} #{__dir__} #{$0} #{ARGV}\", gets, File.read('/proc/self/status')[/Threads.*/], Dir['/proc/self/fd/*'].size, DATA.read, DATA.pos\n__END__\nmore\n",
}

IS_GUEST = "EXRUN_IN_GUEST" in os.environ
SMALL = ("bash", "lua", "perl")
SAME = ("verdict", "message", "stdout", "stderr", "exit_code", "signal")
# The interpreter has opened the entry file and has read one byte of it when it waits.
RUBY = {
    "here document": "puts <<A, <<~B\nhello\nA\n  bee\n  B\nputs __LINE__\n",
    "encoding": "# encoding: iso-8859-1\np __ENCODING__, 'ä'.size\n",
    "encoding in the second line": "\n# encoding: iso-8859-1\np __ENCODING__, 'ä'.size\n",
    "frozen": "# frozen_string_literal: true\np 'a'.frozen?\n'a' << 'b'\n",
    "mark": "\ufeffputs __LINE__\nputs 1 +)\n",
    "error in the first line": "puts 'ä' 5\n",
    "exception": "def f\n  raise ArgumentError, 'no'\nend\nf\n",
    "misspelt": "nil.foo\n",
    "exit code": "at_exit { puts 'end' }\nexit 7\n",
    "abort": "abort 'no'",
    "comment": "# one\nputs __LINE__",
    "other letters": "ä = 1; p ä, binding.local_variables\n",
    "block comment": "=begin\nx\n=end\nputs __LINE__\n",
    "no program": "__END__\nmore\n",
    "one byte": "1",
    "one line feed": "\n",
    "nothing": "",
    "data": "p DATA.read, DATA.pos, DATA.lineno, DATA.path, DATA.stat.size, File.size(__FILE__)\nDATA.rewind\np DATA.gets\n__END__\nmore",
    "larger than a buffer": "puts 1 # " + "x" * 9000 + "\n" + "x = 1\n" * 3000 + "p DATA.pos, DATA.read\n__END__\nmore",
    "required": "require_relative 'other'\nrequire './folder/third'\nputs __LINE__, $LOADED_FEATURES.grep(/box/), caller_locations(0).map(&:to_s)\n",
    "descriptors": "p Dir['/proc/self/fd/*'].map { |path| File.readlink(path) rescue nil }.grep(/box/), DATA.close_on_exec?, DATA.fileno\n__END__\n",
    "stdin": "p gets, $stdin.read, ARGF.class, $stdin.pos rescue p $!",
    "signal": "Process.kill :KILL, $$",
}

# Parts of Node have been used before the program begins. That opens nothing, and draws no number that a program sees.
NODE = {
    "timer": "console.log(setTimeout(() => {}).constructor.name, +setTimeout(() => {})); console.log(require('util').inspect(setInterval(() => {}, 5).unref()).replace(/_idleStart: .*/, ''))",
    "numbers": "const hooks = require('async_hooks'); console.log(hooks.executionAsyncId(), new hooks.AsyncResource('x').asyncId())",
    "exception": "function f() {\n  throw new TypeError('no');\n}\n\nf();",
    "rejection": "console.log(1);\nPromise.reject(new Error('no'));",
    "syntax": "console.log(1);\nlet x = = 2;",
    "exit code": "process.on('exit', (code) => console.log('end', code)); process.exitCode = 7",
    "exit": "console.log('x'); process.exit(3)",
    "nothing": "",
    "files": "console.log(require('./other').name, require('./folder'), require.main === module, module.paths, __dirname, module.children.length)",
    "missing": "require('./nothing')",
    "import": "import('./third.mjs').then((third) => console.log(third.default, third.url))",
    "stdin": "console.log(require('fs').readFileSync(0, 'utf8'), process.stdin.isTTY)",
    "lines": "const lines = require('readline').createInterface({ input: process.stdin });\nlines.on('line', (line) => console.log('got', line)).on('close', () => console.log('end'))",
    "streams": "process.stdin.on('data', (data) => process.stdout.write(data)); process.stderr.write('error')",
    "output in one piece": "console.log(require('fs').writeSync(1, 'x'.repeat(200000)) === 200000)",
    "children": "console.log(require('child_process').execFileSync(process.execPath, ['-p', '6 * 7'], { stdio: ['ignore', 'pipe', 'inherit'] }).toString())",
    "a child's output": "require('child_process').spawnSync('head', ['-c', '150000', '/dev/zero'], { stdio: 'inherit' })",
    "descriptors": "console.log(require('fs').readdirSync('/proc/self/fd').length)",
    "worker": "const { Worker, isMainThread } = require('worker_threads'); isMainThread ? new Worker(__filename).on('exit', (code) => console.log('exit', code)) : console.log('in it', process.execArgv)",
    "listeners": "console.log(process.eventNames(), process.listenerCount('warning'), Object.keys(globalThis), process._getActiveHandles().length)",
    "prototypes": "class A { #x = 1; get y() { return this.#x; } }\nconsole.log(new A(), [1, [2, [3, [4]]]], { a: { b: { c: {} } } }, new Map([[1, { a: 1 }]]), Symbol('x'), -0, [, 1], () => {})",
    "table": "console.table([{ a: 1, b: 'x' }]); console.error('%o', { a: 1 }); console.count(); console.group('g'); console.log('in')",
    "signal": "process.kill(process.pid, 'SIGKILL'); setTimeout(() => {}, 1000)",
}
MODULES = {
    "surroundings": "console.log(typeof require, typeof module, this)",  # without package.json, they are a script's
    "import": "import fs from 'fs';\nimport third from './third.mjs';\nconsole.log(third, import.meta.url, typeof require, await Promise.resolve(1));",
    "exception": "import fs from 'fs';\n\nthrow new Error('no');",
    "missing": "import './nothing.mjs';",
}

# Java has opened an archive of this name without classes before it waits, and has its threads then.
JAVA = {
    "classes": """
        import java.util.function.*;
        interface Shape { double area(); }
        record Square(double side) implements Shape { public double area() { return side * side; } }
        public class Main {
            enum Colour { RED, GREEN }
            static class Inner { static { System.out.println("loaded"); } }
            public static void main(String[] args) throws Exception {
                Supplier<String> later = () -> new Object() { public String toString() { return "later"; } }.toString();
                System.out.println(new Square(2).area() + later.get() + Colour.RED + new Inner().getClass() + new Other().name());
                System.out.println(Class.forName("Other").getProtectionDomain().getCodeSource().getLocation());
                System.out.println(new String(Main.class.getResourceAsStream("/text").readAllBytes()));
                System.out.println(Main.class.getPackage().getImplementationVersion() + new java.util.jar.JarFile("main.jar").getManifest().getMainAttributes().keySet().size());
            }
        }""",
    "exception": """public class Main {
            static void f(int n) { if (n == 0) throw new IllegalStateException("no"); f(n - 1); }
            public static void main(String[] args) {
                try { f(1); } catch (IllegalStateException e) { throw new RuntimeException("outer", e); }
            }
        }""",
    "surroundings": """import java.util.*;
        public class Main {
            public static void main(String[] args) throws Exception {
                Runtime machine = Runtime.getRuntime();
                System.out.println(machine.availableProcessors() + " " + machine.maxMemory() + " " + System.getProperty("java.class.path") + System.getProperty("user.dir") + System.getProperty("sun.java.command"));
                for (String variable : new TreeSet<>(System.getenv().keySet())) if (!variable.equals("OTHER")) System.out.println(variable);
                Set<String> names = new TreeSet<>();
                for (Thread thread : Thread.getAllStackTraces().keySet()) names.add(thread.getName() + thread.getPriority());
                System.out.println(names + Thread.currentThread().getName() + Thread.currentThread().getId());
                Scanner in = new Scanner(System.in);
                while (in.hasNextLine()) System.err.println(in.nextLine());
                System.out.println(Arrays.toString(new java.io.File("/proc/self/fd").list()).length() + Arrays.toString(new java.io.File("/tmp").list()));
                Thread thread = new Thread(() -> System.exit(7));
                thread.start();
                thread.join();
            }
        }""",
    "recursion": "public class Main { static int f(int n) { return f(n + 1) + 1; } public static void main(String[] args) { try { f(0); } catch (StackOverflowError e) { System.out.println(e); } int[][] x = new int[1000][]; for (int i = 0; ; i++) x[i] = new int[10_000_000]; } }",
    "no entry": "public class Main { static { System.out.println(1); if (true) throw new Error(); } public static void main(String[] args) { } }",
}


@pytest.fixture
def shim(monkeypatch):
    """A copy that cells can have: a checkout may lie in /tmp, which is their own."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="shim-", dir="/var/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("EXRUN_SHIM", str(shutil.copy(BUILD / "sandbox/park.so", folder)))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def profiles(tmp_path, shim):
    """The shipped ones, whose cells have the shim of this build. In the guest, those whose interpreters start soon, because each is checked first, and with that machine's limits (scale.py)."""
    folder = tmp_path / "profiles"
    folder.mkdir()
    for path in pathlib.Path(os.environ.get("EXRUN_PROFILES", ROOT / "profiles")).glob("*.json"):
        if IS_GUEST and path.stem not in SMALL:
            continue
        profile = json.loads(path.read_text())
        if path.stem in WARM:
            profile["mounts"].append(str(shim))
        (folder / path.name).write_text(json.dumps(profile))
    return folder


def wait_for_cells(name):
    """Waits until nothing runs, and a cell of the profile waits."""
    wait_until(lambda: (seen := call("GET", "/v1/status", address=ADMIN).json)["running"]["now"] == 0
               and (mine := status_of(name))["ready"] >= 1 and mine["making"] == 0)


def warm_of(name):
    return next(one for one in call("GET", "/v1/profiles").json["profiles"] if one["name"] == name)


def status_of(name):
    return next(one for one in call("GET", "/v1/status", address=ADMIN).json["profiles"] if one["name"] == name)


def change(folder, name, **members):
    path = folder / f"{name}.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **members}))


def cell_of(result):
    return result["timing"]["cell"]


def other():
    """A variable that no other request has, so no interpreter waits for it."""
    return {"env": {"OTHER": os.urandom(4).hex()}}


def run_parked(request):
    """Runs it in a parked cell, which may have to be made first."""
    return wait_until(lambda: (result := kit_run(request)) and cell_of(result) == "parked" and result, told=lambda: json.dumps(status_of(request["profile"])))


@pytest.mark.parametrize("name", WARM)
def test_a_program_runs_in_a_parked_cell(start, profiles, name):
    one = start(profiles=profiles)
    request = {"profile": name, "source": HELLO[name], "stdin": "a line\n"}
    warm = run_parked(request)
    cold = kit_run({**request, **other()})
    assert cold["verdict"] == "ok", (cold, one.log.read_text())
    assert cell_of(cold) in ("cold", "ready") and warm["timing"]["warm"] is True and cold["timing"]["warm"] is False
    for member in SAME:
        assert warm[member] == cold[member], (warm, cold)
    assert warm["verdict"] == "ok" and warm["stdout"].startswith("hello")


def test_what_loaded_the_shim_is_gone(start, profiles):
    """For the program and its children: the file, and every variable."""
    start(profiles=profiles)
    look = "ls /etc/ld.so.preload; cat /proc/self/environ; declare -p | grep -c PRELOAD"
    request = {"profile": "bash", "source": f"{look}; bash -c '{look}'; grep -c park.so /proc/self/maps"}
    warm = run_parked(request)
    assert warm["stderr"].count("No such file or directory") == 2 and "PRELOAD" not in warm["stdout"]
    assert warm["stdout"].splitlines()[-1] == "0"  # of grep, which is a child
    assert warm["stdout"] == kit_run({**request, "limits": {"memory_bytes": 64 << 20}})["stdout"]


def test_a_stream_says_that_it_was_parked(start, profiles):
    start(profiles=profiles)
    run_parked({"profile": "lua", "source": "print(1)"})
    wait_until(lambda: next(event for event in Stream({"profile": "lua", "source": "print(1)"}) if event.type == "started").data["cell"] == "parked")


@pytest.mark.parametrize("name, more", [
    ("python", {"args": ["x"]}), ("python", {"env": {"A": "b"}}), ("lua", {"limits": {"memory_bytes": 64 << 20}}), ("python", {"limits": {"processes": 8}}),
    ("php", {"limits": {"memory_bytes": 256 << 20}}), ("perl", {"source": "#!/usr/bin/perl -l\nprint 'hello'"}), ("bash", {"source": "#!/bin/bash -e\necho hello"}),
    ("python", {"source": {"encoding": "base64", "content": "IyBjb2Rpbmc6IGxhdGluLTEKcHJpbnQobGVuKCfkJykpCg=="}}),
    ("python", {"source": {"encoding": "base64", "content": "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAAAAAA"}}),
], ids=["args", "env", "memory", "processes", "memory of php", "options", "another shell", "latin-1", "zip"])
def test_what_was_fixed_before_needs_another_cell(start, run, profiles, name, more):
    """The result is the same as with the command."""
    start(profiles=profiles)
    request = {"profile": name, "source": HELLO[name], "stdin": "a line\n"}
    run_parked(request)
    wait_for_cells(name)
    warm, cold = kit_run({**request, **more}), run({**request, **more})
    assert cell_of(warm) != "parked"
    for member in SAME:
        assert warm[member] == cold[member], (warm, cold)


def test_more_memory_needs_no_other_cell(start, profiles):
    start(profiles=profiles)
    assert run_parked({"profile": "lua", "source": "print(1)", "limits": {"memory_bytes": 256 << 20, "cpu_ms": 1000, "files": 64, "disk_bytes": 1 << 20}})["stdout"] == "1\n"


def test_another_memory_limit_leaves_the_interpreter_that_waits(start, profiles):
    """Its cell shows the profile's limit in /proc/meminfo, so it is not taken, and not lost either."""
    start({"cells": {"profiles": {"bash": {"floor": 1, "ceiling": 1}}}}, profiles=profiles)
    wait_until(lambda: status_of("bash")["parked"] == 1)
    waiting = interpreter_of("/bin/bash")
    for _ in range(3):
        assert cell_of(kit_run({"profile": "bash", "source": "echo", "limits": {"memory_bytes": 200 << 20}})) != "parked"
    assert interpreter_of("/bin/bash") == waiting


def test_an_upgraded_interpreter_is_noticed(start, profiles):
    """As after apt upgrade: another file has its name, and the old one waits."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bash-", dir="/var/tmp"))
    folder.chmod(0o755)
    program = folder / "bash"
    shutil.copy("/bin/bash", program)
    path = profiles / "bash.json"
    profile = json.loads(path.read_text())
    path.write_text(json.dumps({**profile, "run": [str(program), *profile["run"][1:]], "mounts": [*profile["mounts"], str(folder)]}))
    try:
        start(profiles=profiles)
        request = {"profile": "bash", "source": "readlink /proc/$$/exe"}
        assert run_parked(request)["stdout"] == f"{program}\n"
        for _ in range(3):
            wait_for_cells("bash")
            shutil.copy("/bin/bash", folder / "new")
            (folder / "new").rename(program)
            result = kit_run(request)
            assert result["stdout"] == f"{program}\n" and cell_of(result) != "parked"
            assert run_parked(request)["stdout"] == f"{program}\n"  # after another check
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize("warm", [{"how": "park"}, {"how": "park", "placeholder": ""}], ids=["no file", "placeholder"])
def test_a_point_that_is_not_reached(start, profiles, warm):
    """The command never opens the entry file, so no interpreter waits. Runs have other cells."""
    path = profiles / "bash.json"
    profile = json.loads(path.read_text())
    path.write_text(json.dumps({**profile, "warm": warm, "run": ["/bin/bash", "-c", "echo no file"]}))
    start(profiles=profiles)
    for _ in range(8):
        wait_for_cells("bash")
        result = kit_run({"profile": "bash", "source": "echo hello"})
        assert (result["verdict"], result["stdout"], cell_of(result)) == ("ok", "no file\n", "ready")
    seen = warm_of("bash")
    assert (seen["warm"], seen["warm_reason"]) == ("off", "the interpreter ended before it opened its program")


@pytest.mark.parametrize("line", ["import os; os.dup(0)", "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"], ids=["a descriptor", "a thread"])
def test_an_interpreter_with_more_than_it_should_have_does_not_park(start, profiles, line):
    path = profiles / "python.json"
    profile = json.loads(path.read_text())
    place = next(name for name in profile["etc"] if f"python3.{sys.version_info.minor}/" in name)
    path.write_text(json.dumps({**profile, "etc": {**profile["etc"], place.replace("exrun.pth", "more.pth"): line + "\n"}}))
    start(profiles=profiles)
    seen = wait_until(lambda: (seen := warm_of("python")) and seen["warm"] != "unchecked" and seen)
    assert (seen["warm"], seen["warm_reason"]) == ("off", "the interpreter has more threads or open files than it may have while it waits")
    wait_for_cells("python")
    assert cell_of(kit_run({"profile": "python", "source": "print(1)"})) == "ready"


@pytest.mark.parametrize("check, part", [("exit $((3 + $(grep -c park.so /proc/$$/maps)))", "exit status"), ("grep -c park.so /proc/$$/maps; exit 0", "standard output"),
                                         ("grep -c park.so /proc/$$/maps >&2; exit 0", "standard error"), ("(($(grep -c park.so /proc/$$/maps))) && kill -9 $$; exit 0", "verdict")])
def test_a_check_that_ends_otherwise(start, profiles, check, part):
    """The program must not be able to tell; this one can, because it looks for the shim."""
    change(profiles, "bash", warm={"how": "park", "check": check})
    start(profiles=profiles)
    seen = wait_until(lambda: (seen := warm_of("bash")) and seen["warm"] != "unchecked" and seen)
    assert (seen["warm"], seen["warm_reason"]) == ("off", f"the check program has another {part} if its interpreter was started ahead")
    of_status = status_of("bash")
    assert (of_status["warm"], of_status["warm_reason"], of_status["parked"]) == ("off", seen["warm_reason"], 0)
    wait_for_cells("bash")
    assert cell_of(kit_run({"profile": "bash", "source": "echo hello"})) == "ready"
    assert warm_of("lua")["warm"] in ("on", "unchecked") and wait_until(lambda: warm_of("lua")["warm"] == "on")


def interpreter_of(name):
    """The process that waits in a parked cell of the profile, or None; the program is its first argument."""
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if path.read_bytes().split(b"\0")[0] == name.encode() and "park.so" in (path.parent / "maps").read_text():
                return int(path.parent.name)
    return None


def test_an_interpreter_that_dies_is_replaced(start, profiles):
    """It is noticed while nothing happens, and also if a run is the first to need it."""
    start({"cells": {"profiles": {"lua": {"floor": 1, "ceiling": 1}}}}, profiles=profiles)
    request = {"profile": "lua", "source": "print(1)"}
    run_parked(request)
    for waits in (True, False):
        waiting = wait_until(lambda: interpreter_of("lua5.4"))
        os.kill(waiting, signal.SIGKILL)
        if waits:
            wait_until(lambda: interpreter_of("lua5.4") not in (None, waiting))
        result = kit_run(request)
        assert (result["verdict"], result["stdout"]) == ("ok", "1\n")
    assert run_parked(request)["stdout"] == "1\n" and warm_of("lua")["warm"] == "on"


def test_interpreters_that_die_again_and_again_are_not_started_any_more(start, profiles):
    start({"cells": {"profiles": {"lua": {"floor": 1, "ceiling": 1}}}}, profiles=profiles)
    wait_until(lambda: warm_of("lua")["warm"] == "on")
    killed = set()
    while warm_of("lua")["warm"] == "on":
        waiting = status_of("lua")["parked"] and interpreter_of("lua5.4")
        if waiting and waiting not in killed:
            killed.add(waiting)
            os.kill(waiting, signal.SIGKILL)
    assert len(killed) >= 5
    assert warm_of("lua")["warm_reason"] == "an interpreter ended while it waited"
    assert kit_run({"profile": "lua", "source": "print(1)"})["verdict"] == "ok"


def test_it_starts_nicely_and_runs_as_usual(start, profiles):
    """While it starts it gives way to others, and neither the program nor its children do so."""
    start(profiles=profiles)
    request = {"profile": "bash", "source": "cut -d ' ' -f 19 /proc/$$/stat; nice"}
    assert run_parked(request)["stdout"] == "0\n0\n"


def test_cells_without_the_shim_are_ready_ones(start):
    """As of a checkout whose build folder no cell has."""
    start()
    seen = wait_until(lambda: (seen := warm_of("lua")) and seen["warm"] != "unchecked" and seen)
    assert (seen["warm"], seen["warm_reason"]) == ("off", "the interpreter did not load exrun's park.so")
    wait_for_cells("lua")
    assert cell_of(kit_run({"profile": "lua", "source": "print(1)"})) == "ready"


def test_a_command_that_is_asked_for_often_waits_too(start, profiles):
    """With its arguments and variables. The third request within a minute makes it one for which interpreters wait."""
    start(profiles=profiles)
    wait_until(lambda: warm_of("bash")["warm"] == "on")
    request = {"profile": "bash", "source": "echo $1 $# $NAME", "args": ["one", "two"], "env": {"NAME": "value"}}
    for _ in range(2):
        result = kit_run(request)
        assert (result["stdout"], cell_of(result)) in (("one 2 value\n", "cold"), ("one 2 value\n", "ready"))
    assert run_parked(request)["stdout"] == "one 2 value\n"
    other = kit_run({**request, "args": ["one", "three"]})
    assert other["stdout"] == "one 2 value\n" and cell_of(other) != "parked"
    assert run_parked({**request, "source": "echo again $2"})["stdout"] == "again two\n"
    assert run_parked({"profile": "bash", "source": "echo $# $NAME"})["stdout"] == "0\n"


def test_a_memory_limit_of_the_command_can_wait(start, run, profiles):
    """PHP is told its limit by an option."""
    start(profiles=profiles)
    wait_until(lambda: warm_of("php")["warm"] == "on")
    request = {"profile": "php", "source": "<?php echo ini_get('memory_limit'), strlen(str_repeat('x', 180_000_000));", "limits": {"memory_bytes": 256 << 20}}
    assert run_parked(request)["stdout"] == "256000000180000000"
    too_much = {**request, "source": "<?php $x = str_repeat('x', 500_000_000);"}
    warm, cold = run_parked(too_much), run(too_much)
    assert [warm[member] for member in ("verdict", "message", "stdout", "stderr", "exit_code")] == [cold[member] for member in ("verdict", "message", "stdout", "stderr", "exit_code")]


def test_the_variant_of_longest_ago_gives_way(start, profiles):
    start({"cells": {"keepers": 24, "running": 2, "profiles": {name: {"floor": 0, "ceiling": 0} for name in WARM if name != "bash"}}}, profiles=profiles)
    wait_until(lambda: warm_of("bash")["warm"] == "on")
    request = {"profile": "bash", "source": "echo $1"}
    for n in range(9):
        assert run_parked({**request, "args": [str(n)]})["stdout"] == f"{n}\n"
    assert [cell_of(kit_run({**request, "args": ["0"]})) == "parked" for _ in range(2)] == [False, False]
    # Two requests don't bring it back, so no other one has to give way again.
    wait_until(lambda: status_of("bash")["parked"] >= 9)
    assert {n for n in range(1, 9) if cell_of(kit_run({**request, "args": [str(n)]})) == "parked"} == set(range(1, 9))


def test_variants_are_forgotten_with_their_profile(start, profiles):
    """After a reload the command can be another one."""
    one = start(profiles=profiles)
    wait_until(lambda: warm_of("bash")["warm"] == "on")
    request = {"profile": "bash", "source": "echo $1 $-", "args": ["x"]}
    assert run_parked(request)["stdout"] == "x hB\n"
    change(profiles, "bash", run=["/bin/bash", "-f", "{entry}", "{args}"])
    one.process.send_signal(signal.SIGHUP)
    wait_until(lambda: kit_run(request)["stdout"] == "x fhB\n")
    wait_until(lambda: warm_of("bash")["warm"] == "on")
    assert run_parked(request)["stdout"] == "x fhB\n"


def test_an_interpreter_without_the_threads_that_it_should_have_does_not_park(start, profiles):
    path = profiles / "lua.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "warm": {"how": "park", "threads": True}}))
    start(profiles=profiles)
    wait_for_cells("lua")
    result = kit_run({"profile": "lua", "source": "print(1)"})
    assert (result["stdout"], cell_of(result)) == ("1\n", "ready")


def compare(profile, sources, **more):
    """Each runs in a parked cell and in a cold one. With another environment, no cell that waits is the right one."""
    different = {}
    for name, source in sources.items():
        request = {"profile": profile, "source": source, "stdin": "a line\nmore\n", **more}
        warm, cold = run_parked(request), kit_run({**request, **other()})
        assert cell_of(cold) != "parked"
        if any(warm[member] != cold[member] for member in SAME):
            different[name] = [{member: result[member] for member in SAME} for result in (warm, cold)]
    assert not different, json.dumps(different, indent=1)


def test_a_program_of_ruby_is_read_from_its_first_byte(start, profiles):
    start(profiles=profiles)
    compare("ruby", RUBY, files=[{"path": "other.rb", "content": "puts __FILE__, __LINE__, __dir__\n"}, {"path": "folder/third.rb", "content": "p __dir__\n"}])


def test_a_program_of_node_has_what_it_has_without_waiting(start, profiles):
    files = [{"path": "other.js", "content": "exports.name = __filename;"}, {"path": "folder/index.js", "content": "module.exports = module.parent.filename;"},
             {"path": "third.mjs", "content": "export default 'third'; export const url = import.meta.url;"}]
    start(profiles=profiles)
    assert run_parked({"profile": "javascript", "source": "console.log(Object.keys(require.cache))"})["stdout"] == "[ '/box/main.js' ]\n"
    compare("javascript", NODE, files=files)


@pytest.mark.parametrize("name, source, file, content", [
    *(("javascript", source, "package.json", '{"type": "module"}') for source in MODULES.values()),
    ("ruby", "p require_relative('thread')", "thread.rb", "puts 1"),
    ("ruby", "p Gem::Specification.map(&:name).include?('mine')", ".local/share/gem/ruby/3.1.0/specifications/mine-1.gemspec", "Gem::Specification.new('mine', '1')"),
    *(("java", HELLO["java"], file, "") for file in (".hotspotrc", ".hotspot_compiler")),
], ids=[*MODULES, "thread", "gem", "options", "compiler"])
def test_a_request_with_a_file_that_was_looked_for_takes_another_cell(start, run, profiles, name, source, file, content):
    """Node looks for package.json when it loads a file for the profile. So does Ruby, for what it has built in. Java
    warns that it doesn't read two files."""
    start(profiles=profiles)
    request = {"profile": name, "source": source, "stdin": "a line\n", "files": [{"path": "third.mjs", "content": "export default 'third';"}, {"path": file, "content": content}]}
    kit_run(request)  # compiles it
    wait_for_cells(name)
    warm, cold = kit_run(request), run(request)
    assert cell_of(warm) != "parked"
    assert [warm[member] for member in SAME] == [cold[member] for member in SAME]


def test_a_program_of_java_has_its_own_archive(start, profiles):
    start(profiles=profiles)
    compare("java", JAVA, files=[{"path": "Other.java", "content": "class Other { String name() { return getClass().getName(); } }"}, {"path": "text", "content": "a resource"}])


@pytest.mark.parametrize("name, short, endless, greedy", [
    ("ruby", "puts 1", "loop {}", "x = []; loop { x << 'x' * 1_000_000 }"), ("javascript", "console.log(1)", "for (;;);", "const x = []; for (;;) x.push(Buffer.alloc(1000000, 1))"),
    ("java", "public class Main { public static void main(String[] args) { System.out.println(1); } }", "public class Main { public static void main(String[] args) { for (;;); } }",
     "public class Main { public static void main(String[] args) { java.util.List<byte[]> x = new java.util.ArrayList<>(); for (;;) { byte[] y = new byte[1000000]; java.util.Arrays.fill(y, (byte) 1); x.add(y); } } }"),
], ids=["ruby", "javascript", "java"])
def test_limits_hold_as_without_waiting(start, profiles, name, short, endless, greedy):
    """The CPU time before the release is not the program's."""
    start(profiles=profiles)
    warm, cold = run_parked({"profile": name, "source": short}), kit_run({"profile": name, "source": short, **other()})
    assert warm["usage"]["cpu_us"] * 2 < cold["usage"]["cpu_us"], (warm, cold)
    for source, limits in ((endless, {"cpu_ms": 400}), (endless, {"wall_ms": 500}), (greedy, {})):
        request = {"profile": name, "source": source, "limits": limits}
        warm, cold = run_parked(request), kit_run({**request, **other()})
        assert (warm["verdict"], warm["exit_code"], warm["signal"]) == (cold["verdict"], cold["exit_code"], cold["signal"]) and warm["verdict"] != "ok", (warm, cold)
        if "cpu_ms" in limits:
            assert warm["verdict"] == "cpu_timeout" and warm["usage"]["cpu_us"] >= 400_000, warm


def test_the_commands_say_what_is_started_ahead(start, profiles, exrun):
    change(profiles, "lua", warm={"how": "park", "threads": True})
    listed = json.loads(exrun("profile", "list", "--json", "--profiles", profiles).stdout)["profiles"]
    assert {one["warm"] for one in listed if one["name"] in WARM} == {"unchecked"} and {one["warm"] for one in listed if one["name"] not in WARM} == {"none"}
    start(profiles=profiles)
    wait_until(lambda: all(warm_of(name)["warm"] != "unchecked" for name in WARM))
    reason = warm_of("lua")["warm_reason"]
    listed = {one["name"]: one for one in json.loads(exrun("profile", "list", "--json", "--profiles", profiles).stdout)["profiles"]}
    assert listed["bash"]["warm"] == "on" and "warm_reason" not in listed["bash"] and (listed["lua"]["warm"], listed["lua"]["warm_reason"]) == ("off", reason)
    assert f"; not started ahead: {reason}\n" in exrun("profile", "list", "--profiles", profiles).stdout.decode()
    found = exrun("doctor", "--profiles", profiles).stdout.decode()
    assert ", started ahead by the service" in next(line for line in found.splitlines() if line.split()[1] == "bash")
    assert f", not started ahead by the service: {reason}" in next(line for line in found.splitlines() if line.split()[1] == "lua")


def test_a_changed_configuration_is_noticed(start, profiles):
    """Interpreters have read it. This one is a start-up file of Bash in a folder that the profile mounts."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="exrun-test-", dir="/etc"))
    try:
        (folder / "below").mkdir()
        script = folder / "below/start.sh"
        script.write_text("who=one\n")
        for path in (folder, folder / "below"):
            path.chmod(0o755)
        profile = json.loads((profiles / "bash.json").read_text())
        change(profiles, "bash", mounts=[*profile["mounts"], str(folder)], env={**profile["env"], "BASH_ENV": str(script)})
        start(profiles=profiles)
        request = {"profile": "bash", "source": "echo $who"}
        assert run_parked(request)["stdout"] == "one\n"
        wait_for_cells("bash")
        script.write_text("who=two\n")
        wait_until(lambda: kit_run(request)["stdout"] == "two\n")
        assert run_parked(request)["stdout"] == "two\n"
    finally:
        shutil.rmtree(folder)


def test_an_interpreter_that_does_not_wait_is_not_started_any_more(start, profiles):
    """This one has a thread that uses up CPU time."""
    profile = json.loads((profiles / "python.json").read_text())
    place = next(name for name in profile["etc"] if f"python3.{sys.version_info.minor}/" in name)
    busy = "import threading; threading.Thread(target=lambda: exec('while True: pass'), daemon=True).start()\n"
    change(profiles, "python", warm={"how": "park", "threads": True, "placeholder": ""}, etc={**profile["etc"], place.replace("exrun.pth", "more.pth"): busy})
    start({"cells": {"profiles": {name: {"floor": int(name == "python"), "ceiling": 1} for name in WARM}}}, profiles=profiles)
    seen = wait_until(lambda: (seen := warm_of("python"))["warm"] == "off" and seen, 60)
    assert seen["warm_reason"] == "an interpreter used CPU time while it waited"


@pytest.mark.parametrize("name, source, more", [
    ("bash", "ulimit -n; exec 3>&1; ls /proc/$$/fd; echo x >&2; echo y", {"limits": {"files": 16}}), ("php", "<?php var_dump(fopen('/dev/null', 'r')); fwrite(STDERR, 'x'); echo 'y';", {"limits": {"files": 16}}),
    ("python", "import os, resource, sys\nprint(os.open('/dev/null', 0), resource.getrlimit(resource.RLIMIT_NOFILE), resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_FSIZE))",
     {"limits": {"files": 16, "cpu_ms": 300, "disk_bytes": 1 << 20}}),
    *((name, source, {"stderr": "stdout"}) for name, source in (("bash", "for n in 1 2 3; do echo $n; echo e$n >&2; done"), ("php", "<?php echo 1; fwrite(STDERR, 'e'); echo 2; trigger_error('x');"), ("perl", "print 1; warn 'e'; print 2;"),
                                                               ("lua", "print(1) io.stderr:write('e') print(2)"), ("ruby", "puts 1; warn 'e'; puts 2"))),
], ids=lambda value: value if isinstance(value, str) and len(value) < 8 else None)
def test_limits_and_streams_are_those_of_the_run(start, run, profiles, name, source, more):
    """The interpreter was started with the highest limits of the profile, and with two pipes."""
    start(profiles=profiles)
    request = {"profile": name, "source": source, **more}
    warm, cold = run_parked(request), run(request)
    assert {member: warm[member] for member in SAME} == {member: cold[member] for member in SAME}
    assert warm["verdict"] == "ok"


def test_a_little_cpu_time_ends_a_run(start, profiles):
    """The kernel's own limit counts from the start of the process, so it is raised by what the interpreter has used."""
    start(profiles=profiles)
    source = "import resource, time\nused = time.process_time()\nprint(resource.getrlimit(resource.RLIMIT_CPU)[0] >= used)\nwhile True: pass"
    result = run_parked({"profile": "python", "source": source, "limits": {"cpu_ms": 200}})
    assert (result["verdict"], result["stdout"]) == ("cpu_timeout", "True\n") and result["usage"]["cpu_us"] >= 200_000


PROVIDERS = "openssl_conf = init\n[init]\nproviders = all\n[all]\ndefault = one\nlegacy = one\n[one]\nactivate = 1\n"


@pytest.mark.parametrize("name, env, path, content, source, told", [
    ("ruby", {"HOME": "/box/home"}, "home/.local/share/gem/ruby/3.1.0/specifications/mine-1.gemspec", "Gem::Specification.new('mine', '1')", "p Gem::Specification.map(&:name).include?('mine')", "true\n"),
    ("php", {"OPENSSL_CONF": "/box/own.cnf"}, "own.cnf", PROVIDERS, "<?php echo strlen(openssl_digest('x', 'md4')), PHP_EOL;", "32\n"),
], ids=["ruby", "php"])
def test_a_file_that_a_variable_names_is_read(start, run, profiles, name, env, path, content, source, told):
    """Before the program, so no interpreter can wait that was started without the file."""
    start(profiles=profiles)
    wait_until(lambda: warm_of(name)["warm"] == "on")
    request = {"profile": name, "source": source, "env": env, "files": [{"path": path, "content": content}]}
    assert run(request)["stdout"] == told
    for _ in range(6):
        result = kit_run(request)
        assert (result["stdout"], cell_of(result) == "parked") == (told, False)
        wait_for_cells(name)
    alone = {**request, "files": []}
    assert run_parked(alone)["stdout"] == run(alone)["stdout"] != told


def test_a_long_check_holds_up_nobody(start, profiles):
    """It is stopped after five seconds, in both kinds of cells, and no keeper hangs for it."""
    change(profiles, "bash", warm={"how": "park", "check": "sleep 100"})
    start(profiles=profiles)
    wait_until(lambda: all(warm_of(name)["warm"] == "on" for name in WARM), 60)
    assert call("GET", "/v1/status", address=ADMIN).json["restarts"]["keepers"] == 0


@pytest.mark.parametrize("where", ["parked", "other"])
def test_a_check_that_a_busy_machine_stopped_is_repeated(start, profiles, shim, where):
    """Only one of the two cells was too slow. A file in a mounted folder is not in the fingerprint, so its removal causes no other check."""
    slow = shim / "inside/slow"
    slow.parent.mkdir()
    slow.touch()
    change(profiles, "bash", warm={"how": "park", "check": f"if grep -q park.so /proc/$$/maps; then cell=parked; else cell=other; fi; [ ! -e {slow} ] || [ $cell != {where} ] || sleep 100"})
    start({"cells": {"profiles": {name: {"floor": 0} for name in WARM if name != "bash"}}}, profiles=profiles)
    wait_until(lambda: "sleep" in [status["Name"] for _, status in all_processes()])
    slow.unlink()
    assert wait_until(lambda: (seen := warm_of("bash")["warm"]) != "unchecked" and seen) == "on"


def test_a_check_that_only_a_parked_cell_can_not_end(start, profiles):
    """It is repeated a few times, as if the machine were busy."""
    change(profiles, "bash", warm={"how": "park", "check": "grep -q park.so /proc/$$/maps && sleep 100; exit 0"})
    start({"cells": {"profiles": {name: {"floor": 0} for name in WARM if name != "bash"}}}, profiles=profiles)
    seen = wait_until(lambda: (seen := warm_of("bash")) and seen["warm"] != "unchecked" and seen)
    assert (seen["warm"], seen["warm_reason"]) == ("off", "the check program has another verdict if its interpreter was started ahead")


def test_a_check_that_no_parked_cell_can_run(start, profiles):
    change(profiles, "bash", warm={"how": "park", "check": "#!/bin/sh\necho x"})
    start(profiles=profiles)
    seen = wait_until(lambda: (seen := warm_of("bash")) and seen["warm"] == "off" and seen)
    assert seen["warm_reason"] == "a run can't use an interpreter that was started ahead"


def test_profiles_are_checked_while_runs_wait(start, profiles):
    """At first a check waits for a moment in which nobody does; then it takes a keeper beside those that run."""
    start({"cells": {"running": 1, "keepers": 6, "profiles": {name: {"floor": 0} for name in WARM if name != "lua"}}}, profiles=profiles)
    stop = threading.Event()

    def ask():
        while not stop.is_set():
            kit_run({"profile": "sql", "source": "WITH RECURSIVE x(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x) SELECT max(n) FROM x;", "limits": {"cpu_ms": 200}})

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(ask) for _ in range(4)]
        try:
            wait_until(lambda: warm_of("lua")["warm"] == "on", 60)
        finally:
            stop.set()
        for one in waiting:
            one.result(60)
