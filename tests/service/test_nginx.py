# SPDX-License-Identifier: MIT
"""nginx in front of the service, with the block of docs/operations.md: it changes no answer, and a client that leaves nginx ends its run. Also
nginx's reader of HTTP heads, compared with exrun's."""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import start  # noqa: E402, F401
from test_access import tokens  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60_000}}
# The queue's state is known, because no run starts.
STANDS_STILL = {"cells": {"running": 0}, "queue": {"length": 2, "wait_ms": 100_000}}
UNIX = {"address": f"unix:{kit.SOCKET}", "group": "www-data"}
DOCUMENTED, = re.findall(r"^```nginx\n(.*?)^```$", (ROOT / "docs/operations.md").read_text(), re.M | re.S)
# nginx speaks HTTP/1.0 to the service, and closes each connection, unless its configuration says otherwise.
BARE = "server { listen 8080; location / { proxy_pass http://unix:/run/exrun/exrun.sock; } }"
MAIN = """
user www-data; daemon off; worker_processes 1; pid {0}/pid; error_log {0}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path {0}/body; proxy_temp_path {0}/p; fastcgi_temp_path {0}/f; uwsgi_temp_path {0}/u; scgi_temp_path {0}/s;
    include {0}/block;
}}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Nginx:
    """One nginx, whose workers are another user than the service."""

    def __init__(self, block, folder):
        self.port, self.folder = free_port(), pathlib.Path(folder)
        assert "listen 8080;" in block
        (self.folder / "block").write_text(block.replace("listen 8080;", f"listen 127.0.0.1:{self.port};"))
        (self.folder / "nginx.conf").write_text(MAIN.format(folder))
        self.process = subprocess.Popen(["nginx", "-p", folder, "-c", self.folder / "nginx.conf"], stderr=subprocess.PIPE, text=True)
        kit.wait_until(self.listens)

    def listens(self):
        assert self.process.poll() is None, self.process.stderr.read()
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", self.port)):
            return True

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, method, path, request=None, headers=None):
        with contextlib.closing(self.connect()) as connection:
            return kit.ask(connection, method, path, request, headers)

    def send(self, request, headers=None):
        """Sends a run, and returns the connection on which its answer will come."""
        connection = self.connect()
        connection.request("POST", "/v1/runs", json.dumps(request), {"Content-Type": "application/json", **(headers or {})})
        return connection

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.process.stderr.close()


@pytest.fixture
def nginx():
    """Starts one with a block: nginx(DOCUMENTED)."""
    with contextlib.ExitStack() as stack:
        def call(block=DOCUMENTED):
            folder = tempfile.mkdtemp()  # not tmp_path, because its workers can't enter that
            stack.callback(shutil.rmtree, folder)
            os.chmod(folder, 0o755)
            one = Nginx(block, folder)
            stack.callback(one.stop)
            return one

        yield call


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


def without_figures(result):
    """The members that are equal in two runs of the same program."""
    return {name: value for name, value in result.items() if name not in ("usage", "timing", "id", "program", "output_url")}


@pytest.mark.parametrize("block, connections", [(DOCUMENTED, 2), (BARE, 1)], ids=["documented", "bare"])
def test_results_are_the_same(start, nginx, block, connections):
    """The first block keeps its connection to the service open. The connection of the question counts, too."""
    start({"listen": [UNIX]})
    front = nginx(block)
    large = {"profile": "bash", "source": "echo hello >&2; head -c 300000 /dev/zero | tr '\\0' x", "files": [{"path": "a", "content": "b" * 200_000}]}
    for request in (HELLO, large, {"profile": "bash", "source": "exit 3"}):
        for _ in range(3):
            answer = front.ask("POST", "/v1/runs", request)
            assert answer.status == 200 and answer.headers["Exrun-Run"], (answer.status, answer.content)
            assert without_figures(answer.json) == without_figures(kit.run(request))
    kit.wait_until(lambda: status()["connections"] == connections)
    assert status()["requests"]["count"] == 18


@pytest.mark.parametrize("block", [DOCUMENTED, BARE], ids=["documented", "bare"])
def test_a_client_that_leaves_nginx_ends_its_run(start, nginx, block):
    start({"listen": [UNIX]})
    front = nginx(block)
    connection = front.send({**SLEEP, "id": "left"})
    kit.wait_until(lambda: kit.call("GET", "/v1/runs/left").status == 202 and kit.call("GET", "/v1/runs/left").json["state"] == "running")
    connection.close()
    kit.wait_until(lambda: kit.call("GET", "/v1/runs/left").status != 202)
    kit.wait_until(lambda: status()["verdicts"].get("cancelled") == 1)
    assert status()["running"]["now"] == 0


def problem(answer, expected):
    assert (answer.status, answer.headers["Content-Type"]) == (expected, "application/problem+json"), answer.content
    assert answer.json["status"] == expected and answer.json["detail"]
    return answer


@pytest.mark.parametrize("block", [DOCUMENTED, BARE], ids=["documented", "bare"])
def test_resources_pass(start, nginx, block):
    """With all that keeps a browser from taking them for the site's own pages."""
    start({"listen": [{**UNIX, "cors": [f"https://{n}.{'x' * 60}.example" for n in range(64)]}]})
    front = nginx(block)
    one, other = kit.run({"profile": "bash", "source": r"echo x >'a b%2f.html'; head -c 3000000 /dev/urandom >b", "artifacts": ["a*", "b"]})["artifacts"]
    through, direct = front.ask("GET", one["url"] + "&scripts=1"), kit.call("GET", one["url"] + "&scripts=1")
    assert (through.status, through.content) == (200, b"x\n")
    of_nginx = {"Server", "Date", "Connection"}
    assert {pair for pair in through.headers.items() if pair[0] not in of_nginx} == {pair for pair in direct.headers.items() if pair[0] not in of_nginx}
    assert through.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none';")
    assert front.ask("GET", other["url"]).content == kit.call("GET", other["url"]).content != b""
    assert problem(front.ask("GET", one["url"][:-1]), 404)


