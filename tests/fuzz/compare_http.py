#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares exrun's reader of HTTP heads with nginx.

    tests/fuzz/compare_http.py [N [SEED]]        (default 10000 heads, seed 1; needs nginx and a build in build/)

Each head is a mutated one of tests/fuzz/corpus/http_read. exrun may refuse a head that nginx accepts if REFUSED has the reason, and the counts
of these are printed with it. It must not accept a head that nginx refuses, and if both accept one, they must agree on its method, target, Host,
size and the size of its body: otherwise a request could be hidden behind another one. If they don't, the heads are printed, and the exit status
is 1. There are no exceptions. A method that exrun doesn't know counts as refused, because it is answered with 405."""
import collections
import pathlib
import random
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "tests/fuzz/corpus/http_read"
METHODS = ("other", "GET", "HEAD", "POST", "DELETE", "OPTIONS")
CONFIGURATION = """
daemon off; master_process off; pid {0}/pid; error_log {0}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off; client_max_body_size 0; lingering_close off; client_body_temp_path {0}/body; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
    server {{
        listen unix:{0}/socket;
        add_header Seen "$request_method\t$request_length\t$content_length\t$http_host\t$request_uri" always;
        location / {{ return 200 "accepted"; }}
    }}
}}
"""
# exrun's reasons to refuse a head that nginx accepts, with the rule that each follows. RFC 9112 lets a reader choose in many places; exrun refuses
# there, because a proxy could choose differently.
REFUSED = {
    "400 Connection is not a list of options": "its options are tokens (RFC 9110, 7.6.1); nginx searches it for \"close\" and \"keep-alive\"",
    "400 Host is not a host and a port": "its characters are those of a URI's host (RFC 3986, 3.2.2) without escapes; nginx refuses only a few",
    "400 a header must be a name, a colon and a value": "its name is a token, and a colon follows (RFC 9112, 5); nginx skips a header whose name is not valid, unless ignore_invalid_headers is off",
    "400 a header that can be given once is repeated": "two values of a header that exrun reads could be read as either (RFC 9110, 5.3); nginx passes on both",
    "400 a request with this method must not have a body": "a body of GET, HEAD, DELETE or OPTIONS has no meaning (RFC 9110, 9.3.1), and can hide a request; nginx discards it",
    "400 an escape in the path is not valid": "a control character in a path leads to no resource; nginx decodes it",
    "400 an escape in the query is not valid": "exrun decodes the query, and has no use for half an escape or a NUL; nginx doesn't decode it",
    "400 each line of the head must end with CR and LF": "a bare LF may be refused (RFC 9112, 2.2); nginx takes it as the end of a line",
    "400 the head has a control character": "a value has none (RFC 9110, 5.5); nginx refuses only NUL",
    "400 the path has an escaped slash, or the segment . or ..": "the path that is compared is the one that was sent; nginx normalises it",
    "400 the request line must be a method, a target and a version": "one blank parts them, and the version has two digits (RFC 9112, 3); nginx skips further blanks, and reads 1.00",
    "400 the target has a character that must be percent-encoded": "a target has the characters of a URI (RFC 3986, 2); nginx refuses only control characters",
    "400 the target must be a path that starts with a slash": "the absolute form has a second host, which can differ from Host (RFC 9112, 3.2.2); nginx prefers that one",
    "400 the value of a header has a tab or is not ASCII": "nginx takes a tab around a value as a part of it, and RFC 9110, 5.5, does not; bytes above ASCII have no meaning (5.5)",
    "411 a body needs a Content-Length, and must not have a Transfer-Encoding": "exrun reads no chunked body, so it has one way to know the end; nginx reads both",
    "411 the request needs a Content-Length": "without it, a POST has no body (RFC 9112, 6.3), and a run needs one; nginx leaves that to the resource",
    "417 the only expectation that can be met is 100-continue": "other expectations may be answered with 417 (RFC 9110, 10.1.1); nginx ignores them",
    "431 the request has too many headers": "exrun's bound is 64; nginx bounds only their bytes",
    "505 the version of HTTP must be 1.0 or 1.1": "there is no version 1.9; nginx takes it as 1.1",
    "method not known": "exrun answers it with 405; nginx leaves it to the resource",
}
# Lines and parts of lines that heads are mutated with.
LINES = [b"Host: localhost", b"Host: other", b"Host:", b"Content-Length: 2", b"Content-Length: 3", b"Content-Length: 0", b"Content-Length: 00",
         b"Content-Length:2", b"Content-Length: 2 ", b"Content-Length\t: 2", b"Content-Length: 0x2", b"Content-Length: 2,2", b"Content_Length: 2",
         b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", b"Transfer-Encoding : chunked", b"transfer-encoding:\x0bchunked",
         b"Connection: close", b"Connection: keep-alive, Content-Length", b"Expect: 100-continue", b"X: a", b" folded", b"\tfolded", b"", b":", b"a",
         b"GET /second HTTP/1.1", b"Upgrade: h2c", b"Content-Type: application/json", b"Origin: http://localhost", b"Accept: */*"]
