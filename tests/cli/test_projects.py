# SPDX-License-Identifier: MIT
"""Programs of several files, and Java classes of any name."""
import json

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="languages build the same in both builds; the plain one is asked")

ADD = "int add(int a, int b) { return a + b; }\n"
PROJECTS = [
    ("c", '#include <stdio.h>\n#include "lib/add.h"\nint main(void) { printf("%d\\n", add(2, 3)); }',
     {"lib/add.c": '#include "add.h"\n' + ADD, "lib/add.h": "int add(int a, int b);\n", "notes.txt": "not C"}),
    ("c", '#include <stdio.h>\nint add(int a, int b);\nint main(void) { printf("%d\\n", add(2, 3)); }', {"-o.c": ADD}),
    ("c", '#include <stdio.h>\n#include "add.c"\nint main(void) { printf("%d\\n", add(2, 3)); }', {"add.c": ADD}),
    ("cpp", '#include <iostream>\n# include "lib/add.cpp"\nint main() { std::cout << add(2, 3) << "\\n"; }', {"lib/add.cpp": '#include "more.cpp"\n', "lib/more.cpp": ADD}),
    ("cpp", '#include <iostream>\nint add(int a, int b);\nint main() { const char *text = "include"; std::cout << add(2, 3) << (text && "add.cc" ? "" : "x") << "\\n"; }', {"add.cc": ADD}),
    ("cpp", '#include <iostream>\nint add(int a, int b);\nint main() { std::cout << add(2, 3) << "\\n"; }', {"add.cc": ADD}),
    ("go", 'package main\n\nimport (\n\t"fmt"\n\t"example.com/shop/cart"\n)\n\nfunc main() { fmt.Println(cart.Add(2, 3)) }',
     {"go.mod": "module example.com/shop\n\ngo 1.19\n", "cart/cart.go": "package cart\n\nfunc Add(a, b int) int { return a + b }\n"}),
    ("go", 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println(add(2, 3)) }', {"add.go": "package main\n\nfunc add(a, b int) int { return a + b }\n"}),
    ("java", "public class Main { public static void main(String[] a) { System.out.println(Adder.add(2, 3)); } }", {"Adder.java": "public class Adder { static " + ADD + "}"}),
    ("java", "public class Till { public static void main(String[] a) { System.out.println(Adder.add(2, 3)); } }", {"Adder.java": "public class Adder { static " + ADD + "}"}),
    ("rust", 'mod add;\nfn main() { println!("{}", add::add(2, 3)); }', {"add.rs": "pub fn add(a: i32, b: i32) -> i32 { a + b }"}),
]


@pytest.mark.parametrize("profile, source, files", PROJECTS, ids=[f"{row[0]}-{next(iter(row[2]))}" for row in PROJECTS])
def test_all_files_are_built(run, profile, source, files):
    result = run({"profile": profile, "source": source, "files": [{"path": path, "content": content} for path, content in files.items()]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "5\n"), (result, result["compile"])


@pytest.mark.parametrize("name", ["@o.c", "lib/@o.c"])
def test_a_file_can_not_hold_options_of_the_compiler(run, name):
    files = {name: "", "o.c": "-wrapper /bin/sh,/box/run", "lib/o.c": "-wrapper /bin/sh,/box/run", "run": "echo ran >&2"}
    result = run({"profile": "c", "source": "int main(void) { return 0; }", "files": [{"path": path, "content": content} for path, content in files.items()]})
    assert "ran" not in result["compile"]["stderr"].split(), result["compile"]


@pytest.mark.parametrize("text", ["a.c " * 500_000, 'include "' * 500_000, 'include "a.c"\n' * 200_000], ids=["names", "quotes", "includes"])
def test_no_text_makes_the_search_for_includes_long(run, text):
    """exrun itself searches, before there is a cell with limits."""
    files = [{"path": f"{n}.c", "content": ""} for n in range(20)] + [{"path": "a.txt", "content": text}]
    assert run({"profile": "c", "source": "int main(void) { return 0; }", "files": files})["verdict"] == "ok"


def test_an_entry_that_is_a_file_is_compiled_once(run):
    files = [{"path": "main.c", "content": '#include <stdio.h>\nint add(int a, int b);\nint main(void) { printf("%d\\n", add(2, 3)); }'}, {"path": "add.c", "content": ADD}]
    assert run({"profile": "c", "files": files})["stdout"] == "5\n"


MAIN = '{ public static void main(String[] args) { System.out.println("hi"); } }'
CLASSES = ["public class Greeter " + MAIN, "class Greeter " + MAIN, "package shop;\npublic class Main " + MAIN, "package shop.front;\n\npublic final class Till " + MAIN,
           "interface Greeter { static void main(String[] args) { System.out.println(\"hi\"); } }", "enum Greeting { HI; public static void main(String[] a) { System.out.println(\"hi\"); } }",
           "public record Greeting(String word) " + MAIN, "class Helper { int x; }\npublic class Greeter " + MAIN, "\r\npublic class Greeter\r\n" + MAIN,
           "    public class Greeter " + MAIN, "import java.util.*; public class Greeter " + MAIN, "@Deprecated public class Greeter " + MAIN, "/** public class X */ public class Greeter " + MAIN,
           "public\nclass Greeter " + MAIN, "public @Deprecated class Greeter " + MAIN, "class A { interface M { void main(String[] a); } }\nclass Z " + MAIN,
           "class App { void f() { Greeter.main(null); } }\nclass Greeter " + MAIN,
           "class Zebra { static void other() { Apple.main(null); } }\nclass Main " + MAIN + "\nclass Apple { static void main(String[] a) { } }"]


@pytest.mark.parametrize("source", CLASSES)
def test_a_java_class_can_have_any_name(run, source):
    result = run({"profile": "java", "source": source}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "hi\n"), (result, result["compile"])


@pytest.mark.parametrize("source", ["// to do", "", "class Shelf { int books; }"])
def test_a_java_program_without_main_is_told(run, source):
    result = run({"profile": "java", "source": source}, timeout=120)
    assert result["verdict"] == "compile_failed" and result["message"] == "The program has no main function.", (result["message"], result["compile"])
    assert "jar" not in result["compile"]["stderr"], result["compile"]


def test_a_main_method_that_is_not_static_is_told(run):
    result = run({"profile": "java", "source": "package shop;\npublic class Shelf { public void main(String[] a) { } }"}, timeout=120)
    assert result["message"] == "The program has no main function." and "Main method is not static" in result["stderr"], result


def test_lines_of_a_renamed_class_are_the_visitor_s(run):
    result = run({"profile": "java", "source": "package shop;\n\npublic class Greeter {\n  int x = \"y\";\n}"}, timeout=120)
    assert "line 4" in result["message"] and "Main.java:4:" in result["compile"]["stderr"] and "shop" not in result["compile"]["stderr"], result["compile"]
    result = run({"profile": "java", "source": "public class Greeter {\n  public static void main(String[] a) {\n    int[] t = {};\n    t[1] = 0;\n  }\n}"}, timeout=120)
    assert result["message"] == "The program used an index or key that does not exist. Look at line 4.", result


def test_a_profile_says_what_its_sources_are(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    profile["compile"]["argv"] = ["gcc", "x{sources}"]
    (tmp_path / "c.json").write_text(json.dumps(profile))
    assert b'"{sources}"' in exrun("profile", "check", tmp_path / "c.json").stderr
