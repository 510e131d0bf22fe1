# SPDX-License-Identifier: MIT
"""The visitor gets one kind, true sentence, with the line of their file if the language's own error names one."""
import base64
import re
import sys

import pytest

from conftest import ROOT
from test_runs import TABLE

sys.path.append(str(ROOT / "tests/kit"))
import messages  # noqa: E402

MIB = 1 << 20

JAVA = "public class Main { public static void main(String[] a) throws Exception { %s } }"
OPEN = r"^The program tried to open more files at the same time than it may\. Look at line 1\.$"

UTF_8 = r"^The program contains a character that is not UTF-8\. Save it in UTF-8\. (The compiler's first message is about|Look at) line 2\.$"


def latin_1(text):
    return {"encoding": "base64", "content": base64.b64encode(text.encode("latin-1")).decode()}


# A program, and the sentence that it must get; "line N" if the error names one.
SAID = [
    ("ok", {"profile": "bash", "source": "echo hi"}, "The program ended normally."),
    ("exit-3", {"profile": "python", "source": "raise SystemExit(3)"}, "The program ended with exit status 3."),
    ("exit-137", {"profile": "bash", "source": "exit 137"}, "The program ended with an error."),
    ("kill-9-self", {"profile": "bash", "source": "kill -9 $$"}, "killed by one of its own processes"),
    ("child-killed", {"profile": "bash", "source": "bash -c 'kill -9 $$'"}, "ended with an error"),
    ("endless-loop", {"profile": "php", "source": "<?php while (true);", "limits": {"cpu_ms": 100}}, "used more than 0.1 s of CPU time"),
    ("sleeper", {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 150}}, "took longer than 0.15 s"),
    ("hog", {"profile": "python", "source": "x = bytearray(1 << 28)"}, "more than 128 MiB of memory"),
    ("flood", {"profile": "bash", "source": "yes", "limits": {"output_bytes": 2048}}, "wrote more than 2 KiB"),
    ("denied", {"profile": "bash", "source": "unshare -U true"}, "is not allowed here"),
    ("fork-limit", {"profile": "bash", "source": "for i in 1 2 3 4 5 6; do sleep 1 & done; exit 4", "limits": {"processes": 4}}, "more processes or threads than it may have"),
    ("fork-limit-and-fine", {"profile": "python", "source": "import os\ntry: [os.fork() or __import__('time').sleep(1) for _ in range(9)]\nexcept OSError: pass",
                             "limits": {"processes": 3}}, "ended normally. It was not allowed more than 3 processes and threads at the same time."),
    ("disk-full", {"profile": "bash", "source": "head -c 5000000 /dev/zero >f", "limits": {"disk_bytes": MIB}}, "No space|1 MiB in files|store more data in files"),

    ("too-many-files", {"profile": "python", "source": "import time\ntry:\n    for n in range(100_000): open(f'/tmp/{n}', 'w').close()\nexcept OSError: time.sleep(0.5)"},
     r"^The program ended normally\. It was not allowed to create more than 8192 files\.$"),
    ("too-many-files-uncaught", {"profile": "bash", "source": "set -e\nmkdir d\nfor i in {1..9000}; do : >d/$i; done || { sleep 0.5; exit 1; }"}, "ended with exit status 1. It was not allowed to create more than 8192 files|create more files than it may"),

    ("py-syntax", {"profile": "python", "source": "x = 1\nif x\n    pass"}, "has a syntax error. Look at line 2."),
    ("py-input", {"profile": "python", "source": "\nname = input()"}, "tried to read input, but there was no input left. Look at line 2."),
    ("py-recursion", {"profile": "python", "source": "def f():\n  f()\nf()"}, "endless recursion\\? Look at line 2."),
    ("py-module", {"profile": "python", "source": "import numby"}, "needed numby, which is not installed here. Look at line 1."),
    ("py-file", {"profile": "python", "source": "x = 1\nopen('data.csv')"}, "the file data.csv, which does not exist here. Look at line 2."),
    ("py-readonly", {"profile": "python", "source": "open('/usr/x', 'w')"}, "only read"),
    ("py-network", {"profile": "python", "source": "import urllib.request\nurllib.request.urlopen('http://example.org')"}, "network.*Look at line 2."),
    ("py-network-by-number", {"profile": "python", "source": "import urllib.request\nurllib.request.urlopen('http://192.0.2.1')"}, "network.*Look at line 2."),
    ("py-socket", {"profile": "python", "source": "import socket\n\nsocket.create_connection(('192.0.2.1', 80))"}, "network.*Look at line 3."),
    ("node-socket", {"profile": "javascript", "source": "require('net').connect(80, '192.0.2.1')"}, "network"),
    ("py-interfaces", {"profile": "python", "source": "import socket\nprint(socket.if_nameindex())"}, "network.*Look at line 2."),
    ("node-interfaces", {"profile": "javascript", "source": "const os = require('os')\nconsole.log(os.networkInterfaces())"}, "network.*Look at line 2."),
    ("ruby-interfaces", {"profile": "ruby", "source": "require 'socket'\np Socket.getifaddrs"}, "network.*Look at line 2."),
    ("php-interfaces-and-fine", {"profile": "php", "source": "<?php var_dump(net_get_interfaces());"}, "no network access here"),
    ("bash-interfaces", {"profile": "bash", "source": "echo 'Cannot open netlink socket: Permission denied' >&2; exit 1"}, "network"),
    ("node-server", {"profile": "javascript", "source": "require('http').createServer().listen(3000, '127.0.0.1')"}, "network"),
    ("ruby-socket", {"profile": "ruby", "source": "require 'socket'\nTCPSocket.new('192.0.2.1', 80)"}, "network.*Look at line 2."),
    ("bash-socket", {"profile": "bash", "source": "set -e\necho >/dev/tcp/192.0.2.1/80"}, "network.*Look at line 2."),
    ("py-open-escape", {"profile": "python", "source": "print('C:\\Users\\ann')"}, "has a syntax error"),
    ("py-words-of-the-network-and-fine", {"profile": "python", "source": "print('Network is unreachable is errno 101')"}, r"^The program ended normally\.$"),
    ("node-words-of-the-network-and-fine", {"profile": "javascript", "source": "console.log('ECONNREFUSED means that nobody listens')"}, r"^The program ended normally\.$"),
    ("java-words-of-the-network-and-fine", {"profile": "java", "source": "public class Main { public static void main(String[] a) { System.out.println(\"UnknownHostException is thrown if\"); } }"}, r"^The program ended normally\.$"),
    ("py-socket-told-and-fine", {"profile": "python", "source": "import socket\ntry:\n    socket.socket()\nexcept OSError as e:\n    print(e)"}, "no network access here"),
    ("perl-socket", {"profile": "perl", "source": "use IO::Socket::INET;\nIO::Socket::INET->new('1.1.1.1:80') or die $@;"}, "no network access here"),
    ("c-socket", {"profile": "c", "source": "#include <stdio.h>\n#include <sys/socket.h>\nint main(void) { if (socket(AF_INET, SOCK_STREAM, 0) < 0) perror(\"socket\"); return 1; }"}, "no network access here"),
    ("go-socket", {"profile": "go", "source": "package main\nimport \"net\"\nfunc main() { _, err := net.Dial(\"tcp\", \"1.1.1.1:80\"); panic(err) }"}, "no network access here"),
    ("rust-socket", {"profile": "rust", "source": "use std::net::TcpStream;\nfn main() { TcpStream::connect(\"1.1.1.1:80\").unwrap(); }"}, "no network access here"),
    ("bash-with-a-line-feed", {"profile": "bash", "source": "set -e\nfrobnicate\n"}, "ran the command frobnicate, which does not exist here"),
    ("bash-windows-options", {"profile": "bash", "source": "set -euo pipefail\r\necho hi\r\n"}, "Windows line endings"),
    ("c-full-disk", {"profile": "c", "source": "#include <stdio.h>\nint main(void) { FILE *f = tmpfile(); static char b[65536]; while (fwrite(b, 1, sizeof(b), f) == sizeof(b)); perror(\"write\"); return 1; }"}, "more data in files than it may"),
    ("rust-full-disk", {"profile": "rust", "source": "use std::io::Write;\nfn main() { let mut f = std::fs::File::create(\"f\").unwrap(); loop { f.write_all(&[0u8; 65536]).unwrap(); } }"}, "more data in files than it may"),
    ("py-large-file", {"profile": "python", "source": "import os\nos.posix_fallocate(os.open('a', os.O_RDWR | os.O_CREAT), 0, 64 << 20)"}, "more data in files than it may"),
    ("rust-shift", {"profile": "rust", "source": "fn main() { let n: u32 = std::env::args().count() as u32 + 40; println!(\"{}\", 1i32 << n); }"}, "too large or too small for its type"),
    ("java-assert", {"profile": "java", "source": "public class Main { public static void main(String[] a) { assert a.length > 3; } }"}, "A check in the program failed"),
    ("php-assert", {"profile": "php", "source": "<?php assert(1 > 2);"}, "A check in the program failed"),
    ("py-uncaught", {"profile": "python", "source": "def f():\n  raise ValueError('no')\n\nf()"}, "did not catch: ValueError. Look at line 2."),
    ("py-exit-with-a-message", {"profile": "python", "source": "raise SystemExit('bye')"}, r"^The program ended with exit status 1\.$"),
    ("py-exit-with-words-of-an-error", {"profile": "python", "source": "import sys\nprint('File \"/box/main.py\", line 2', file=sys.stderr)\nsys.exit('ValueError: no')"},
     r"^The program ended with exit status 1\.$"),
    ("py-uncaught-behind-other-words", {"profile": "python", "source": "import sys\nprint('KeyError: x', file=sys.stderr)\nraise ValueError('no')"},
     "did not catch: ValueError. Look at line 3."),
    ("py-uncaught-in-a-group", {"profile": "python", "source": "\nraise ExceptionGroup('g', [KeyError(1)])"}, "Look at line 2."),
    ("py-recursion-of-two", {"profile": "python", "source": "import sys\nfor k in range(200): print('words', file=sys.stderr)\ndef f(): g()\ndef g(): f()\nf()"},
     "recursion\\? Look at line [34]."),
    ("php-exit-behind-a-warning", {"profile": "php", "source": "<?php\necho $typo;\nexit(3);"}, r"^The program ended with exit status 3\.$"),
    ("php-fatal-behind-a-warning", {"profile": "php", "source": "<?php\necho $typo;\nnope();"}, r"called nope\(\).* Look at line 3\."),
    ("php-fatal-behind-half-a-line", {"profile": "php", "source": "<?php\nfwrite(STDERR, 'a: ');\nnope();"}, r"called nope\(\).* Look at line 3\."),
    ("php-memory-behind-half-a-line", {"profile": "php", "source": "<?php\nfwrite(STDERR, 'a: ');\n$x = str_repeat('x', 1 << 30);"}, r"more memory than it may use.* Look at line 3\."),
    ("node-in-a-script-without-a-file", {"profile": "javascript", "source": "\nrequire('vm').runInThisContext('nope');"}, "used nope, which is not defined. Look at line 2."),
    ("node-exit-with-a-caught-error", {"profile": "javascript", "source": "try {\n  null.x;\n} catch (e) {\n  console.error(e);\n  process.exit(3);\n}"},
     r"^The program ended with exit status 3\.$"),
    ("node-json", {"profile": "javascript", "source": "\nJSON.parse('{')"}, "did not catch: SyntaxError. Look at line 2."),
    ("node-rejection", {"profile": "javascript", "source": "async function f() {\n  throw new TypeError('x');\n}\nf();"}, "of the wrong type. Look at line 2."),
    ("node-rejection-of-no-error", {"profile": "javascript", "source": "Promise.reject(7);"}, "."),
    ("node-throws-no-error", {"profile": "javascript", "source": "\nthrow 'words';"}, "Look at line 2."),
    ("node-emitted", {"profile": "javascript", "source": "const events = require('events');\nnew events().emit('error', new RangeError('x'));"}, "did not catch: RangeError."),
    ("node-later", {"profile": "javascript", "source": "\nsetTimeout(() => { nope(); }, 1);"}, "used nope, which is not defined. Look at line 2."),
    ("node-in-a-module", {"profile": "javascript", "source": "require('./lib/a');", "files": [{"path": "lib/a.js", "content": "throw new EvalError('x');"}]}, "did not catch: EvalError. Look at line 1."),
    ("py-zero", {"profile": "python", "source": "\n\n1/0"}, "divided by zero. Look at line 3."),
    ("py-threads", {"profile": "python", "source": "import threading, time\nfor _ in range(99): threading.Thread(target=time.sleep, args=(.1,)).start()",
                    "limits": {"processes": 5}}, "more processes or threads than it may have. Look at line 2."),
    ("py-name", {"profile": "python", "source": "prnt(1)"}, "used prnt, which is not defined. Look at line 1."),
    ("php-syntax", {"profile": "php", "source": "<?php\necho 1\necho 2;"}, "has a syntax error. Look at line 3."),
    ("php-extension", {"profile": "php", "source": "<?php\n\nimagick_open();"}, r"called imagick_open\(\), which does not exist here.*installed\? Look at line 3."),
    ("php-uncaught", {"profile": "php", "source": "<?php\nthrow new RuntimeException('no');"}, "did not catch: RuntimeException. Look at line 2."),
    ("php-null", {"profile": "php", "source": "<?php $x = null;\n$x->go();"}, "used a missing value .* Look at line 2."),
    ("php-require", {"profile": "php", "source": "<?php require 'lib.php';"}, "the file lib.php, which"),
    ("node-syntax", {"profile": "javascript", "source": "let x = 1;\nlet x = 2;"}, "has a syntax error.* Look at line 2."),
    ("node-module", {"profile": "javascript", "source": "require('lodash')"}, "needed lodash, .* Look at line 1."),
    ("node-recursion", {"profile": "javascript", "source": "function f() { f() }\nf()"}, "recursion\\? Look at line 1."),
    ("node-uncaught", {"profile": "javascript", "source": "\nthrow new RangeError('x')"}, "did not catch: RangeError. Look at line 2."),
    ("node-uncaught-plain", {"profile": "javascript", "source": "\nthrow new Error('x')"}, "did not catch: Error. Look at line 2."),
    ("node-uncaught-own", {"profile": "javascript", "source": "class Empty extends Error {}\nthrow new Empty('x')"}, "did not catch: Empty. Look at line 2."),
    ("php-memory-of-its-own", {"profile": "php", "source": "<?php ini_set('memory_limit', '8M');\n$x = str_repeat('x', 1 << 24);"}, "more memory than it may use.* Look at line 2."),
    ("lua-error", {"profile": "lua", "source": "print(1)\nerror('x')"}, "did not catch. Look at line 2."),
    ("ruby-name", {"profile": "ruby", "source": "puts 1\nputz 1"}, "used putz, which is not defined. Look at line 2."),
    ("ruby-uncaught", {"profile": "ruby", "source": "\n\nraise ArgumentError, 'no'"}, "did not catch: ArgumentError. Look at line 3."),
    ("perl-die", {"profile": "perl", "source": "print 1;\ndie 'no'"}, "did not catch: no. Look at line 2."),
    ("perl-module", {"profile": "perl", "source": "use Moosey;"}, "needed Moosey.pm, .*Look at line 1."),
    ("lua-nil", {"profile": "lua", "source": "print(1)\nfoo()"}, "called foo, which does not exist here.* Look at line 2."),
    ("bash-command", {"profile": "bash", "source": "set -e\nfrobnicate"}, "command frobnicate, which does not exist here. Look at line 2."),
    ("bash-syntax", {"profile": "bash", "source": "echo 1\nif then"}, "has a syntax error.* Look at line 2."),
    ("c-compile", {"profile": "c", "source": "int main(void) {\n  return nonsense;\n}"}, "could not be compiled. The compiler's first message is about line 2."),
    ("c-segv", {"profile": "c", "source": "int main(void) { *(volatile int *)0 = 1; }"}, "memory that does not belong to it"),
    ("c-zero", {"profile": "c", "source": "int main(void) { volatile int n = 0; return 7 / n; }"}, "division by zero\\?"),
    ("c-assert", {"profile": "c", "source": "#include <assert.h>\nint main(void) {\n  assert(1 == 2);\n}"}, "check in the program failed .* Look at line 3."),
    ("bash-crlf", {"profile": "bash", "source": "if true; then\r\n  echo hi\r\nfi\r\n"}, r"^The program has Windows line endings \(CR LF\)"),
    ("bash-crlf-command", {"profile": "bash", "source": "set -e\r\nls\r\n"}, r"^The program has Windows line endings \(CR LF\)"),
    ("php-no-tag", {"profile": "php", "source": "echo 'hi';"}, r"^The program ended normally\. The program has no <\?php tag, so PHP printed it as text\.$"),
    ("php-network-and-fine", {"profile": "php", "source": "<?php $page = file_get_contents('http://example.com/'); echo 'done';"},
     r"^The program ended normally\. The program tried to use the network, but programs have no network access here\.$"),
    ("php-socket-and-fine", {"profile": "php", "source": "<?php $s = fsockopen('192.0.2.1', 80, $code, $words, 1); echo 'done';"}, "no network access here"),
    ("py-network-and-fine", {"profile": "python", "source": "import socket\ntry: socket.create_connection(('example.com', 80))\nexcept OSError as e: print(e)"},
     r"^The program ended normally\. .* no network access here\.$"),
    ("py-latin-1", {"profile": "python", "source": {"encoding": "base64", "content": "eCA9ICfpJwo="}}, r"^The program contains a character that is not UTF-8\. Save it in UTF-8\. Look at line 1\."),
    *[(f"{language}-latin-1", {"profile": language, "source": latin_1(source)}, UTF_8) for language, source in {
        "c": "int main(void) {\n  int caf\xe9 = 1;\n}\n",
        "cpp": "int main() {\n  int caf\xe9 = 1;\n}\n",
        "go": "package main\n// caf\xe9\nfunc main() {}\n",
        "java": "public class Main {\n  // caf\xe9\n  public static void main(String[] a) {}\n}\n",
        "javascript": "\nvar caf\xe9 = 1\n",
        "lua": "\ncaf\xe9 = 1\n",
        "perl": "use utf8;\nprint 'caf\xe9';\n",
        "ruby": "\nputs 'caf\xe9'\n"}.items()],
    ("rust-latin-1", {"profile": "rust", "source": latin_1("fn main() { println!(\"caf\xe9\"); }\n")}, r"^The program contains a character that is not UTF-8\. Save it in UTF-8\.$"),
    ("go-latin-1-in-a-text", {"profile": "go", "source": latin_1('package main\nfunc main() { println("caf\xe9") }\n')}, UTF_8),
    ("perl-latin-1-in-a-name", {"profile": "perl", "source": latin_1("\nmy $caf\xe9 = 1;\n")}, UTF_8),
    ("ruby-latin-1-in-another-file", {"profile": "ruby", "source": "\nrequire_relative 'a'", "files": [{"path": "a.rb", "encoding": "base64", "content": "cHV0cyAn6Sc="}]}, UTF_8),
    ("go-utf-16", {"profile": "go", "source": {"encoding": "base64", "content": "//5wAGEA"}}, "is not UTF-8"),
    ("ruby-words-of-the-encoding", {"profile": "ruby", "source": "warn 'main.rb:1: invalid multibyte char (UTF-8)'; exit 1"}, r"^The program ended with exit status 1\. Look at line 1\.$"),
    ("lua-a-letter-in-utf-8", {"profile": "lua", "source": "\u00e9 = 1"}, "has a syntax error. Look at line 1."),
    ("c-a-quote-in-utf-8", {"profile": "c", "source": "int main(void) {\n  char *s = \u201cx\u201d;\n}"}, "^The program could not be compiled. The compiler's first message is about line 2."),
    *[(f"{language}-{name}", {"profile": language, "source": source}, r"^The program has no main function\.$")
      for language in ("c", "cpp", "go", "java", "rust") for name, source in (("empty", ""), ("comment", "// hello\n"))],
    *[(f"{language}-{name}", {"profile": language, "source": source}, r"^The program ended normally\.$")
      for language, comment in {"bash": "#", "javascript": "//", "lua": "--", "perl": "#", "python": "#", "ruby": "#", "sql": "--", "php": "<?php //"}.items()
      for name, source in (("empty", ""), ("comment", f"{comment} hello\n"))],
    ("rust-no-main-by-attribute", {"profile": "rust", "source": "#![no_main]\n"}, r"^The program has no main function\.$"),
    *[(f"{language}-two-mains", {"profile": language, "source": source, "files": [{"path": path, "content": source}]}, r"^The program has more than one main function\.")
      for language, path, source in (("c", "b.c", "int main(void) {}\n"), ("cpp", "b.cpp", "int main() {}\n"), ("go", "b.go", "package main\nfunc main() {}\n"))],
    *[(f"{language}-two-mains-in-a-file", {"profile": language, "source": source},
       r"^The program has more than one main function\. The compiler's first message is about line 2\.$") for language, source in {
        "c": "int main(void) {}\nint main(void) {}\n",
        "cpp": "int main() {}\nint main() {}\n",
        "go": "package main; func main() {}\nfunc main() {}\n",
        "java": "public class Main { public static void main(String[] a) {}\npublic static void main(String[] a) {} }\n",
        "rust": "fn main() {}\nfn main() {}\n"}.items()],
    ("c-a-function-twice", {"profile": "c", "source": "int mainly(void) { return 1; }\nint mainly(void) { return 1; }\nint main(void) {}\n"}, "^The program could not be compiled. The compiler's first message is about line 2."),
    *[(f"{language}-folder", {"profile": language, "source": source, "files": [{"path": f"{name}/data.txt", "content": ""}]},
       rf"^The folder {name} has the name that the compiled program gets\. Rename the folder\.$") for language, name, source in (
        ("c", "main", "int main(void) {}"), ("cpp", "main", "int main() {}"), ("go", "main", "package main\nfunc main() {}"), ("java", "main.jar", "class Main {}"),
        ("rust", "main", "fn main() {}"))],
    ("c-no-main", {"profile": "c", "source": "int add(int a, int b) { return a + b; }"}, r"^The program has no main function\.$"),
    ("c-only-a-comment", {"profile": "c", "source": "/* to do */"}, r"^The program has no main function\.$"),
    ("cpp-no-main", {"profile": "cpp", "source": "int add(int a, int b) { return a + b; }"}, r"^The program has no main function\.$"),
    ("rust-no-main", {"profile": "rust", "source": "pub fn add(a: i32, b: i32) -> i32 { a + b }"}, r"^The program has no main function\.$"),
    ("go-no-main", {"profile": "go", "source": "package main\n\nfunc Add(a, b int) int { return a + b }"}, r"^The program has no main function\.$"),
    ("c-huge-array", {"profile": "c", "source": "int t[300000000] = {1};\nint main(void) { return t[1]; }"}, "^The compiled program is larger than what may be stored here"),
    ("c-larger-than-stored", {"profile": "c", "source": "char t[40000000] = {1};\nint main(void) { return t[1]; }"}, r"^What was compiled is larger than 32 MiB, which is all that may be stored\.$"),
    ("go-main-in-another-package", {"profile": "go", "source": "package greet\n\nfunc main() { println(1) }"}, "^The main function is in package greet, but that of a program must be in package main.$"),
    ("java-array-size", {"profile": "java", "source": JAVA % "int[] t = new int[Integer.MAX_VALUE];"}, "^The program needed more memory than it may use"),
    ("java-direct-memory", {"profile": "java", "source": JAVA % "java.nio.ByteBuffer.allocateDirect(1 << 30);"}, "^The program needed more memory than it may use"),
    ("rust-overflow", {"profile": "rust", "source": "fn main() {\n  let n = std::env::args().count() as i32;\n  println!(\"{}\", i32::MAX + n);\n}"}, "too large or too small for its type. Look at line 3."),
    ("java-assert", {"profile": "java", "source": JAVA % "assert a.length > 0 : \"no words\";"}, "did not catch: java.lang.AssertionError. Look at line 1.|assertion"),
    ("php-assert", {"profile": "php", "source": "<?php\nassert(1 > 2);"}, "AssertionError|assertion"),
    ("flood-of-5000", {"profile": "bash", "source": "yes", "limits": {"output_bytes": 5000}}, "wrote more than 5000 bytes"),
    ("c-recursion", {"profile": "c", "source": "int f(volatile int n) { return f(n + 1) + 1; }\nint main(void) { return f(0); }"}, "endless recursion\\?"),
    ("cpp-uncaught", {"profile": "cpp", "source": "#include <stdexcept>\nint main() { throw std::logic_error(\"x\"); }"}, "did not catch: std::logic_error."),
    ("go-deadlock", {"profile": "go", "source": "package main\nfunc main() {\n  <-make(chan int)\n}"}, "was waiting, .* Look at line 3."),
    ("go-compile", {"profile": "go", "source": "package main\nfunc main() {\n  x := 1\n}"}, "first message is about line 3."),
    ("rust-index", {"profile": "rust", "source": "fn main() {\n  let v: Vec<i32> = std::env::args().map(|_| 1).collect();\n  println!(\"{}\", v[9]);\n}"},
     "an index or key that does not exist. Look at line 3."),
    ("java-uncaught", {"profile": "java", "source": "public class Main {\n  public static void main(String[] a) {\n    throw new IllegalStateException();\n  }\n}"},
     "did not catch: java.lang.IllegalStateException. Look at line 3."),
    ("java-input", {"profile": "java", "source": "public class Main {\n  public static void main(String[] a) {\n    new java.util.Scanner(System.in).nextLine();\n  }\n}"},
     "no input left. Look at line 3."),
    ("sql-table", {"profile": "sql", "source": "SELECT 1;\nSELECT * FROM users;"}, "used users, which is not defined. Look at line 2."),
    ("java-read-only", {"profile": "java", "source": JAVA % 'new java.io.FileOutputStream("/usr/x");'}, "only read.* Look at line 1."),
    ("java-directory", {"profile": "java", "source": JAVA % 'new java.io.FileInputStream("/tmp");'}, "did not catch: java.io.FileNotFoundException. Look at line 1."),
    ("java-file", {"profile": "java", "source": JAVA % 'new java.io.FileInputStream("x");'}, "the file x, which does not exist here. Look at line 1."),
    ("java-disk", {"profile": "java", "source": JAVA % 'var f = new java.io.FileOutputStream("f"); while (true) f.write(new byte[1 << 20]);', "limits": {"disk_bytes": MIB}},
     r"^The program tried to store more data in files than it may\. Look at line 1\.$"),
    ("java-socket", {"profile": "java", "source": JAVA % 'new java.net.Socket("192.0.2.1", 80);'}, "network.* Look at line 1."),
    ("java-open-files", {"profile": "java", "source": JAVA % 'var l = new java.util.ArrayList<Object>(); while (true) l.add(new java.io.FileInputStream("/dev/null"));'}, OPEN),
    ("py-open-files", {"profile": "python", "source": "l = [open('/dev/null') for _ in range(2000)]"}, OPEN),
    ("ruby-open-files", {"profile": "ruby", "source": "l = []; loop { l << File.open('/dev/null') }"}, OPEN),
    ("node-open-files", {"profile": "javascript", "source": "while (true) require('fs').openSync('/dev/null');"}, OPEN),
    ("php-open-files", {"profile": "php", "source": "<?php $l = []; while (true) $l[] = new SplFileObject('/dev/null');"}, OPEN),
    ("perl-open-files", {"profile": "perl", "source": "while (1) { open(my $f, '<', '/dev/null') or die $!; push @l, $f }"}, OPEN),
    ("lua-open-files", {"profile": "lua", "source": "l = {} while true do l[#l + 1] = assert(io.open('/dev/null')) end"}, OPEN),
    ("bash-open-files", {"profile": "bash", "source": "set -e; while :; do exec {f}</dev/null; done"}, OPEN),
    ("rust-open-files", {"profile": "rust", "source": "fn main() { let mut l = vec![]; loop { l.push(std::fs::File::open(\"/dev/null\").unwrap()); } }"}, OPEN),
    ("go-open-files", {"profile": "go", "source": "package main\nimport \"os\"\nfunc main() { var l []*os.File; for { f, e := os.Open(\"/dev/null\"); if e != nil { panic(e) }; l = append(l, f) } }"},
     "more files at the same time"),
    ("bash-not-executable", {"profile": "bash", "source": "echo echo hi >x.sh\n./x.sh"}, "no permission for. Look at line 2."),
    ("bash-read-only", {"profile": "bash", "source": "set -e\necho >>/etc/passwd"}, "only read.* Look at line 2."),
    ("py-not-executable", {"profile": "python", "source": "import subprocess\nsubprocess.run(['./main.py'])"}, "no permission for. Look at line 2."),
    ("py-kill", {"profile": "python", "source": "import os\nos.kill(1, 9)"}, "no permission for. Look at line 2."),
    ("ruby-kill", {"profile": "ruby", "source": "Process.kill(9, 1)"}, "no permission for. Look at line 1."),
    ("node-not-executable", {"profile": "javascript", "source": "require('child_process').execFileSync('./main.js')"}, "no permission for. Look at line 1."),
    ("lua-zero", {"profile": "lua", "source": "print(1 // 0)"}, "divided by zero. Look at line 1."),
    ("sql-syntax", {"profile": "sql", "source": "SELEC 1;"}, "has a syntax error.* Look at line 1."),
]

