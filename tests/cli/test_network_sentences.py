# SPDX-License-Identifier: MIT
"""A program that tries to use the network is told that there is none, even if it catches the error and ends normally."""
import json
import re

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

pytestmark = pytest.mark.skipif(IS_SANITIZER_BUILD, reason="profiles read the same in both builds; the plain one is asked")

TOLD = "The program tried to use the network, but programs have no network access here."
PYTHON = "import %s\ntry:\n    %s\nexcept Exception as e:\n    print(%s)"
NODE = "require('http').get('http://%s/').on('error', e => console.log(%s))"
PERL = "use IO::Socket::INET;\nIO::Socket::INET->new('%s:80') or print \"no: %s\\n\";"
HTTP_TINY = "use HTTP::Tiny;\nmy $r = HTTP::Tiny->new->get('http://192.0.2.1/');\n%s"
CURL = "<?php\n$c = curl_init('http://%s/');\ncurl_setopt($c, CURLOPT_RETURNTRANSFER, true);\nif (curl_exec($c) === false) echo curl_error($c);"
PHP = "<?php\nif (!@%s) echo %s;"
RUBY = "require 'socket'\nbegin\n  TCPSocket.new('%s', 80)\nrescue => e\n  puts e.message\nend"
JAVA = "import java.net.*;\nimport java.net.http.*;\npublic class Main { public static void main(String[] a) { try { %s } catch (Exception e) { System.out.println(%s); } } }"
HTTP_CLIENT = 'HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://192.0.2.1/")).build(), HttpResponse.BodyHandlers.ofString());'
GO = 'package main\n\nimport (\n\t"fmt"\n\t"net"\n)\n\nfunc main() {\n\t_, err := net.Dial("tcp", "192.0.2.1:80")\n\tfmt.Println("Error:", err)\n}\n'
RUST = 'use std::net::*;\nfn main() { match TcpStream::connect("192.0.2.1:80") { Ok(_) => (), Err(e) => println!(%s) } }'
C = ("#include <errno.h>\n#include <netdb.h>\n#include <stdio.h>\n#include <string.h>\n#include <sys/socket.h>\n#include <sys/un.h>\n"
     "int main() { int s = socket(%s, SOCK_STREAM, 0); struct sockaddr a = {AF_INET}; (void)s; (void)a; %s }")

SAID = [
    ("py-number", "python", PYTHON % ("socket", "socket.create_connection(('192.0.2.1', 80))", "'Error:', e")),
    ("py-server", "python", PYTHON % ("http.server", "http.server.HTTPServer(('', 8000), None)", "f'Error: {e}'")),
    ("py-words-only", "python", PYTHON % ("socket", "socket.socket()", "e.strerror")),
    ("py-repr", "python", PYTHON % ("socket", "socket.gethostbyname('example.com')", "repr(e)")),
    ("py-mail", "python", PYTHON % ("smtplib", "smtplib.SMTP('192.0.2.1')", "e")),
    ("py-warning-first", "python", PYTHON % ("telnetlib", "telnetlib.Telnet('example.com')", "e")),
    ("py-curl", "python", "import subprocess\nsubprocess.run(['curl', 'http://example.com/'], check=True)"),
    ("py-status", "python", PYTHON % ("socket, sys", "socket.socket()", "e") + "\n    sys.exit(1)"),
    ("py-retries", "python", "import time\nwhile True:\n    " + "\n    ".join((PYTHON % ("socket", "socket.socket()", "e")).splitlines()) + "\n    time.sleep(0.1)"),
    ("node-code", "javascript", NODE % ("example.com", "'problem: ' + e.code")),
    ("node-number-code", "javascript", NODE % ("192.0.2.1", "e.code")),
    ("node-fetch", "javascript", "fetch('http://example.com/').catch(e => console.log(e.cause.code))"),
    ("perl-name", "perl", PERL % ("example.com", "$@")),
    ("perl-errno", "perl", PERL % ("example.com", "$!")),
    ("perl-mail", "perl", "use Net::SMTP;\nNet::SMTP->new('192.0.2.1') or die \"no: $@\";"),
    ("perl-page", "perl", HTTP_TINY % "print \"Status: $r->{status}\\n\";"),
    ("perl-page-dies", "perl", HTTP_TINY % "die \"$r->{status} $r->{reason}\\n\" unless $r->{success};"),
    ("php-curl", "php", CURL % "example.com"),
    ("php-curl-number", "php", CURL % "192.0.2.1"),
    ("php-curl-thrown", "php", CURL.replace("echo curl_error($c)", "throw new Exception(curl_error($c))") % "example.com"),
    ("php-ftp", "php", "<?php echo file_get_contents('ftp://192.0.2.1/x');"),
    ("php-record", "php", "<?php var_dump(dns_get_record('example.com'));"),
    ("php-socket", "php", PHP % ("socket_create(AF_INET, SOCK_STREAM, SOL_TCP)", "socket_strerror(socket_last_error())")),
    ("php-last-error", "php", PHP % ("fsockopen('192.0.2.1', 80)", "error_get_last()['message']")),
    ("ruby-name", "ruby", RUBY % "example.com"),
    ("ruby-number", "ruby", RUBY % "192.0.2.1"),
    ("bash-curl", "bash", "curl -sS http://example.com/\necho done"),
    ("bash-curl-number", "bash", "set -e\ncurl http://192.0.2.1/"),
    ("bash-wget", "bash", "wget http://example.com/\necho done"),
    ("bash-wget-tries-again", "bash", "wget http://192.0.2.1/"),
    ("bash-name", "bash", "echo x >/dev/tcp/example.com/80\necho done"),
    ("lua-curl", "lua", "local p = io.popen('curl -sS http://example.com/ 2>&1')\nprint(p:read('a'))"),
    ("java-socket", "java", JAVA % ('new Socket("192.0.2.1", 80);', '"Error: " + e.getMessage()')),
    ("java-client", "java", JAVA % (HTTP_CLIENT, "e")),
    ("java-name", "java", JAVA % ('InetAddress.getByName("example.com");', "e.getMessage()")),
    ("java-datagram", "java", "public class Main { public static void main(String[] a) throws Exception { new java.net.DatagramSocket(); } }"),
    ("go-dial", "go", GO),
    ("rust-kind", "rust", RUST % '"{}", e.kind()'),
    ("rust-words", "rust", RUST % '"{}", e'),
    ("c-errno", "c", C % ("AF_INET", 'printf("can\'t create it: %s\\n", strerror(errno));')),
    ("c-unchecked", "c", C % ("AF_INET", 'if (connect(s, &a, sizeof(a)) != 0) perror("connect");')),
    ("c-own-words", "c", C % ("AF_INET", 'if (s < 0) { fprintf(stderr, "ERROR opening socket\\n"); return 1; }')),
    ("c-name", "c", C % ("AF_INET", 'if (!gethostbyname("example.com")) herror("example.com");')),
    ("cpp-errno", "cpp", C % ("AF_INET", 'printf("can\'t create it: %s\\n", strerror(errno));')),
]

