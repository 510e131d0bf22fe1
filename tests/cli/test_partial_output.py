# SPDX-License-Identifier: MIT
"""Output that a program has printed is kept and shown, however the program ends: no runtime holds back a whole line, or a prompt."""
import base64
import json
import os
import select
import signal
import subprocess

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="runtimes behave the same in both builds; the plain one is asked")

# Prints a line, then never ends.
LOOPS = {
    "bash": "echo step 1; while :; do :; done",
    "c": '#include <stdio.h>\nint main(void) { printf("step 1\\n"); for (volatile int i = 0;; i++); }',
    "cpp": '#include <iostream>\nint main() { std::cout << "step 1\\n"; for (volatile int i = 0;; i = i + 1); }',
    "go": 'package main\nimport "fmt"\nfunc main() { fmt.Println("step 1"); for {} }',
    "java": 'class Main { public static void main(String[] a) { System.out.println("step 1"); for (;;); } }',
    "javascript": "console.log('step 1'); for (;;);",
    "lua": "io.write('step 1\\n') while true do end",
    "perl": 'print "step 1\\n"; 1 while 1;',
    "php": '<?php echo "step 1\\n"; while (true);',
    "python": "print('step 1')\nwhile True: pass",
    "ruby": "puts 'step 1'\nloop {}",
    "rust": 'fn main() { println!("step 1"); loop {} }',
    "sql": "SELECT 'step 1'; WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c;",
}
# Prints a line, then crashes, or takes all memory.
CRASHES = {
    "c": '#include <stdio.h>\nint main(void) { printf("step 1\\n"); *(volatile int *)0 = 1; }',
    "cpp": '#include <iostream>\nint main() { std::cout << "step 1\\n"; *(volatile int *)0 = 1; }',
    "lua": "print('step 1') os.execute('kill -SEGV $PPID')",
    "perl": 'print "step 1\\n"; kill "SEGV", $$; sleep 60;',
    "python": "import os\nprint('step 1')\nos.kill(os.getpid(), 11)",
    "ruby": "puts 'step 1'\nProcess.kill('KILL', $$)\nsleep",
}
HOGS = {
    "cpp": '#include <iostream>\n#include <cstring>\nint main() { std::cout << "step 1\\n"; for (;;) std::memset(new char[1 << 20], 1, 1 << 20); }',
    "lua": "io.write('step 1\\n') local all = {} while true do all[#all + 1] = ('x'):rep(1000000) .. #all end",
    "php": '<?php ini_set("memory_limit", -1); echo "step 1\\n"; for ($all = [];;) $all[] = str_repeat("x", 1000000);',
    "sql": "SELECT 'step 1'; WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT length(group_concat(zeroblob(100000) || x)) FROM c;",
    "c": '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\nint main(void) { printf("step 1\\n"); for (;;) memset(malloc(1 << 20), 1, 1 << 20); }',
    "perl": 'print "step 1\\n"; my @all; push @all, "x" x 1_000_000 while 1;',
    "python": "print('step 1')\nimport mmap\nkept = []\nwhile True: kept.append(mmap.mmap(-1, 1 << 20)); kept[-1].write(b'x' * (1 << 20))",
    "ruby": "puts 'step 1'\nkept = []\nloop { kept << 'x' * 1_000_000 }",
}
# Asks without a newline, and greets.
PROMPTS = {
    "bash": 'echo -n "name? "; read -r name; echo "hello $name"',
    "c": '#include <stdio.h>\nint main(void) { char name[20]; printf("name? "); if (scanf("%19s", name) == 1) printf("hello %s\\n", name); }',
    "cpp": '#include <iostream>\nint main() { std::string name; std::cout << "name? "; std::cin >> name; std::cout << "hello " << name << "\\n"; }',
    "go": 'package main\nimport "fmt"\nfunc main() { var name string; fmt.Print("name? "); fmt.Scan(&name); fmt.Println("hello", name) }',
    "java": 'class Main { public static void main(String[] a) { System.out.print("name? "); System.out.println("hello " + new java.util.Scanner(System.in).next()); } }',
    "javascript": 'require("readline").createInterface({input: process.stdin, output: process.stdout}).question("name? ", n => { console.log("hello " + n); process.exit(); });',
    "lua": "io.write('name? ') print('hello ' .. io.read())",
    "perl": 'print "name? "; my $name = <STDIN>; print "hello $name";',
    "php": '<?php echo "name? "; $name = fgets(STDIN); echo "hello $name";',
    "python": "print('hello', input('name? '))",
    "ruby": "print 'name? '\nputs \"hello #{gets}\"",
    "rust": 'use std::io::*;\nfn main() { print!("name? "); stdout().flush().unwrap(); let mut n = String::new(); stdin().read_line(&mut n).unwrap(); println!("hello {}", n.trim()); }',
}
ENDINGS = {"bash": "sh", "javascript": "js", "perl": "pl", "python": "py", "ruby": "rb", "rust": "rs"}