PARTS = [b"\r", b"\n", b"\r\n", b"\0", b"\t", b" ", b"\x0b", b"\x0c", b"\x7f", b"\x80", b"\xff", b"\xc2\xa0", b":", b",", b"/", b"//", b"..", b"/../",
         b"%", b"%2f", b"%00", b"%2e", b"?", b"#", b"\\", b"@", b"[", b"]", b"http://", b"*", b"0", b"1", b"9", b"-", b"+", b"_", b'"', b"HTTP/1.0", b"a"]


def mutate(chance, head):
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(head) + 1)
        lines = head.split(b"\r\n")
        line = chance.randrange(len(lines))
        kind = chance.randrange(7)
        if kind == 0:
            head = head[:at] + chance.choice(PARTS) + head[at:]
        elif kind == 1:
            head = head[:at] + head[at + 1:]
        elif kind == 2:
            head = head[:at] + chance.choice(PARTS) + head[at + 1:]
        elif kind == 3:
            head = b"\r\n".join(lines[:line] + [chance.choice(LINES)] + lines[line:])
        elif kind == 4:
            head = b"\r\n".join(lines[:line] + [chance.choice(LINES)] + lines[line + 1:])
        elif kind == 5:
            head = b"\r\n".join(lines[:line + 1] + lines[line:])
        else:
            mark = chance.choice((b"\r\n", b": ", b" ", b"/"))
            places = [match.start() for match in re.finditer(re.escape(mark), head)]
            if places:
                at = chance.choice(places)
                head = head[:at] + chance.choice(PARTS) + head[at + len(mark):]
    return head


def heads(n, seed):
    """The corpus, and then mutated heads. Accepted ones are the most frequent seeds, because a mutation of a refused one is mostly refused."""
    chance = random.Random(seed)
    corpus = [path.read_bytes() for path in sorted(CORPUS.iterdir())]
    corpus = [head for head in corpus if 0 < len(head) < 4096]
    good = [(CORPUS / name).read_bytes() for name in ("get", "post", "http-1.0", "two-requests", "connection", "expect")]
    return corpus + [mutate(chance, chance.choice(good if chance.random() < 0.7 else corpus)) for _ in range(n - len(corpus))]


def of_exrun(all_heads):
    """For each head: (method, size, size of the body, Host, target) of a request, or the reason of its refusal."""
    packed = b"".join(struct.pack("=I", len(head)) + head for head in all_heads)
    lines = subprocess.run([ROOT / "build/tests/fuzz/read_heads"], input=packed, capture_output=True, check=True).stdout.split(b"\n")[:-1]
    for line in lines:
        outcome, *fields = line.decode("latin-1").split("\t")
        if outcome == "request":
            method = METHODS[int(fields[0])]
            yield "method not known" if method == "other" else (method, int(fields[1]), int(fields[2]), *fields[3:])
        else:
            yield " ".join(fields) or "not complete"


def ask(path, head):
    """nginx's first answer to the head. The client's side is closed behind it, so nginx doesn't wait for more."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(5)
        client.connect(path)
        answer = b""
        try:
            client.sendall(head)
            client.shutdown(socket.SHUT_WR)
            while more := client.recv(65536):
                answer += more
        except (BrokenPipeError, ConnectionResetError):
            pass
        return answer.decode("latin-1").removeprefix("HTTP/1.1 100 Continue\r\n\r\n")


def of_nginx(path, head):
    """The same for nginx."""
    answer = ask(path, head)
    status = re.match(r"HTTP/1\.1 (\d+)", answer)
    if not status:
        return "HTTP/0.9" if answer else "not complete"
    if status[1] != "200":
        return f"{status[1]} by nginx"
    method, size, body, host, target = re.search(r"\r\nSeen: ([^\r]*)\r\n", answer)[1].split("\t")
    # nginx doesn't count empty lines before the request line.
    return method, int(size) + (2 if head.startswith(b"\r\n") else 0), int(body or 0), host, target


def run(n, seed, folder):
    (folder / "nginx.conf").write_text(CONFIGURATION.format(folder))
    nginx = subprocess.Popen(["nginx", "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL)
    try:
        path = str(folder / "socket")
        for _ in range(100):
            if pathlib.Path(path).exists():
                break
            time.sleep(0.05)
        all_heads = heads(n, seed)
        return [(head, ours, of_nginx(path, head)) for head, ours in zip(all_heads, of_exrun(all_heads), strict=True)]
    finally:
        nginx.terminate()
        nginx.wait()


def main():
    n, seed = (int(word) for word in (sys.argv[1:] + ["10000", "1"][len(sys.argv) - 1:])[:2])
    with tempfile.TemporaryDirectory() as folder:
        compared = run(n, seed, pathlib.Path(folder))
    counts, faults = collections.Counter(), []
    for head, ours, theirs in compared:
        if ours == theirs:
            counts["the same request"] += 1
        elif isinstance(ours, str) and isinstance(theirs, str):
            counts[f"refused by both: {ours}"] += 1
        elif isinstance(ours, str) and ours in REFUSED:
            counts[f"refused by exrun only: {ours}\n           {REFUSED[ours]}"] += 1
        else:
            counts["accepted by exrun only, taken differently, or refused without a known rule"] += 1
            faults.append((head, ours, theirs))
    for name, times in sorted(counts.items()):
        print(f"{times:6} {name}")
    for head, ours, theirs in faults[:20]:
        print(f"{head!r}\n    exrun: {ours}\n    nginx: {theirs}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