def test_a_site_passes_only_resources_on(start, nginx, tokens):
    """With the block of docs/service.md. Nobody needs a token for what has a key, and nothing else can be had."""
    block, = re.findall(r"^```nginx\n(.*?)^```$", (ROOT / "docs/service.md").read_text(), re.M | re.S)
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"site": ""})}]})
    front = nginx(block.replace("127.0.0.1:7878", f"127.0.0.1:{port}"))
    result = kit.run({"profile": "bash", "id": "mine", "source": "mkdir d; echo x >d/a; echo y", "artifacts": ["d/*"]})
    for url, content in ((result["artifacts"][0]["url"], b"x\n"), (result["output_url"] + "&as=html&scripts=1", b"y\n")):
        assert front.ask("GET", url).content == content
        problem(front.ask("GET", url.partition("?")[0]), 401)
    for path in ("/v1/runs/mine", "/v1/runs", "/v1/runs/mine/events", "/v1/runs/mine/output/x", "/healthz"):
        answer = front.ask("GET", path)
        assert answer.status == 404 and "problem" not in answer.headers["Content-Type"]


def test_problems_pass(start, nginx):
    start({"listen": [UNIX]})
    front = nginx()
    assert problem(front.ask("POST", "/v1/runs", {**HELLO, "source": 1}), 422).json["pointer"] == "/source"
    problem(front.ask("POST", "/v1/runs", b"{"), 400)
    problem(front.ask("GET", "/v1/runs/nobody"), 404)
    assert problem(front.ask("PATCH", "/v1/runs"), 405).headers["Allow"] == "POST, OPTIONS"
    problem(front.ask("POST", "/v1/runs", HELLO, {"Content-Type": "text/plain"}), 415)
    problem(front.ask("GET", "/v1/status"), 403)
    problem(front.ask("POST", "/v1/runs", HELLO, {"Origin": "https://evil.example"}), 403)


def test_tokens_pass(start, nginx, tmp_path):
    tokens = tmp_path / "tokens"
    tokens.write_text(f"site sha256:{hashlib.sha256(b'secret').hexdigest()}\n")
    tokens.chmod(0o640)
    start({"listen": [{**UNIX, "auth": "tokens", "tokens_file": str(tokens)}, {"address": "unix:/run/exrun/own.sock"}]}, address="/run/exrun/own.sock")
    front = nginx()
    assert problem(front.ask("POST", "/v1/runs", HELLO), 401).headers["WWW-Authenticate"] == "Bearer"
    assert front.ask("POST", "/v1/runs", HELLO, {"Authorization": "Bearer secret"}).json["stdout"] == "hello\n"