def test_every_language_is_asked():
    names = {path.stem for path in (ROOT / "profiles").glob("*.json")} - {"profile.schema"}
    assert set(LOOPS) == names and set(PROMPTS) == names - {"sql"}, "SQLite's shell reads no input of the program's"


@pytest.mark.parametrize("profile", LOOPS)
def test_a_line_before_an_endless_loop_is_kept(run, profile):
    result = run({"profile": profile, "source": LOOPS[profile], "limits": {"cpu_ms": 1500, "wall_ms": 60_000}}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("cpu_timeout", "step 1\n"), result


# Prints a line, then waits.
WAITS = {
    "bash": "echo step 1; sleep 600",
    "c": '#include <stdio.h>\n#include <unistd.h>\nint main(void) { printf("step 1\\n"); pause(); }',
    "cpp": '#include <iostream>\n#include <unistd.h>\nint main() { std::cout << "step 1\\n"; pause(); }',
    "go": 'package main\nimport ("fmt"; "time")\nfunc main() { fmt.Println("step 1"); time.Sleep(time.Hour) }',
    "java": 'class Main { public static void main(String[] a) throws Exception { System.out.println("step 1"); Thread.sleep(600_000); } }',
    "javascript": "console.log('step 1'); setTimeout(() => {}, 600_000);",
    "lua": "io.write('step 1\\n') os.execute('sleep 600')",
    "perl": 'print "step 1\\n"; sleep 600;',
    "php": '<?php echo "step 1\\n"; sleep(600);',
    "python": "import time\nprint('step 1')\ntime.sleep(600)",
    "ruby": "puts 'step 1'\nsleep",
    "rust": 'fn main() { println!("step 1"); std::thread::sleep(std::time::Duration::from_secs(600)); }',
}


@pytest.mark.parametrize("profile", WAITS)
def test_a_line_before_a_long_wait_is_kept(run, profile):
    result = run({"profile": profile, "source": WAITS[profile], "limits": {"wall_ms": 3000}}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("timeout", "step 1\n"), result


@pytest.mark.parametrize("profile", CRASHES)
def test_a_line_before_a_crash_is_kept(run, profile):
    result = run({"profile": profile, "source": CRASHES[profile]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("crashed", "step 1\n"), result


@pytest.mark.parametrize("profile", HOGS)
def test_a_line_before_memory_runs_out_is_kept(run, profile):
    result = run({"profile": profile, "source": HOGS[profile], "limits": {"wall_ms": 60_000, "cpu_ms": 30_000}}, timeout=120)
    assert result["verdict"] in ("out_of_memory", "failed", "crashed") and result["stdout"] == "step 1\n", result


def test_much_output_before_an_exit_is_kept(run):
    """Node does not wait for a full pipe."""
    result = run({"profile": "javascript", "source": "console.log('x'.repeat(300000)); process.exit(0)"})
    assert result["verdict"] == "ok" and len(result["stdout"]) == 300_001, len(result["stdout"])


def read_until(pipe, expected):
    """Reads until @expected has come, or for a minute."""
    said = b""
    while expected not in said and select.select([pipe], [], [], 60)[0]:
        part = os.read(pipe.fileno(), 4096)
        if not part:
            break
        said += part
    return said


@pytest.fixture
def start(tmp_path):
    started = []

    def call(profile, source):
        path = tmp_path / f"program.{ENDINGS.get(profile, profile)}"
        path.write_text(source)
        started.append(subprocess.Popen([EXRUN, "run", "-p", profile, "--profiles", ROOT / "profiles", "--wall", "60s", "--cpu", "30s", path],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        return started[-1]

    yield call
    for one in started:
        one.send_signal(signal.SIGTERM)
        one.communicate(timeout=60)


@pytest.mark.parametrize("profile", LOOPS)
def test_a_line_is_shown_while_the_program_runs(start, profile):
    program = start(profile, LOOPS[profile])
    assert read_until(program.stdout, b"step 1\n") == b"step 1\n"
    assert program.poll() is None


@pytest.mark.parametrize("profile", PROMPTS)
def test_a_prompt_is_shown_before_the_program_reads(start, profile):
    program = start(profile, PROMPTS[profile])
    assert read_until(program.stdout, b"name? ") == b"name? "
    program.stdin.write(b"Ann\n")
    program.stdin.flush()
    assert read_until(program.stdout, b"hello Ann\n") == b"hello Ann\n"


def read_by(expression):
    return f"import io, sys\nprint('name? ', end='')\nprint(('hello ' + {expression}).strip())"


@pytest.mark.parametrize("expression", ["sys.stdin.readline()", "next(sys.stdin)", "sys.stdin.buffer.readline().decode()", "sys.stdin.read(4)"])
def test_a_prompt_is_shown_however_python_reads(start, expression):
    program = start("python", read_by(expression))
    assert read_until(program.stdout, b"name? ") == b"name? "
    program.stdin.write(b"Ann\n")
    program.stdin.flush()
    assert read_until(program.stdout, b"hello Ann\n") == b"hello Ann\n"


def test_python_reads_also_if_its_output_is_gone_or_another(run):
    """Programs that test themselves read from the standard input while their output is elsewhere."""
    for change in ("sys.stdout = io.StringIO()", "sys.stdout = None", "sys.stdout.close()",
                   "sys.stdout = io.TextIOWrapper(sys.stdout.detach(), line_buffering=True)"):
        for read in ("sys.stdin.readline()", "sys.stdin.read()", "sys.stdin.buffer.raw.read()[:9].decode()"):
            result = run({"profile": "python", "source": f"import io, sys\n{change}\nprint({read}, file=sys.stderr)", "stdin": "Ann"})
            assert (result["verdict"], result["stderr"]) == ("ok", "Ann\n"), (change, read, result)


def test_python_s_standard_input_is_the_one_that_it_makes_itself(run):
    source = ("import sys\nf = sys.stdin\nprint(type(f), repr(f), f.mode, f.encoding, f.errors, f.newlines, f.line_buffering, f.write_through, f.isatty(),"
              " f.seekable(), f.fileno(), type(f.buffer), f.buffer.mode, f.buffer.raw.closefd, f.buffer.raw.mode, f is sys.__stdin__)\nprint(ascii(f.read()))")
    request = {"profile": "python", "source": source, "stdin": {"encoding": "base64", "content": base64.b64encode(b"a\r\nb\rc\xff").decode()}}
    plain = run({**request, "profile": "bash", "source": "exec python3 program.py", "files": [{"path": "program.py", "content": source}]})
    assert run(request)["stdout"] == plain["stdout"] and plain["verdict"] == "ok", plain


def test_python_has_no_trace_of_it(run):
    result = run({"profile": "python", "source": "import os, sys\nprint(sorted(os.environ), sys.path[0], [p for p in sys.path if 'etc' in p], flush=False)"})
    assert json.loads(result["stdout"].split(" /box")[0].replace("'", '"')) == ["HOME", "LANG", "PATH", "TMPDIR", "TZ", "USER"], result
    assert result["stdout"].endswith(" /box []\n")
