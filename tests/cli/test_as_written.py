# SPDX-License-Identifier: MIT
"""Sources as editors and other systems write them: with characters that nobody sees."""
import pytest

from conftest import IS_SANITIZER_BUILD

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="languages read the same in both builds; the plain one is asked")

HELLO = {
    "bash": "echo hello\n",
    "c": '#include <stdio.h>\nint main(void) {\n  printf("hello\\n");\n}\n',
    "cpp": '#include <iostream>\nint main() {\n  std::cout << "hello\\n";\n}\n',
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("hello")\n}\n',
    "java": 'public class Main {\n  public static void main(String[] args) {\n    System.out.println("hello");\n  }\n}\n',
    "javascript": "console.log('hello');\n",
    "lua": "print('hello')\n",
    "perl": 'use strict;\nprint "hello\\n";\n',
    "php": '<?php\ndeclare(strict_types=1);\nnamespace Shop;\necho "hello\\n";\n',
    "python": "# a comment\nprint('hello')\n",
    "ruby": "puts 'hello'\n",
    "rust": 'fn main() {\n    println!("hello");\n}\n',
    "sql": "SELECT 'hello';\n",
}

# Texts of several lines, continued lines, comments and the first line that names an interpreter.
WIDE = {
    "c": '#include <stdio.h>\n#define SAY(text) \\\n  printf("%s\\n", \\\n         text)\nint main(void) {\n  SAY("hel"\n      "lo");\n}\n',
    "cpp": '#include <iostream>\n#define SAY(text) \\\n  std::cout << text << "\\n"\nint main() {\n  auto t = R"(hel\nlo)";\n  SAY((t[3] == \'\\n\' ? "hello" : "other"));\n}\n',
    "go": 'package main\n\nimport "fmt"\n\nconst t = `hel\nlo`\n\nfunc main() {\n\tfmt.Println(t[:3] + t[4:])\n}\n',
    "java": 'public class Main {\n  public static void main(String[] args) {\n    System.out.print("""\n      hel\\\n      lo\n      """);\n  }\n}\n',
    "javascript": "#!/usr/bin/env node\nconst t = `hel\nlo`\nconsole.log(t.replace('\\n', ''))\n",
    "lua": "#!/usr/bin/lua\nlocal t = [[\nhel\nlo]]\n--[[ a\ncomment ]]\nprint((t:gsub('\\n', '')))\n",
    "perl": "#!/usr/bin/perl\nuse strict;\nmy $t = <<END;\nhel\nlo\nEND\n$t =~ s/\\s//g;\nprint \"$t\\n\";\n__END__\nmore\n",
    "php": "<?php\n$t = <<<TEXT\nhel\nlo\nTEXT;\necho preg_replace('/\\s/', '', $t), \"\\n\";\n",
    "python": "#!/usr/bin/python3\nt = '''hel\nlo'''\nif t and \\\n        True:\n    print(t.replace('\\n', ''))\n",
    "ruby": "=begin\na comment\n=end\nt = <<~TEXT\n  hel\n  lo\nTEXT\nputs t.gsub(/\\s/, '')\n__END__\nmore\n",
    "rust": 'fn main() {\n    let t = "hel\\\n             lo";\n    println!("{}", t);\n}\n',
    "sql": "-- a comment\nSELECT 'hel' ||\n  'lo';\n",
}

# Bash programs that fail, or print an error, because of their carriage returns.
FAILS = ["exit 0", "x=5\n[ $x -gt 3 ] && echo big", 'x=y\n[ "$x" = y ]', "read name\necho hi", "if true\nthen echo hi\nfi", "set -u\necho hi", "echo hi\n\necho there",
         "declare -A m\necho hi", "shift 1\necho hi", "let x=1+2\necho hi", "trap 'echo bye' EXIT", "printf '%d' 5", "source lib.sh", "cd /tmp", "echo $((x + 1))\nx=2\necho $((x))",
         "while read line\ndo echo $line\ndone", "sleep 0.1", "seq 3", "ls", "[[ a == a ]]\necho hi", "f() {\n  echo hi\n}\nf"]
# They print a carriage return, or fail for another reason.
RUNS = ["echo hi", "#!/bin/bash\necho hi", "cat <<END\nhi\nEND\necho there", "a=1\necho $a", "false #"]
ENDINGS = "The program has Windows line endings (CR LF), which this language can't read. Save it with Unix line endings (LF)."