def test_a_chunked_body_gets_a_length(start, nginx):
    """The service itself refuses it with 411."""
    start({"listen": [UNIX]})
    with contextlib.closing(nginx().connect()) as connection:
        connection.request("POST", "/v1/runs", iter([json.dumps(HELLO).encode()]), {"Content-Type": "application/json"}, encode_chunked=True)
        assert kit.Answer(connection.getresponse()).json["stdout"] == "hello\n"


def test_a_run_that_waited_too_long_is_503(start, nginx):
    start({**STANDS_STILL, "queue": {"wait_ms": 100}, "listen": [UNIX]})
    problem(nginx().ask("POST", "/v1/runs", HELLO), 503)


def two_that_wait(front, **headers):
    waiting = [front.send({**HELLO, "id": f"run-{i}"}, headers) for i in range(2)]
    kit.wait_until(lambda: status()["queue"]["length"] == 2)
    return waiting


def test_a_full_queue_is_429_and_x_forwarded_for_makes_no_other_client(start, nginx):
    """If another client's run comes, the last one of those that wait would give way. Here the new one is refused, although its header differs."""
    start({**STANDS_STILL, "listen": [UNIX]})
    front = nginx()
    waiting = two_that_wait(front, **{"X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1", "Forwarded": "for=192.0.2.1"})
    other = {"X-Forwarded-For": "192.0.2.2", "X-Real-IP": "192.0.2.2", "Forwarded": "for=192.0.2.2"}
    answer = problem(front.ask("POST", "/v1/runs", {**HELLO, "id": "third"}, other), 429)
    assert int(answer.headers["Retry-After"]) > 0 and answer.headers["Exrun-Run"] == "third"
    # A label is a client of its own, for comparison.
    waiting.append(front.send({**HELLO, "id": "fourth", "labels": {"client": "other"}}))
    assert waiting[1].getresponse().status == 429
    for one in waiting:
        one.close()
    kit.wait_until(lambda: status()["queue"]["length"] == 0)


def test_both_have_the_same_bound_of_a_body(start, nginx):
    start({"listen": [UNIX]})
    front, most = nginx(), 64 << 20
    body = json.dumps(HELLO).encode()
    answer = front.ask("POST", "/v1/runs", body[:-1] + b" " * (most - len(body)) + body[-1:])
    assert answer.status == 200 and answer.json["stdout"] == "hello\n", answer.content
    with contextlib.closing(front.connect()) as connection:
        connection.putrequest("POST", "/v1/runs")
        connection.putheader("Content-Length", str(most + 1))
        connection.endheaders()
        assert connection.getresponse().status == 413
    assert problem(kit.call("POST", "/v1/runs", body + b" " * (most + 1 - len(body))), 413)


def test_a_smaller_bound_of_the_service_passes(start, nginx):
    start({"http": {"body_bytes": 1 << 20}, "listen": [UNIX]})
    problem(nginx().ask("POST", "/v1/runs", b" " * (8 << 20)), 413)


@pytest.mark.parametrize("kind", ["unix", "tcp"])
def test_the_client_s_host_reaches_the_rule_of_hosts(start, nginx, kind):
    port = free_port()
    listener = UNIX if kind == "unix" else {"address": f"127.0.0.1:{port}", "auth": "none"}
    start({"listen": [{**listener, "hosts": ["site.example"]}, {"address": "unix:/run/exrun/own.sock"}]}, address="/run/exrun/own.sock")
    front = nginx(DOCUMENTED if kind == "unix" else DOCUMENTED.replace("unix:/run/exrun/exrun.sock", f"127.0.0.1:{port}"))
    assert front.ask("POST", "/v1/runs", HELLO, {"Host": "site.example"}).json["stdout"] == "hello\n"
    problem(front.ask("POST", "/v1/runs", HELLO, {"Host": "evil.example"}), 421)


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the program that is compared is the one of build/")
def test_nginx_refuses_no_head_that_exrun_accepts():
    done = subprocess.run([ROOT / "tests/fuzz/compare_http.py", "4000"], capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr
