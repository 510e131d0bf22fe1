# SPDX-License-Identifier: MIT
"""The possible ends in every language beyond those of test_runs.py: hello, an exit status, a mistake, an endless loop, too much memory,
stdin, arguments, several files, Unicode, and a text that is not a program."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

MIB = 1 << 20
UNICODE = "zażółć 日本 🐘"

# The expected end of each topic, unless a language says otherwise: the request's other members, and the checks.
TOPICS = {
    "hello": ({}, {"verdict": "ok", "stdout": "hello\n", "stderr": ""}),
    "exit": ({}, {"verdict": "failed", "exit_code": 3, "stdout": ""}),
    "mistake": ({}, {"verdict": "failed", "exit_code": 1, "tells": ["no such thing"]}),
    "loop": ({"limits": {"cpu_ms": 400, "wall_ms": 20_000}}, {"verdict": "cpu_timeout", "limits_hit": ["cpu"]}),
    "memory": ({"limits": {"memory_bytes": 112 * MIB, "cpu_ms": 15_000, "wall_ms": 25_000}},
               {"verdict": "out_of_memory", "limits_hit": ["memory"]}),
    "stdin": ({"stdin": "one\ntwo\n"}, {"verdict": "ok", "stdout": "ONE\nTWO\n"}),
    "args": ({"args": ["a b", "", "--", "ü"]}, {"verdict": "ok", "stdout": "[a b][][--][ü]"}),
    "files": ({}, {"verdict": "ok", "stdout": "from a\n"}),
    "unicode": ({}, {"verdict": "ok", "stdout": UNICODE + "\n"}),
    "no-program": ({}, {"verdict": "failed"}),
}

JAVA = "import java.util.*;\npublic class Main { public static void main(String[] args) throws Exception {\n%s\n} }\n"
GO = "package main\nimport (\n%s)\nfunc main() {\n%s\n}\n"
CPP = "#include <cstring>\n#include <iostream>\n#include <string>\n#include <vector>\n%s\nint main(int argc, char **argv) { (void)argc; (void)argv;\n%s\n}\n"
RUST = "fn main() {\n%s\n}\n"


def go(body, *imports):
    return GO % ("".join(f'"{name}"\n' for name in imports), body)


# Language: topic: a text, or a text, other members of the request, and different expectations.
LANGUAGES = {
    "javascript": {
        "hello": 'console.log("hello")',
        "exit": "process.exit(3)",
        "mistake": ('\nthrow new Error("no such thing")', {}, {"tells": ["no such thing", "main.js:2"]}),
        "loop": "for (;;);",
        "memory": "const a = []; for (;;) a.push(Buffer.alloc(1 << 20, 1));",
        "stdin": 'process.stdout.write(require("fs").readFileSync(0, "utf8").toUpperCase())',
        "args": 'for (const a of process.argv.slice(2)) process.stdout.write(`[${a}]`)',
        "files": ('console.log("from " + require("./lib/a").name)', {"files": [{"path": "lib/a.js", "content": 'exports.name = "a"'}]}),
        "unicode": f'console.log("{UNICODE}")',
        "no-program": ("let = ;", {}, {"exit_code": 1, "tells": ["SyntaxError", "main.js:1"]}),
    },
    "ruby": {
        "hello": 'puts "hello"',
        "exit": "exit 3",
        "mistake": ('\nraise "no such thing"', {}, {"tells": ["no such thing", "main.rb:2"]}),
        "loop": "loop {}",
        "memory": 'a = []; loop { a << "x" * (1 << 20) }',
        "stdin": "print STDIN.read.upcase",
        "args": 'ARGV.each { |a| print "[#{a}]" }',
        "files": ('require_relative "lib/a"; puts "from #{NAME}"', {"files": [{"path": "lib/a.rb", "content": 'NAME = "a"'}]}),
        "unicode": f'puts "{UNICODE}"',
        "no-program": ("def (", {}, {"exit_code": 1, "tells": ["syntax error", "main.rb:1"]}),
    },
    "perl": {
        "hello": 'print "hello\\n";',
        "exit": "exit 3;",
        "mistake": ('\ndie "no such thing";', {}, {"exit_code": 255, "tells": ["no such thing at main.pl line 2"]}),
        "loop": "1 while 1;",
        "memory": 'my @a; push @a, "x" x (1 << 20) while 1;',
        "stdin": "print uc while <STDIN>;",
        "args": 'print "[$_]" for @ARGV;',
        "files": ('use lib "lib"; use A; print "from $A::name\\n";', {"files": [{"path": "lib/A.pm", "content": 'package A; our $name = "a"; 1;'}]}),
        "unicode": f'print "{UNICODE}\\n";',
        "no-program": ("my $x = ;", {}, {"exit_code": 255, "tells": ["syntax error at main.pl line 1"]}),
    },
    "lua": {
        "hello": 'print("hello")',
        "exit": "os.exit(3)",
        "mistake": ('\nerror("no such thing")', {}, {"tells": ["main.lua:2: no such thing"]}),
        "loop": "while true do end",
        "memory": 'local t = {} while true do t[#t + 1] = string.rep("x", 1 << 20) .. #t end',
        "stdin": 'io.write(io.read("a"):upper())',
        "args": 'for _, a in ipairs(arg) do io.write("[", a, "]") end',
        "files": ('local a = require("lib.a") print("from " .. a.name)', {"files": [{"path": "lib/a.lua", "content": 'return {name = "a"}'}]}),
        "unicode": f'print("{UNICODE}")',
        "no-program": ("local = 1", {}, {"exit_code": 1, "tells": ["main.lua:1:"]}),
    },
    "cpp": {
        "hello": CPP % ("", 'std::cout << "hello\\n";'),
        "exit": CPP % ("", "return 3;"),
        "mistake": (CPP % ("", 'throw std::string("x"); '), {}, {"verdict": "crashed", "exit_code": None, "signal": "SIGABRT", "tells": ["terminate called"]}),
        "loop": CPP % ("", "for (volatile int i = 0;;) i = i + 1;"),
        "memory": CPP % ("", "for (;;) { char *p = new char[1 << 20]; std::memset(p, 1, 1 << 20); }"),
        "stdin": CPP % ("", "for (char k; std::cin.get(k);) std::cout << (char)std::toupper(k);"),
        "args": CPP % ("", 'for (int i = 1; i < argc; i++) std::cout << "[" << argv[i] << "]";'),
        "files": (CPP % ('#include "lib/a.hpp"', 'std::cout << "from " << name << "\\n";'),
                  {"files": [{"path": "lib/a.hpp", "content": 'const std::string name = "a";'}]}),
        "unicode": CPP % ("", f'std::cout << "{UNICODE}\\n";'),
        "no-program": ("int main() { return x; }", {}, {"verdict": "compile_failed", "compile_tells": ["main.cpp:1:", "not declared"]}),
    },
    "go": {
        "hello": go('fmt.Println("hello")', "fmt"),
        "exit": go("os.Exit(3)", "os"),
        "mistake": (go('panic("no such thing")'), {}, {"exit_code": 2, "tells": ["panic: no such thing", "main.go:5"]}),
        "loop": go("for {\n}"),
        "memory": go("var a [][]byte\nfor {\nb := make([]byte, 1<<20)\nfor i := range b {\nb[i] = 1\n}\na = append(a, b)\n_ = a\n}"),
        "stdin": go("b, _ := io.ReadAll(os.Stdin)\nfmt.Print(strings.ToUpper(string(b)))", "fmt", "io", "os", "strings"),
        "args": go('for _, a := range os.Args[1:] {\nfmt.Printf("[%s]", a)\n}', "fmt", "os"),
        "files": (go('fmt.Println("from " + name)', "fmt"), {"files": [{"path": "a.go", "content": 'package main\nconst name = "a"\n'}]}),
        "unicode": go(f'fmt.Println("{UNICODE}")', "fmt"),
        "no-program": (go("x := 1"), {}, {"verdict": "compile_failed", "compile_tells": ["main.go:5", "declared but not used"]}),
    },
    "rust": {
        "hello": RUST % 'println!("hello");',
        "exit": RUST % "std::process::exit(3);",
        "mistake": (RUST % 'panic!("no such thing");', {}, {"exit_code": 101, "tells": ["no such thing", "main.rs:2"]}),
        "loop": RUST % "loop {}",
        "memory": RUST % "let mut a = Vec::new(); loop { a.push(vec![1u8; 1 << 20]); if a.len() == usize::MAX { break; } }",
        "stdin": "use std::io::Read;\n" + RUST % "let mut s = String::new(); std::io::stdin().read_to_string(&mut s).unwrap(); print!(\"{}\", s.to_uppercase());",
        "args": RUST % 'for a in std::env::args().skip(1) { print!("[{}]", a); }',
        "files": ("mod a;\n" + RUST % 'println!("from {}", a::NAME);', {"files": [{"path": "a.rs", "content": 'pub const NAME: &str = "a";'}]}),
        "unicode": RUST % f'println!("{UNICODE}");',
        "no-program": (RUST % "let x: i32 = \"a\";", {}, {"verdict": "compile_failed", "compile_tells": ["main.rs:2:", "mismatched types"]}),
    },
    "java": {
        "hello": JAVA % 'System.out.println("hello");',
        "exit": JAVA % "System.exit(3);",
        "mistake": (JAVA % 'throw new Exception("no such thing");', {}, {"tells": ["no such thing", "Main.java:3"]}),
        "loop": JAVA % "for (;;);",
        # Its heap is smaller than the limit, so that the language itself reports it first.
        "memory": (JAVA % "List<byte[]> a = new ArrayList<>(); for (;;) a.add(new byte[1 << 20]);", {},
                   {"verdict": "failed", "exit_code": 1, "limits_hit": [], "tells": ["OutOfMemoryError", "Main.java:3"]}),
        "stdin": JAVA % 'System.out.print(new String(System.in.readAllBytes(), "UTF-8").toUpperCase());',
        "args": JAVA % 'for (String a : args) System.out.print("[" + a + "]");',
        "files": (JAVA % 'System.out.println("from " + lib.A.NAME);',
                  {"files": [{"path": "lib/A.java", "content": 'package lib; public class A { public static final String NAME = "a"; }'}]}),
        "unicode": JAVA % f'System.out.println("{UNICODE}");',
        "no-program": (JAVA % "int x = y;", {}, {"verdict": "compile_failed", "compile_tells": ["Main.java:3", "cannot find symbol"]}),
    },
    "sql": {
        "hello": "SELECT 'hello';",
        "exit": ".exit 3",
        "mistake": ("\nSELECT * FROM no_such_thing;", {}, {"tells": ["no such table: no_such_thing"]}),
        "loop": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c;",
        "memory": "CREATE TABLE t AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT randomblob(100000) FROM c;",
        "stdin": "CREATE TABLE t(x);\n.import /dev/stdin t\nSELECT upper(x) FROM t;",
        "files": (".read lib/a.sql\nSELECT 'from ' || name FROM a;", {"files": [{"path": "lib/a.sql", "content": "CREATE TABLE a(name); INSERT INTO a VALUES('a');"}]}),
        "unicode": f"SELECT '{UNICODE}';",
        "no-program": ("SELEC 1;", {}, {"exit_code": 1, "tells": ["syntax error"]}),
    },
}

HAS_ONE_CACHE = True  # the same programs, again and again
ROWS = [(language, topic) for language, topics in LANGUAGES.items() for topic in topics]


def request_of(language, topic):
    row = LANGUAGES[language][topic]
    text, members = (row[0], row[1]) if isinstance(row, tuple) else (row, {})
    return {"profile": language, "source": text, **TOPICS[topic][0], **members}


def expected_of(language, topic):
    row = LANGUAGES[language][topic]
    return {**TOPICS[topic][1], **(row[2] if isinstance(row, tuple) and len(row) > 2 else {})}


def test_every_language_has_every_topic():
    for language, topics in LANGUAGES.items():
        assert set(TOPICS) - set(topics) == ({"args"} if language == "sql" else set()), language


@pytest.mark.parametrize("language, topic", ROWS)
def test_each_program_ends_as_expected(language, topic, run):
    result = run(request_of(language, topic))
    told = result["stdout"] + result["stderr"]
    compiled = result.get("compile", {"stderr": "", "stdout": ""})
    for name, value in expected_of(language, topic).items():
        if name == "tells":
            assert all(text in told for text in value), result
        elif name == "compile_tells":
            assert all(text in compiled["stderr"] + compiled["stdout"] for text in value), result
        else:
            assert result[name] == value, (name, result)
    assert "unreclaimed" not in result
    assert not re.search(r"/work|/root|/home", told + compiled["stderr"])


def test_verdicts_stay_with_eight_at_a_time(run):
    def verdict(row):
        request = request_of(*row)
        return run({**request, "limits": {**request.get("limits", {}), "wall_ms": 50_000}}, timeout=200)["verdict"]

    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(verdict, [row for row in ROWS if row[1] in ("hello", "exit", "loop", "memory")]))
    assert verdicts == [expected_of(*row)["verdict"] for row in ROWS if row[1] in ("hello", "exit", "loop", "memory")]


def test_unused_arguments_are_refused(refuse):
    assert refuse({"profile": "sql", "source": "", "args": ["x"]})["pointer"] == "/args"