@pytest.mark.parametrize("profile", HELLO)
def test_a_byte_order_mark_is_not_seen(run, profile):
    result = run({"profile": profile, "source": "\ufeff" + HELLO[profile]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "hello\n"), result


@pytest.mark.parametrize("profile", [name for name in HELLO if name != "bash"])
def test_windows_line_endings_do_no_harm(run, profile):
    result = run({"profile": profile, "source": HELLO[profile].replace("\n", "\r\n")}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "hello\n"), result


@pytest.mark.parametrize("profile", WIDE)
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
def test_line_endings_in_texts_and_comments_do_no_harm(run, profile, ending):
    result = run({"profile": profile, "source": WIDE[profile].replace("\n", ending)}, timeout=120)
    assert (result["verdict"], result["stdout"], result["stderr"]) == ("ok", "hello\n", ""), result


@pytest.mark.parametrize("source", FAILS)
def test_bash_names_windows_line_endings(run, source):
    """Bash takes the carriage return as a part of the last word of a line."""
    assert ENDINGS in run({"profile": "bash", "source": (source + "\n").replace("\n", "\r\n")})["message"]


@pytest.mark.parametrize("source", [*[(source + "\n").replace("\n", "\r\n") for source in RUNS], *[source + "\n" for source in FAILS],
                                    "printf 'a\\r\\n'\nno-such", "x=$'\\r'\n$x", "echo 'a\rb'\nno-such\n"])
def test_windows_line_endings_are_not_named_without_a_reason(run, source):
    assert "line endings" not in run({"profile": "bash", "source": source})["message"]


def test_a_mark_in_a_file_that_is_the_entry(run):
    result = run({"profile": "php", "files": [{"path": "main.php", "content": "\ufeff<?php echo 1;"}, {"path": "data", "content": "\ufeffx"}]})
    assert result["stdout"] == "1", result
    result = run({"profile": "php", "source": "<?php echo strlen(file_get_contents('data'));", "files": [{"path": "data", "content": "\ufeffx"}]})
    assert result["stdout"] == "4", "data are the visitor's own"


MARKED = [
    ("java", "\ufeffpublic class Main { public static void main(String[] a) { System.out.print(B.N); } }", {"B.java": "\ufeffclass B { static int N = 5; }\n"}),
    ("bash", ". ./a.sh", {"a.sh": "\ufeffprintf 5\n"}),
    ("php", "<?php require 'b.php'; echo B\\five();", {"b.php": "\ufeff<?php namespace B; function five() { return 5; }"}),
    ("go", 'package main\n\nimport (\n\t"fmt"\n\t"shop/cart"\n)\n\nfunc main() { fmt.Print(cart.N) }\n', {"go.mod": "\ufeffmodule shop\n", "cart/cart.go": "\ufeffpackage cart\n\nconst N = 5\n"}),
]


@pytest.mark.parametrize("profile, source, files", MARKED, ids=[row[0] for row in MARKED])
def test_a_mark_in_another_source_is_not_seen(run, profile, source, files):
    result = run({"profile": profile, "source": source, "files": [{"path": path, "content": text} for path, text in files.items()]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "5"), (result, result.get("compile"))


@pytest.mark.parametrize("source", ["source ./lib.sh", ". /box/lib.sh"])
def test_windows_line_endings_in_another_source_are_named(run, source):
    request = {"profile": "bash", "source": source, "files": [{"path": "lib.sh", "content": "f() {\n  echo hi\n}\nif true; then\n  f\nfi\n".replace("\n", "\r\n")}]}
    result = run(request)
    assert result["verdict"] == "failed" and result["message"].startswith(ENDINGS), result
    request["files"][0]["path"] = "lib.txt"
    assert "line endings" not in run({**request, "source": "if"})["message"]


def test_another_source_counts_as_well(run):
    """A file that could have printed the message is one of the language."""
    files = [{"path": "net.c", "content": '#include <stdio.h>\n#include <sys/socket.h>\nint go(void) { int fd = socket(AF_INET, SOCK_STREAM, 0); perror("socket"); return fd < 0; }'}]
    assert "no network access" in run({"profile": "c", "source": "int go(void);\nint main(void) { return go(); }", "files": files})["message"]
    files = [{"path": "page.php", "content": "<?php echo 1;"}]
    assert run({"profile": "php", "source": "<p>text</p>", "files": files})["message"].endswith(TEXT)


def test_many_sources_are_searched_in_a_short_time(run):
    files = [{"path": f"{n}.sh", "content": "x" * 400_000 + "\n"} for n in range(50)]
    assert "line endings" not in run({"profile": "bash", "source": "no-such; if", "files": files, "limits": {"disk_bytes": 64 << 20}}, timeout=20)["message"]


def test_a_mark_alone_is_an_empty_program(run):
    assert run({"profile": "bash", "source": "\ufeff"})["verdict"] == "ok"


TEXT = "The program has no <?php tag, so PHP printed it as text."
GLUED = "PHP printed the program as text, because no space or new line follows <?php."


@pytest.mark.parametrize("source, said", [
    ("<?phpecho 'x';", GLUED), ("<?php/* a comment */ echo 1;", GLUED), ("<?phpinfo();", GLUED), ("<? echo 1;", TEXT), ("<?\necho 1;", TEXT), ("<?echo 1;", TEXT),
    ("< ?php echo 1;", TEXT), ("<p>only HTML</p>", TEXT), ("<?xml version='1.0'?>\n<a/>", TEXT), ("<html><? echo 1; ?></html>", TEXT),
    ("<?= 5 ?>", ""), ("<?=5;", ""), ("<?php", ""), ("<?php\necho 1;", ""), ("<?php\r\necho 1;", ""), ("<?php\techo 1;", ""), ("<?PHP echo 1;", ""), ("", ""), ("\n \n", ""),
    ("<?xml version='1.0'?>\n<a><?php echo 1; ?></a>", ""), ("hello <?php echo 1; ?>", ""), ("<?php echo '<?phpecho';", ""), ("<? echo 1; ?><?php echo 2;", ""),
])
def test_a_php_tag_that_php_does_not_read_is_named(run, source, said):
    assert run({"profile": "php", "source": source})["message"] == f"The program ended normally. {said}".strip()