# A function that calls itself without end: the language's own error with its line if there is one, or else the likely reason.
FAR = "def f():\n  f()\nf()"
RECURSIONS = [
    ("bash", {"profile": "bash", "source": "f() {\n  f\n}\nf"}, "recursion\\? Look at line 2."),
    ("bash-with-arguments", {"profile": "bash", "source": "f() {\n  local n=$1\n  f $((n + 1))\n  echo $n\n}\nf 0"}, "recursion\\? Look at line 3."),
    ("bash-by-exec", {"profile": "bash", "source": "exec bash main.sh", "limits": {"cpu_ms": 200}}, "used more than 0.2 s of CPU time .*endless loop or recursion"),
    ("bash-by-sleep", {"profile": "bash", "source": "sleep 0.05; exec bash main.sh", "limits": {"wall_ms": 300}}, "took longer than 0.3 s .*endless loop or recursion"),
    ("c", {"profile": "c", "source": "int f(volatile int n) { return f(n + 1) + 1; }\nint main(void) { return f(0); }"}, "endless recursion\\?"),
    ("cpp", {"profile": "cpp", "source": "int f(int *n) { int m = *n + 1; return f(&m) + m; }\nint main() { int n = 0; return f(&n); }"}, "endless recursion\\?"),
    ("go", {"profile": "go", "source": "package main\n\nfunc f(n int) int {\n\treturn f(n+1) + 1\n}\n\nfunc main() {\n\tf(0)\n}\n"},
     "more than 128 MiB of memory .*Is there an endless recursion"),
    ("java", {"profile": "java", "source": "public class Main {\n  static int f(int n) {\n    return f(n + 1) + 1;\n  }\n  public static void main(String[] a) {\n"
              "    System.out.println(f(0));\n  }\n}"}, "recursion\\? Look at line 3."),
    ("javascript", {"profile": "javascript", "source": "function f(n) {\n  return f(n + 1) + 1;\n}\nf(0);"}, "recursion\\? Look at line 2."),
    ("lua", {"profile": "lua", "source": "function f(n)\n  return f(n + 1) + 1\nend\nf(0)"}, "recursion\\? Look at line 2."),
    ("perl", {"profile": "perl", "source": "sub f {\n  return f($_[0] + 1) + 1;\n}\nf(0);"}, "more than 128 MiB of memory .*Is there an endless recursion"),
    ("php", {"profile": "php", "source": "<?php\nfunction f($n) {\n  return f($n + 1) + 1;\n}\nf(0);"}, "more memory than it may use. Is there an endless recursion.* Look at line 3."),
    ("php-method", {"profile": "php", "source": "<?php\nclass A { function f($a) {\n  return [$this->f([$a, 1])];\n} }\n(new A)->f(1);"}, "more (memory )?than .*Is there an endless recursion"),
    ("php-without-bounds", {"profile": "php", "source": "<?php\nini_set('memory_limit', -1);\nfunction f() { f(); }\nf();"},
     "more than 128 MiB of memory .*Is there an endless recursion"),
    ("python", {"profile": "python", "source": FAR}, "recursion\\? Look at line 2."),
    ("python-without-bounds", {"profile": "python", "source": "import sys\nsys.setrecursionlimit(1 << 30)\n" + FAR}, "recursion"),
    ("ruby", {"profile": "ruby", "source": "def f(n)\n  f(n + 1) + 1\nend\nf(0)"}, "recursion\\? Look at line 2."),
    ("rust", {"profile": "rust", "source": "fn f(n: usize) -> usize {\n  if n == usize::MAX { return 0 }\n  f(n + 1) + std::env::args().count()\n}\nfn main() {\n"
              "  println!(\"{}\", f(0));\n}"}, "recursion\\?"),
]


