# SPDX-License-Identifier: MIT
"""Requests that a strict reader of HTTP refuses, and the few odd ones that it accepts, as bytes on a real socket.

Each row has what a client sends, and the statuses of all answers. "..." after them: the connection goes on. Without it, the service closes the
connection, because it can't know where the next request begins."""
import contextlib
import json
import socket
import sys

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit")]

from serving import SOCKET, call, processes, service, start  # noqa: E402, F401

HOST = b"Host: localhost\r\n"
BODY = b'{"profile":"bash","source":""}'
JSON = b"Content-Type: application/json\r\n"


def get(*lines, target=b"/healthz", version=b"HTTP/1.1", method=b"GET", host=HOST):
    return method + b" " + target + b" " + version + b"\r\n" + host + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def post(*lines, body=BODY, length=b"%d" % len(BODY)):
    return get(b"Content-Type: application/json", *([b"Content-Length: " + length] if length is not None else []), *lines, method=b"POST", target=b"/v1/runs") + body


OK = get()

ROWS = [
    # The request line.
    ("plain", OK, "200..."),
    ("two requests in one packet", OK + OK, "200 200..."),
    ("an empty line before it", b"\r\n" + OK, "200..."),
    ("two empty lines before it", b"\r\n\r\n" + OK, "400"),
    ("a line that ends with LF alone", b"GET /healthz HTTP/1.1\n" + HOST + b"\r\n", "400"),
    ("a head that ends with LF alone", b"GET /healthz HTTP/1.1\r\nHost: localhost\n\n", "400"),
    ("CR without LF", b"GET /healthz HTTP/1.1\rHost: localhost\r\n\r\n", "400"),
    ("two blanks", get(target=b" /healthz"), "400"),
    ("a tab", b"GET\t/healthz HTTP/1.1\r\n" + HOST + b"\r\n", "400"),
    ("a blank at its end", get(version=b"HTTP/1.1 "), "400"),
    ("a blank at its start", b" " + OK, "400"),
    ("no version", b"GET /healthz\r\n" + HOST + b"\r\n", "400"),
    ("HTTP/0.9", b"GET /healthz\r\n\r\n", "400"),
    ("HTTP/1.2", get(version=b"HTTP/1.2"), "505"),
    ("HTTP/2.0", get(version=b"HTTP/2.0"), "505"),
    ("HTTP/01.1", get(version=b"HTTP/01.1"), "400"),
    ("http/1.1", get(version=b"http/1.1"), "400"),
    ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
    ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500), "400"),
    ("NULs", bytes(100), "400"),
    ("a method in lower case", get(method=b"get"), "405..."),
    ("another method", get(method=b"PATCH"), "405..."),
    ("TRACE", get(method=b"TRACE"), "405..."),
    ("CONNECT", b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n", "400"),
    ("a method with a NUL", get(method=b"GE\0T"), "400"),
    ("a method with a colon", get(method=b"GE:T"), "400"),
    ("the absolute form", get(target=b"http://localhost/healthz"), "400"),
    ("the asterisk form", get(target=b"*", method=b"OPTIONS"), "400"),
    ("no slash", get(target=b"healthz"), "400"),
    ("two slashes", get(target=b"//healthz"), "404..."),
    ("dots", get(target=b"/v1/../healthz"), "400"),
    ("encoded dots", get(target=b"/v1/%2e%2e/healthz"), "400"),
    ("an encoded slash", get(target=b"/v1%2fprofiles"), "400"),
    ("an encoded NUL", get(target=b"/healthz%00"), "400"),
    ("half an escape", get(target=b"/healthz%4"), "400"),
    ("a fragment", get(target=b"/healthz#a"), "400"),
    ("bytes above ASCII", get(target="/healthz/ä".encode()), "400"),
    ("an encoded path", get(target=b"/%68ealthz"), "200..."),
    ("a query", get(target=b"/healthz?a=1"), "400..."),
    ("a query with a bad escape", get(target=b"/healthz?a=%g1"), "400"),
    ("a long target", get(target=b"/" + b"a" * 9000), "414"),
    ("an unknown target", get(target=b"/nothing"), "404..."),
    ("a long ID", get(target=b"/v1/runs/" + b"a" * 2000), "404"),
    # Headers.
    ("no Host", get(host=b""), "400"),
    ("an empty Host", get(host=b"Host:\r\n"), "400"),
    ("two Hosts", get(b"Host: other"), "400"),
    ("a Host with a path", get(host=b"Host: a/b\r\n"), "400"),
    ("a Host with a user", get(host=b"Host: u@a\r\n"), "400"),
    ("a blank before the colon", get(b"A : b"), "400"),
    ("a name with a blank", get(b"A b: c"), "400"),
    ("no colon", get(b"A"), "400"),
    ("no name", get(b": a"), "400"),
    ("a folded line", get(b"A: b", b" c"), "400"),
    ("a first line that is folded", b"GET /healthz HTTP/1.1\r\n " + HOST + b"\r\n", "400"),
    ("a NUL in a value", get(b"A: b\0c"), "400"),
    ("a CR in a value", get(b"A: b\rc"), "400"),
    ("DEL in a value", get(b"A: b\x7fc"), "400"),
    ("UTF-8 in a value that nobody reads", get("A: ä".encode()), "200..."),
    ("64 headers", get(*[b"A%d: b" % i for i in range(63)]), "200..."),
    ("65 headers", get(*[b"A%d: b" % i for i in range(64)]), "431"),
    ("100 KB of headers", get(*[b"A%d: %s" % (i, b"b" * 2000) for i in range(50)]), "431"),
    ("one header of 100 KB", get(b"A: " + b"b" * 100_000), "431"),
    ("Connection: close", get(b"Connection: close"), "200"),
    ("Connection: close in a list", get(b"Connection: keep-alive, close"), "200"),
    ("an upgrade", get(b"Connection: Upgrade", b"Upgrade: h2c"), "200..."),
    ("HTTP/1.0", get(version=b"HTTP/1.0"), "200"),
    ("HTTP/1.0 without Host", get(version=b"HTTP/1.0", host=b""), "200"),
    ("HTTP/1.0 that wants to stay", get(b"Connection: keep-alive", version=b"HTTP/1.0"), "200"),
    ("HEAD", get(method=b"HEAD"), "200..."),
    ("HEAD and then GET", get(method=b"HEAD") + OK, "200 200..."),
    ("a foreign page", get(b"Origin: https://evil.example"), "403..."),
    # Bodies.
    ("a run", post(), "200..."),
    ("two runs in one packet", post() + post(), "200 200..."),
    ("no length", post(length=None, body=b""), "411"),
    ("two lengths", post(b"Content-Length: 3"), "400"),
    ("the same length twice", post(b"Content-Length: %d" % len(BODY)), "400"),
    ("two lengths in a list", post(length=b"30, 30"), "400"),
    ("a negative length", post(length=b"-1"), "400"),
    ("a length with a sign", post(length=b"+30"), "400"),
    ("a length in hexadecimal", post(length=b"0x1e"), "400"),
    ("a length with a fraction", post(length=b"30.0"), "400"),
    ("an empty length", post(length=b""), "400"),
    ("a length above 64 bits", post(length=b"18446744073709551646"), "400"),
    ("a length above the bound", post(length=b"99999999999"), "413"),
    ("a length that is too small", post(length=b"29"), "400 400"),
    ("Transfer-Encoding", post(b"Transfer-Encoding: chunked", length=None, body=b"1e\r\n" + BODY + b"\r\n0\r\n\r\n"), "411"),
    ("Transfer-Encoding and a length", post(b"Transfer-Encoding: chunked"), "411"),
    ("a length and Transfer-Encoding: identity", post(b"Transfer-Encoding: identity"), "411"),
    ("a chunk size that overflows", post(b"Transfer-Encoding: chunked", length=None, body=b"ffffffffffffffff1\r\n"), "411"),
    ("Transfer-Encoding with a tab", post(b"Transfer-Encoding:\tchunked", length=None, body=b"0\r\n\r\n"), "400"),
    ("GET with a body", get(b"Content-Length: 2") + b"{}" + OK, "400"),
    ("OPTIONS with a body", get(b"Content-Length: 2", method=b"OPTIONS") + b"{}", "400"),
    ("another method with a body", get(b"Content-Length: 2", method=b"PATCH") + b"{}", "405"),
    ("no type", post().replace(JSON, b""), "415"),
    ("another type", post().replace(b"application/json", b"text/plain"), "415"),
    ("a form", post().replace(b"application/json", b"application/x-www-form-urlencoded"), "415"),
    ("JSON with a charset", post().replace(b"application/json", b"application/json; charset=utf-8"), "200..."),
    ("two types", post(b"Content-Type: text/plain"), "400"),
    ("an encoded body", post(b"Content-Encoding: gzip"), "415"),
    ("not JSON", post(body=b"x" * len(BODY)), "400..."),
    ("Expect", post(b"Expect: 100-continue"), "100 200..."),
    ("another expectation", post(b"Expect: nothing"), "417"),
    ("POST at a resource that has GET", post().replace(b"/v1/runs", b"/healthz"), "405"),
    ("POST at an unknown resource", post().replace(b"/v1/runs", b"/nothing"), "404"),
    ("DELETE of a run that is not there", get(method=b"DELETE", target=b"/v1/runs/a"), "404..."),
    ("the operator's resource", get(target=b"/v1/status"), "403..."),
]


