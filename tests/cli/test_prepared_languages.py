# SPDX-License-Identifier: MIT
"""With a prepared compiler, programs compile to the same, and mistakes are told in the same words. Another test compares the times: bench/prepared.py."""
import json
import os
import re
import subprocess

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the plain build compiles the same; test_prepared.py is for both")

GO = "package main\n\n%s\n\nfunc main() {\n\t%s\n}\n"
JAVA = "%spublic class %s {\n    public static void main(String[] args) {\n        %s\n    }\n}\n"
# Language, name, source, and other files.
PROGRAMS = [
    ("cpp", "hello", '#include <iostream>\nint main() { std::cout << __LINE__ << __FILE__ << __COUNTER__; }\n', {}),
    ("cpp", "everything", "#include <bits/stdc++.h>\nusing namespace std;\nint main() { map<string, int> m{{\"a\", 1}}; cout << m[\"a\"] << regex_match(\"a\", regex(\"a\")); }\n", {}),
    ("cpp", "a header twice, and later", "#include <vector>\n#include <iostream>\n#include <iostream>\n#include <thread>\nint main() { std::thread t([] { std::cout << 1; }); t.join(); }\n", {}),
    ("cpp", "a macro before a header", "#define _GLIBCXX_ASSERTIONS\n#include <vector>\nint main() { std::vector<int> v(1); return v[2]; }\n", {}),
    ("cpp", "an own header of that name", '#include "iostream"\nint main() { return own(); }\n', {"iostream": "inline int own() { return 5; }\n"}),
    ("cpp", "two files", "#include <iostream>\nint f();\nint main() { std::cout << f(); }\n", {"f.cpp": "#include <iostream>\nint f() { return 1; }\n"}),
    ("cpp", "a missing semicolon", '#include <iostream>\nint main() {\n    std::cout << "a"\n    return 0;\n}\n', {}),
    ("cpp", "a missing header", "#include <iostream>\nint main() {\n    std::map<int, int> m;\n}\n", {}),
    ("cpp", "no such header", '#include <iostream>\n#include "none.h"\nint main() {}\n', {}),
    ("cpp", "an undefined function", "#include <iostream>\nint f(int);\nint main() {\n    std::cout << f(1);\n}\n", {}),
    ("cpp", "no main", "#include <iostream>\nint f() { return 1; }\n", {}),
    ("cpp", "defined twice", "#include <iostream>\nint f() { return 1; }\nint main() {}\n", {"b.cpp": "int f() { return 2; }\n"}),
    ("cpp", "warnings", "#include <iostream>\nint main() {\n    int unused;\n    int y; std::cout << y;\n}\n", {}),
    ("cpp", "a warning of the linker", "#include <cstdio>\n#include <iostream>\nint main() { char b[L_tmpnam]; std::cout << (tmpnam(b) != nullptr); }\n", {}),
    ("go", "hello", GO % ('import "fmt"', 'fmt.Println("hello")'), {}),
    ("go", "many packages", GO % ('import (\n\t"encoding/json"\n\t"fmt"\n\t"math/big"\n\t"regexp"\n\t"sort"\n\t"time"\n)',
                                  'b, _ := json.Marshal(big.NewInt(5)); l := []int{2, 1}; sort.Ints(l)\n\tfmt.Println(string(b), l, regexp.MustCompile("a").MatchString("a"), time.Second)'), {}),
    ("go", "a panic", GO % ('import "os"', "var l []int\n\t_ = l[len(os.Args)]"), {}),
    ("go", "embedding is with go's own command", 'package main\n\nimport (\n\t_ "embed"\n\t"fmt"\n)\n\n//go:embed a.txt\nvar s string\n\nfunc main() { fmt.Print(s) }\n', {"a.txt": "text"}),
    ("go", "two files", GO % ('import "fmt"', "fmt.Println(name)"), {"a.go": 'package main\nconst name = "a"\n'}),
    ("go", "modules", 'package main\n\nimport (\n\t"fmt"\n\t"shop/cart"\n)\n\nfunc main() { fmt.Println(cart.N) }\n', {"go.mod": "module shop\n", "cart/cart.go": "package cart\n\nconst N = 3\n"}),
    ("go", "a missing bracket", GO % ('import "fmt"', 'fmt.Println("a"'), {}),
    ("go", "a mistake in an import", GO % ('import fmt', 'fmt.Println("a")'), {}),
    ("go", "a mistake before the imports", "package main\n\nfunc main() {\n\tx := := 1\n}\n\nimport \"fmt\"\n", {}),
    ("go", "an unused variable", GO % ('import "fmt"', 'x := 1\n\tfmt.Println("a")'), {}),
    ("go", "an unused import", GO % ('import (\n\t"fmt"\n\t"os"\n)', "fmt.Println(1)"), {}),
    ("go", "no such package", GO % ('import "nothing"', "nothing.Do()"), {}),
    ("go", "an internal package", GO % ('import "internal/abi"', "_ = abi.Name{}"), {}),
    ("go", "ten mistakes and more", GO % ("", "\n\t".join(f"a{n}()" for n in range(14))), {}),
    ("go", "no main", "package main\n\nfunc f() {}\n", {}),
    ("go", "a comment", "// hello\n", {}),
    ("go", "C code", 'package main\n\n// int twice(int n) { return 2 * n; }\nimport "C"\nimport "fmt"\n\nfunc main() { fmt.Println(C.twice(21)) }\n', {}),
    ("go", "C code with a mistake", 'package main\n\n// int f(void) { return x; }\nimport "C"\n\nfunc main() { println(C.f()) }\n', {}),
    ("go", "a folder with the program's name", "package main\n\nfunc main() {}\n", {"main/x.txt": ""}),
    ("go", "a file with the program's name", GO % ('import "fmt"', 'fmt.Println("hello")'), {"main": "no program"}),
    ("go", "a program in another package", "package greet\n\nfunc main() {}\n", {}),
    ("go", "a library", "package shelf\n\nfunc F() {}\n", {}),
    ("java", "hello", JAVA % ("", "Main", 'System.out.println("hello");'), {}),
    ("java", "another name", JAVA % ("package shop;\n", "Greeter", 'System.out.println("hello");'), {}),
    ("java", "several files", JAVA % ("", "Main", "System.out.println(lib.A.N);"), {"lib/A.java": 'package lib; public class A { public static final String N = "a"; }'}),
    ("java", "an exception", JAVA % ("", "Main", "int[] l = {}; l[3] = 1;"), {}),
    ("java", "a missing semicolon", JAVA % ("", "Main", "int x = 1"), {}),
    ("java", "mistakes", JAVA % ("", "Main", 'int x = "a"; y++; new Foo();'), {}),
    ("java", "a warning", JAVA % ("import java.util.*;\n", "Main", "List l = new ArrayList(); l.add(1); new Thread().stop(); System.out.println(l);"), {}),
    ("java", "no main", "class Main { int x; }\n", {}),
    ("java", "nothing", "// nothing\n", {}),
    ("java", "a class that calls the main method of another", 'public class Zoo {\n    public static void main(String[] a) { System.out.println("zoo"); }\n}\nclass App {\n    void f() { Zoo.main(null); }\n}\n', {}),
    ("java", "the word public in a text block", 'public class Gen {\n    static final String T = """\npublic class Zed {\n}\n""";\n    public static void main(String[] a) { System.out.print(T + T.length()); }\n}\n', {}),
    ("java", "a folder named like the archive", JAVA % ("", "Foo", ""), {"main.jar/x.txt": ""}),
    ("java", "a file named like the archive", JAVA % ("", "Foo", 'System.out.println("hello");'), {"main.jar": "no archive"}),
    ("java", "a file that the entry does not name", JAVA.replace(") {", ") throws Exception {") % ("", "Main", 'System.out.println(Class.forName("lib.A").getField("N").get(null));'),
     {"lib/A.java": 'package lib; public class A { public static final String N = "a"; }'}),
    ("java", "a mistake in such a file", JAVA % ("", "Main", ""), {"lib/B.java": "package lib;\n\nclass B { int x = y; }\n"}),
    ("java", "such a mistake, and another name", JAVA % ("", "Foo", ""), {"lib/B.java": "package lib;\n\nclass B { int x = y; }\n"}),
    ("java", "another name in another file", JAVA % ("", "Main", ""), {"a.java": "public class B {}\n"}),
    ("java", "names with blanks and dashes", JAVA % ("", "Foo", "new X(); new Y();"), {"-x.java": "class X {}", "a b.java": "class Y {}"}),
    ("java", "main in another file", "class Main {}\n", {"lib/App.java": JAVA % ("package lib;\n", "App", 'System.out.println("app");')}),
    ("java", "main in all files", JAVA % ("package z;\n", "Greeter", 'System.out.println("greeter");'),
     {"A.java": JAVA % ("", "A", ""), "a/Main.java": JAVA % ("package a;\n", "Main", ""), "z/A.java": JAVA % ("package z;\n", "A", "")}),
    ("java", "main in a nested class, too", "class Shop {\n    static class A { public static void main(String[] a) {} }\n    public static void main(String[] a) { System.out.print(1); }\n}\n", {}),
    ("java", "a module", JAVA % ("", "Main", 'System.out.println("hello");'), {"module-info.java": "module shop {}\n"}),
    ("java", "services", JAVA % ("import java.util.*;\n", "Main", "for (Runnable r : ServiceLoader.load(Runnable.class)) r.run();"),
     {"META-INF/services/java.lang.Runnable": "lib.R\n", "lib/R.java": "package lib; public class R implements Runnable { public void run() { System.out.println(1); } }"}),
    ("go", "an import that does not end", 'package main\n\nimport (\n\t"fmt"\n', {}),
    ("go", "a text that does not end in an import", 'package main\n\nimport "fmt\n\nfunc main() {}\n', {}),
    ("go", "another name for the lines", "package main\n\n//line /tmp/build/x.go:1\nfunc main() { panic(1) }\n", {}),
    ("rust", "hello", 'fn main() { println!("hello"); }\n', {}),
    ("rust", "threads", 'use std::thread;\nfn main() { let t = thread::spawn(|| 5); println!("{}", t.join().unwrap()); }\n', {}),
    ("rust", "a panic", "fn main() { let v: Vec<i32> = vec![]; println!(\"{}\", v[v.len()]); }\n", {}),
    ("rust", "a mistake", "fn main() { println!(\"{}\", x); }\n", {}),
    ("rust", "a borrow", "fn main() { let s = String::new(); let t = s; println!(\"{}{}\", s, t); }\n", {}),
]