def is_kind(message):
    assert message and not re.search(r"137|SIGKILL|/usr/(?!x)|/run/|/lib|cgroup|exrun|\n", message), message
    assert message[-1] in ".?" and message[0].isupper(), message


@pytest.mark.parametrize("request_, said", [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_the_sentence_is_true(run, request_, said):
    answer = run(request_)
    is_kind(answer["message"])
    assert re.search(said, answer["message"]), (answer["message"], answer["stderr"], answer.get("compile"))
    lines = re.findall(r"(?:Look at|message is about) line (\d+)\.", answer["message"])
    assert [str(answer["at"]["line"])] == lines if "at" in answer else not lines


@pytest.mark.parametrize("name", messages.sentences())
def test_the_page_of_messages_is_true(run, name):
    """docs/messages.md shows the sentence that this program causes now."""
    assert run(messages.rows()[name])["message"] == messages.sentences()[name]


@pytest.mark.parametrize("request_, said", [row[1:] for row in RECURSIONS], ids=[row[0] for row in RECURSIONS])
def test_endless_recursion_is_named(run, request_, said):
    test_the_sentence_is_true(run, {**request_, "limits": {"wall_ms": 50_000, **request_.get("limits", {})}}, said)  # a busy machine needs more wall-clock time


def test_php_ends_by_its_own_memory_limit_first(run):
    """Its error names the line. The rest of the program still works: its shutdown function can say good-bye."""
    answer = run({"profile": "php", "source": "<?php\nregister_shutdown_function(fn() => print('bye'));\n$a = [];\nwhile (true)\n  $a[] = str_repeat('x', 1 << 20);",
                  "limits": {"memory_bytes": 64 * MIB}})
    assert (answer["verdict"], answer["exit_code"]) == ("failed", 255) and "bye" in answer["stdout"]
    assert re.search(r"more memory than it may use\. .* Look at line 5\.", answer["message"]), answer["message"]
    assert run({"profile": "php", "source": "<?php echo strlen(str_repeat('x', 100 << 20));"})["stdout"] == str(100 * MIB)
    assert run({"profile": "php", "source": "<?php echo 1;", "limits": {"memory_bytes": 8 * MIB}})["stdout"] == "1"


@pytest.mark.parametrize("row", [row for row in TABLE if row.verdict not in ("ok", "failed")][::3], ids=lambda row: row.id)
def test_every_end_has_a_kind_sentence(run, row):
    is_kind(run(row.request)["message"])


LINE = "main.sh: line %s: no-such: command not found\n"


@pytest.mark.parametrize("numbers, told", [
    (["99999999999999999999"], None), (["4294967298"], None), (["18446744073709551618"], None), (["0"], None), (["6"], None), (["00000000000000000000002"], 2),
    (["5"], 5), (["6", "3"], 3), (["0", "99999999999999999999", "4", "1"], 4),
], ids=str)
def test_no_line_is_named_that_the_file_does_not_have(run, numbers, told):
    """The file has four lines. The empty one after them counts, because a message about the end of the file points there."""
    lines = "".join(LINE % number for number in numbers)
    for request in ({"source": "\n\ncat >&2\nexit 1\n"}, {"source": {"encoding": "base64", "content": "CgpjYXQgPiYyCmV4aXQgMQo="}},
                    {"files": [{"path": "main.sh", "content": "\n\ncat >&2\nexit 1\n"}]}):
        message = run({"profile": "bash", "stdin": lines, **request})["message"]
        assert re.findall(r"Look at line (\d+)\.", message) == ([str(told)] if told else []), message


def test_the_last_of_the_lines_that_there_are_is_named(run):
    source = "import sys\nfor n in (1, 2, 77, '9' * 25): print(f'  File \"/box/main.py\", line {n}', file=sys.stderr)\nsys.exit(1)"
    assert re.search(r"Look at line 2\.$", run({"profile": "python", "source": source})["message"])


def test_a_compiler_can_be_told_of_other_lines(run):
    answer = run({"profile": "c", "source": '#line 500 "main.c"\nint main(void) { return nonsense; }\n'})
    assert "main.c:500:" in answer["compile"]["stderr"] and answer["message"].endswith("Read the compiler's first message.")


@pytest.mark.parametrize("text", [
    r"b'\x1b[31mValueError: x'", r"b'ModuleNotFoundError: No module named \'\xff\xfe\''", "b'NameError: name \\'' + b'x' * 500 + b'\\''",
    r"b'NameError: name \'a\tb\''", r"b'\0' * 300", "b'x' * 100_000", r"b'\n' * 100_000", r"b'ValueError: x\n' * 60_000",
])
def test_a_program_can_not_put_words_into_our_mouth(run, text):
    """exrun might take its output for an error message, in plain characters, but the output can't break anything."""
    answer = run({"profile": "python", "source": f"import sys\nsys.stderr.buffer.write({text})\nsys.exit(1)"})
    assert answer["verdict"] == "failed" and re.fullmatch(r"[ -~]{10,300}", answer["message"]), answer["message"]


def test_a_wrong_pattern_is_found_by_check(exrun, tmp_path):
    import json

    from test_profiles import GOOD
    path = tmp_path / "x.json"
    for member, where in (({"line": "("}, "/errors/line"), ({"begins": "*("}, "/errors/begins"), ({"kinds": [{"is": "zero", "match": "["}]}, "/errors/kinds/0/match")):
        path.write_text(json.dumps({**GOOD, "errors": member}))
        done = exrun("profile", "check", path)
        assert done.returncode == 78 and where in done.stderr.decode() and "regular expression" in done.stderr.decode()