# The program's own words, or an error that is about something else.
NOT_SAID = [
    ("py-words", "python", "print('Permission denied')\nprint('[Errno 13] Permission denied')"),
    ("py-file", "python", "import socket\ntry: open('/usr/x', 'w')\nexcept OSError as e: print(e)"),
    ("py-file-words", "python", "import socket\ntry: open('/usr/x', 'w')\nexcept OSError as e: print(e.strerror)"),
    ("py-other-error", "python", "import socket\ntry: socket.socket()\nexcept OSError as e: print(e)\n1 / 0"),
    ("node-words", "javascript", "console.log('prefetch failed'); console.log('ENOTFOUND'); console.log('EACCES')"),
    ("node-file", "javascript", "require('http')\ntry { require('fs').writeFileSync('/usr/x', '') } catch (e) { console.log(e.code) }"),
    ("perl-words", "perl", "print \"Network is unreachable\\nPermission denied\\n599\\n\";"),
    ("perl-file", "perl", "use Socket;\nopen(my $f, '>', '/usr/x') or print \"$!\\n\";"),
    ("php-words", "php", "<?php echo \"Unable to connect to the table\\nNetwork is unreachable\\nCould not resolve host\\n\";"),
    ("php-file", "php", "<?php file_put_contents('/usr/x', 'x');"),
    ("ruby-words", "ruby", "puts 'Network is unreachable', 'getaddrinfo'"),
    ("bash-words", "bash", "echo 'ping: Network is unreachable'"),
    ("go-words", "go", 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("lookup table: dial x: Network is unreachable") }\n'),
    ("java-words", "java", 'public class Main { public static void main(String[] a) { System.out.println("Permission denied"); System.out.println("x: Name or service not known"); } }'),
    ("c-words", "c", '#include <stdio.h>\nint main(void) { printf("connect: Network is unreachable\\nx: Permission denied\\nsocket failed\\n"); }'),
    ("c-file", "c", C % ("AF_INET", 'FILE *f = fopen("/usr/x", "w"); if (!f) perror("/usr/x");')),
    ("rust-words", "rust", 'fn main() { println!("os error 13, permission denied"); }'),
]


@pytest.mark.parametrize("profile, source", [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_a_failed_use_of_the_network_is_named(run, profile, source):
    answer = run({"profile": profile, "source": source}, timeout=120)
    assert TOLD in answer["message"], answer


@pytest.mark.parametrize("profile, source", [row[1:] for row in NOT_SAID], ids=[row[0] for row in NOT_SAID])
def test_the_network_is_not_named_without_a_reason(run, profile, source):
    assert "network" not in run({"profile": profile, "source": source}, timeout=120)["message"]


@pytest.mark.parametrize("profile, source", [("python", "#" + "import " * 140_000 + "\nprint(1)"), ("ruby", "#" + "require " * 120_000 + "\nputs 1")], ids=["python", "ruby"])
def test_a_long_line_does_not_keep_exrun_busy(run, profile, source):
    """The time of a search for "import .*socket" would grow with the square of the line's length, to minutes."""
    assert run({"profile": profile, "source": source}, timeout=20)["message"] == "The program ended normally."


@pytest.mark.parametrize("path", sorted(ROOT.glob("profiles/*.json")), ids=lambda path: path.stem)
def test_a_search_of_the_source_starts_once_in_each_line(path):
    kinds = json.loads(path.read_text()).get("errors", {}).get("kinds", [])
    assert [kind for kind in kinds for member in ("source", "lacks") if re.search(r"\.[*+]", kind.get(member, "")) and not kind[member].startswith("^")] == []