# Sent behind each row. No row has its status.
PROBE, PROBE_STATUS = b"OPTIONS /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", "204"


def read_answer(lines, has_content):
    """Returns the status of the next answer, or None at the end of the connection. Each refusal is a problem (RFC 9457)."""
    try:
        status = lines.readline().split(b" ")[1:2]
        length, kind = 0, b""
        while header := lines.readline().strip().lower():
            if header.startswith(b"content-length:"):
                length = int(header.split(b":")[1])
            if header.startswith(b"content-type:"):
                kind = header.split(b":")[1].strip()
        content = lines.read(length if has_content else 0)
    except ConnectionResetError:  # what the service did not read of a refused request
        return None
    if content and int(status[0]) >= 400:
        assert kind == b"application/problem+json" and json.loads(content)["status"] == int(status[0])
    return status[0].decode() if status else None


def answers_to(sent):
    """Sends it, and a probe; returns the statuses of the answers, with "..." if the probe was answered, too."""
    statuses = []
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(SOCKET)
        client.settimeout(60)
        with contextlib.suppress(OSError):  # a refused connection can end before all was sent; its answer is there
            client.sendall(sent + PROBE)
        lines = client.makefile("rb")
        while status := read_answer(lines, has_content=statuses or not sent.startswith(b"HEAD")):
            if status == PROBE_STATUS:
                return " ".join(statuses) + "..."
            statuses.append(status)
    return " ".join(statuses)


@pytest.mark.parametrize("sent, expected", [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_requests(service, sent, expected):
    front = processes("exrun-front")
    assert answers_to(sent) == expected
    assert processes("exrun-front") == front and call("GET", "/healthz").status == 200