@pytest.fixture(scope="module")
def patient(tmp_path_factory):
    """The shipped profiles, whose compilers may take as long as any, because others run at the same time."""
    folder = tmp_path_factory.mktemp("profiles")
    for language in ("cpp", "go", "java", "rust"):
        profile = json.loads((ROOT / f"profiles/{language}.json").read_text())
        profile["compile"]["limits"] |= {"wall_ms": 60_000, "cpu_ms": 30_000}
        (folder / f"{language}.json").write_text(json.dumps(profile))
    return folder


@pytest.fixture(scope="module")
def caches(tmp_path_factory, patient):
    """Two caches; the compilers of the second are prepared."""
    folder = tmp_path_factory.mktemp("caches")
    warmed = subprocess.run([EXRUN, "cache", "warm", "--json", "--profiles", patient, "cpp", "go", "java", "rust"], capture_output=True,
                            env={**os.environ, "EXRUN_CACHE": str(folder / "warm")}, timeout=600)
    rows = json.loads(warmed.stdout)["profiles"]
    assert [row["state"] for row in rows] == ["made"] * 4, warmed
    return [folder / "cold", folder / "warm"]


def comparable(result):
    """The parts that a visitor sees. g++ doesn't say which line of the program included a header that is precompiled."""
    told = re.sub(r"^In file included.*\n|^ +from .*\n", "", result["compile"]["stderr"], flags=re.M)
    told = re.sub(r"/tmp/cc\w+\.o|/box/main\.cpp\.o", "main.o", told)
    return {"verdict": result["verdict"], "exit_code": result.get("exit_code"), "message": result["message"], "compiler": told, "compiler_exit_code": result["compile"]["exit_code"], "stdout": result["stdout"],
            "stderr": re.sub(r"0x[0-9a-f]+", "0x...", result["stderr"])}


