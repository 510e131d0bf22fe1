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


@pytest.mark.parametrize("profile", HELLO)
def test_a_byte_order_mark_is_not_seen(run, profile):
    result = run({"profile": profile, "source": "\ufeff" + HELLO[profile]}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "hello\n"), result


@pytest.mark.parametrize("profile", [name for name in HELLO if name != "bash"])
def test_windows_line_endings_do_no_harm(run, profile):
    """Bash takes the carriage return as a part of the last word: tests/cli/test_sentences.py."""
    result = run({"profile": profile, "source": HELLO[profile].replace("\n", "\r\n")}, timeout=120)
    assert (result["verdict"], result["stdout"]) == ("ok", "hello\n"), result


def test_a_mark_in_a_file_that_is_the_entry(run):
    result = run({"profile": "php", "files": [{"path": "main.php", "content": "\ufeff<?php echo 1;"}, {"path": "data", "content": "\ufeffx"}]})
    assert result["stdout"] == "1", result
    result = run({"profile": "php", "source": "<?php echo strlen(file_get_contents('data'));", "files": [{"path": "data", "content": "\ufeffx"}]})
    assert result["stdout"] == "4", "data are the visitor's own"


def test_a_mark_alone_is_an_empty_program(run):
    assert run({"profile": "bash", "source": "\ufeff"})["verdict"] == "ok"
