# SPDX-License-Identifier: MIT
"""The member "at" of a result says where the sentence points, and never names a file that the request does not have."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

# Each language: its entry file, a syntax error, and an error that nothing catches, with their lines; None: the language does not name one.
PROGRAMS = {
    "bash": ("main.sh", ("echo 1\n)\n", 2), ("set -e\n\nfrobnicate", 3)),
    "c": ("main.c", ("int main(void)\n{\n    return x;\n}\n", 3), ("#include <assert.h>\n\nint main(int n, char **v)\n{\n    (void)v;\n    assert(n > 5);\n}\n", 6)),
    "cpp": ("main.cpp", ("int main()\n{\n    return x;\n}\n", 3), ("#include <cassert>\n\nint main(int n, char **)\n{\n    assert(n > 5);\n}\n", 5)),
    "go": ("main.go", ("package main\n\nfunc main() {\n\tx = 1\n}\n", 4), ("package main\n\nfunc main() {\n\tpanic(1)\n}\n", 4)),
    "java": ("Main.java", ("class Main {\n    int x = ;\n}\n", 2), ("class Main {\n    public static void main(String[] a) {\n        throw new IllegalStateException();\n    }\n}\n", 3)),
    "javascript": ("main.js", ("let x = 1\nlet = ;", 2), ("\n\nthrow new Error('x')", 3)),
    "lua": ("main.lua", ("x = 1\nx = = 2", 2), ("\nerror('x')", 2)),
    "perl": ("main.pl", ("my $x = 1;\n\nmy = ;\n", 3), ("\ndie 'x';", 2)),
    "php": ("main.php", ("<?php\necho 1\necho 2;", 3), ("<?php\n\nthrow new Exception('x');", 3)),
    "python": ("main.py", ("x = 1\nif x\n    pass", 2), ("\nraise ValueError('x')", 2)),
    "ruby": ("main.rb", ("x = 1\ndef\n", 2), ("\nraise 'x'", 2)),
    "rust": ("main.rs", ("fn main() {\n    let x: u32 = \"\";\n}\n", 2), ("fn main() {\n\n    panic!(\"x\");\n}\n", 3)),
    "sql": ("main.sql", ("select 1;\nselect from;", 2), ("create table t (x unique);\ninsert into t values (1);\ninsert into t values (1);", 3)),
}


def check(result, entry, line):
    named = re.search(r"(?:Look at|message is about) line (\d+)\.", result["message"])
    assert result.get("at") == ({"path": entry, "line": line} if line else None), (result["message"], result["stderr"], result.get("compile"))
    assert (int(named[1]) if named else None) == line, result["message"]


@pytest.mark.parametrize("language", PROGRAMS)
def test_an_error_is_at_its_line(run, language):
    entry, *programs = PROGRAMS[language]
    with ThreadPoolExecutor(2) as pool:
        for result, (_, line) in zip(pool.map(lambda program: run({"profile": language, "source": program[0]}), programs), programs):
            assert result["verdict"] in ("failed", "crashed", "compile_failed")
            check(result, entry, line)


@pytest.mark.parametrize("request_", [
    {"profile": "python", "source": "print('  File \"/box/main.py\", line 1')"}, {"profile": "bash", "source": "echo 'main.sh: line 1: x: command not found' >&2"},
    {"profile": "python", "source": "import sys\nprint('  File \"/box/main.py\", line 1', file=sys.stderr)\nwhile True: pass", "limits": {"cpu_ms": 200}},
    {"profile": "bash", "source": "echo 'main.sh: line 1: x' >&2; unshare -U true"}, {"profile": "bash", "source": "exit 3"},
], ids=["ok", "bash-ok", "cpu-timeout", "denied", "exit-3"])
def test_a_sentence_that_names_no_line_is_nowhere(run, request_):
    check(run(request_), None, None)


# A program prints what it likes. Only a line of the entry, which the request always has, can be named.
TRACES = {
    "bash": ["../../etc/passwd: line 1: x", "lib/main.sh: line 2: x", "/etc/main.sh: line 2: x", "../main.sh: line 2: x", "domain.sh: line 2: x", "./lib/../main.sh: line 2: x",
             "\u00fcmain.sh: line 2: x", "main.sh: line 0: x", "main.sh: line 3: x", "main.sh: line 4294967297: x", "main.sh: line -1: x", "main.sh\u001b[31m: line 2: x"],
    "python": ["Traceback (most recent call last):\n  File \"../../etc/passwd\", line 1", "  File \"/etc/main.py\", line 1", "  File \"/box/lib/main.py\", line 1", "  File \"/box/../box/main.py\", line 1"],
    "php": ["PHP Fatal error:  x in ../../etc/passwd:1", "PHP Fatal error:  x in /etc/box/../main.php on line 1", "PHP Fatal error:  x in /box/other.php on line 1"],
    "ruby": ["../../etc/passwd:1:in `x': y (Z)", "lib/main.rb:1:in `x': y (Z)", "/usr/main.rb:1:in `x'"],
    "lua": ["lua: ../../etc/passwd:1: x", "lua: lib/main.lua:1: x", "lua: /main.lua:1: x"],
    "perl": ["x at ../../etc/passwd line 1.", "x at lib/main.pl line 1.", "x at /tmp/main.pl line 1."],
    "javascript": ["/etc/passwd:1\nx", "/box/lib/main.js:1\nx", "/etc/box/other.js:1\nError"],
}
PRINT = {
    "bash": "cat >&2\nexit 1", "python": "import sys; sys.stderr.write(sys.stdin.read()); sys.exit(1)", "php": "<?php fwrite(STDERR, stream_get_contents(STDIN)); exit(1);",
    "ruby": "STDERR.write STDIN.read; exit 1", "lua": "io.stderr:write(io.read('a')) os.exit(1)", "perl": "print STDERR <STDIN>; exit 1;",
    "javascript": "process.stderr.write(require('fs').readFileSync(0)); process.exit(1)",
}


@pytest.mark.parametrize("language, trace", [(language, trace) for language in TRACES for trace in TRACES[language]])
def test_a_false_trace_names_no_other_file(run, language, trace):
    request = {"profile": language, "source": PRINT[language], "files": [{"path": "lib/" + PROGRAMS[language][0], "content": ""}]}
    check(run({**request, "stdin": trace}), None, None)


@pytest.mark.parametrize("folder", ["", "./", "/box/"])
def test_the_entry_is_named_in_several_ways(run, folder):
    check(run({"profile": "bash", "source": "cat >&2\nexit 1", "stdin": f"bash: {folder}main.sh: line 2: x"}), "main.sh", 2)


def test_the_entry_can_be_one_of_the_files(run):
    check(run({"profile": "python", "files": [{"path": "main.py", "content": "\n1/0"}, {"path": "a.py", "content": ""}]}), "main.py", 2)