@pytest.mark.parametrize("language, name, source, files", PROGRAMS, ids=[f"{row[0]}: {row[1]}" for row in PROGRAMS])
def test_a_prepared_compiler_does_the_same(run, caches, patient, language, name, source, files):
    request = {"profile": language, "source": source, "files": [{"path": path, "content": text} for path, text in files.items()]}
    cold, warm = (comparable(run(request, "--profiles", patient, env={"EXRUN_CACHE": str(cache)}, timeout=120)) for cache in caches)
    assert warm == cold


def test_a_damaged_archive_of_java_does_no_harm(run, caches, patient):
    damaged = caches[0].parent / "damaged"
    subprocess.run(["cp", "-a", caches[1], damaged], check=True)
    [archive] = damaged.glob("prepared/java-*/compile.jar")
    archive.write_bytes(archive.read_bytes()[:100])
    result = run({"profile": "java", "source": JAVA % ("", "Main", "System.out.print(1);")}, "--profiles", patient, env={"EXRUN_CACHE": str(damaged)}, timeout=120)
    assert (result["verdict"], result["stdout"], result["compile"]["stderr"]) == ("ok", "1", ""), result


@pytest.mark.parametrize("language, folder", [("cpp", "include/iostream.gch"), ("cpp", "ld"), ("go", "build.sh"), ("java", "compile.jsa"), ("rust", "ld")])
def test_the_compiler_uses_it(run, caches, language, folder):
    """A file that is not there makes the test of the same results say nothing."""
    [found] = (caches[1] / "prepared").glob(f"{language}-*")
    assert (found / folder).is_file()


def test_the_files_of_a_profile_are_those_that_people_read():
    subprocess.run([ROOT / "profiles/etc/write.py", "--check"], check=True)
