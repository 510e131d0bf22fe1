# SPDX-License-Identifier: MIT
"""The checks of who may use the service: TCP listeners, tokens, names of hosts, origins, and whose run is whose."""
import contextlib
import hashlib
import http.client
import json
import os
import pathlib
import re
import select
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]

from serving import SOCKET, ask, call, processes, start, wait_until  # noqa: E402, F401

TRUE = {"profile": "bash", "source": "true\n"}
SLEEP = {"profile": "bash", "source": "sleep 60\n", "limits": {"wall_ms": 60000}}
UNIX = {"address": f"unix:{SOCKET}"}


def free_port(family=socket.AF_INET):
    with socket.socket(family) as one:
        one.bind(("::1" if family == socket.AF_INET6 else "127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def tokens(tmp_path):
    """Writes a tokens file: tokens({"site": "admin", ...}) -> its path. The token of a name is "token-NAME"."""

    def write(rights, mode=0o640):
        path = tmp_path / "tokens"
        path.write_text("".join(f"{name} sha256:{hashlib.sha256(f'token-{name}'.encode()).hexdigest()} {more}\n" for name, more in rights.items()))
        path.chmod(mode)
        return str(path)

    return write


def bearer(name):
    return {"Authorization": f"Bearer token-{name}"}


def tcp(port, method="POST", path="/v1/runs", request=None, headers=None, host="127.0.0.1"):
    """One request over TCP."""
    with contextlib.closing(http.client.HTTPConnection(host, port, timeout=120)) as connection:
        return ask(connection, method, path, request, headers)


@pytest.fixture
def site(start, tokens):
    """A service on TCP with four tokens; returns its port."""
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"site": "", "other": "", "boss": "admin", "php": "profiles=php"}), "admin": True,
                             "hosts": ["exrun.example"], "cors": ["https://page.example"]}]})
    return port


def test_a_token_is_necessary(site):
    for headers in ({}, {"Authorization": "Basic token-site"}, {"Authorization": "Bearer"}, {"Authorization": "Bearer token-nobody"}, {"Authorization": "Bearer token-sit"}):
        answer = tcp(site, request=TRUE, headers=headers)
        assert answer.status == 401 and answer.headers["WWW-Authenticate"] == "Bearer" and answer.headers["Content-Type"] == "application/problem+json"
    answer = tcp(site, request=TRUE, headers=bearer("site"))
    assert answer.status == 200 and answer.json["verdict"] == "ok"
    assert tcp(site, "GET", "/healthz").status == 401


def test_a_connection_goes_on_after_a_wrong_token(site):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", site, timeout=120)) as connection:
        began = time.monotonic()
        assert ask(connection, "GET", "/healthz", headers=bearer("nobody")).status == 401
        assert time.monotonic() - began >= 0.1  # so that nobody tries many
        assert ask(connection, "GET", "/healthz", headers=bearer("site")).status == 200


@pytest.mark.parametrize("more, status", [("", 401), ("Authorization: Bearer token-nobody\r\n", 401), ("Authorization: Bearer token-site\r\nOrigin: https://evil.example\r\n", 403),
                                          ("Host: evil.example\r\nAuthorization: Bearer token-site\r\n", 421), ("Expect: 100-continue\r\n", 401),
                                          ("Expect: 100-continue\r\nAuthorization: Bearer token-nobody\r\n", 401)],
                         ids=["none", "wrong", "origin", "host", "none, expects", "wrong, expects"])
def test_who_may_not_is_refused_before_the_body(site, more, status):
    """It never comes."""
    host = "" if more.startswith("Host") else "Host: localhost\r\n"
    with socket.create_connection(("127.0.0.1", site), 120) as one:
        one.sendall(f"POST /v1/runs HTTP/1.1\r\n{host}{more}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n".encode())
        assert one.recv(12) == f"HTTP/1.1 {status}".encode()


def test_a_wrong_token_holds_up_no_other_connection(site):
    """The right one comes later, and is answered first, at least once on a machine that is busy."""
    def right_is_first():
        with socket.create_connection(("127.0.0.1", site), 120) as wrong, socket.create_connection(("127.0.0.1", site), 120) as right:
            for one, name in ((wrong, "nobody"), (right, "site")):
                one.sendall(f"GET /healthz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer token-{name}\r\n\r\n".encode())
            return select.select([wrong, right], [], [], 120)[0] == [right]

    assert any(right_is_first() for _ in range(100))


def test_a_client_that_leaves_before_the_late_answer(site):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", site)) as one:
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n\r\n")
    assert tcp(site, "GET", "/healthz", headers=bearer("site")).status == 200


def test_a_token_for_some_profiles(site):
    assert tcp(site, request={"profile": "php", "source": "<?php"}, headers=bearer("php")).status == 200
    answer = tcp(site, request=TRUE, headers=bearer("php"))
    assert answer.status == 403 and "profile" in answer.json["detail"]


def test_operators_calls_need_an_operators_token(site):
    assert tcp(site, "GET", "/v1/status", headers=bearer("boss")).status == 200
    assert tcp(site, "GET", "/v1/status", headers=bearer("site")).status == 403
    assert tcp(site, "GET", "/v1/status").status == 401


def test_an_operators_token_makes_no_operators_listener(start, tokens):
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"boss": "admin"})}]})
    assert tcp(port, "GET", "/v1/status", headers=bearer("boss")).status == 403
    assert tcp(port, "POST", "/v1/maintenance", {"on": True}, headers=bearer("boss")).status == 403
    assert tcp(port, "GET", "/v1/profiles", headers=bearer("boss")).status == 200


@pytest.mark.parametrize("more, mode", [({}, 0o600), ({"mode": "0600"}, 0o600), ({"group": "adm"}, 0o660), ({"group": "adm", "mode": "0620"}, 0o620)])
def test_an_operators_socket_is_not_the_clients(start, more, mode):
    """It manages the service, so it belongs to their group only if the configuration says so."""
    path = pathlib.Path("/run/exrun/boss.sock")
    start({"listen": [UNIX, {"address": f"unix:{path}", "admin": True, **more}]})
    assert path.stat().st_mode & 0o777 == mode
    assert call("GET", "/v1/status", address=str(path)).status == 200


@pytest.mark.parametrize("host, status", [("127.0.0.1", 200), ("localhost:1", 200), ("EXRUN.example:443", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421), ("127.0.0.2", 421)])
def test_names_of_hosts(site, host, status):
    """A page whose name leads to the service sends that name (DNS rebinding)."""
    assert tcp(site, "GET", "/healthz", headers={**bearer("site"), "Host": host}).status == status


def test_scripts_of_other_pages(site):
    for origin in ("https://evil.example", "null", "https://page.example.evil.example", "http://page.example"):
        answer = tcp(site, request=TRUE, headers={**bearer("site"), "Origin": origin})
        assert answer.status == 403 and "Access-Control-Allow-Origin" not in answer.headers
    for path, status in (("/healthz", 200), ("/nothing", 404)):
        answer = tcp(site, "GET", path, headers={**bearer("site"), "Origin": "https://page.example"})
        assert answer.status == status and answer.headers["Access-Control-Allow-Origin"] == "https://page.example" and answer.headers["Vary"] == "Origin"
        assert sorted(answer.headers["Access-Control-Expose-Headers"].split(", ")) == ["Exrun-Run", "Location", "Retry-After"]
    answer = tcp(site, "GET", "/healthz", headers={"Origin": "https://page.example"})  # so that the page can read the refusal
    assert answer.status == 401 and answer.headers["Access-Control-Allow-Origin"] == "https://page.example"
    assert call("GET", "/healthz", headers={"Origin": "https://page.example"}).status == 403  # the Unix socket lists none


def test_a_browser_asks_first(site):
    """It sends no token with the question, and names what it wants to send."""
    question = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    answer = tcp(site, "OPTIONS", "/v1/runs", headers={"Origin": "https://page.example", **question})
    assert answer.status == 204 and answer.headers["Access-Control-Allow-Origin"] == "https://page.example" and answer.headers["Access-Control-Max-Age"] == "600"
    assert sorted(answer.headers["Access-Control-Allow-Headers"].split(", ")) == ["Accept", "Authorization", "Content-Type", "Exrun-Client", "Last-Event-ID", "Prefer"]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"] and "Authorization" in answer.headers["Access-Control-Allow-Headers"] and answer.headers["Vary"] == "Origin"
    answer = tcp(site, "OPTIONS", "/v1/runs", headers={"Origin": "https://evil.example", **question})
    assert answer.status == 403 and not [name for name in answer.headers if name.startswith("Access-Control")]
    answer = tcp(site, "OPTIONS", "/v1/runs")
    assert answer.status == 204 and answer.headers["Allow"] == "POST, OPTIONS" and "Access-Control-Max-Age" not in answer.headers


def test_a_run_belongs_to_its_principal(site):
    def post(name, answers):
        answers[name] = tcp(site, request={**SLEEP, "id": "same"}, headers=bearer(name))

    answers = {}
    posts = [threading.Thread(target=post, args=(name, answers)) for name in ("site", "other")]
    for one in posts:
        one.start()
    for name in ("site", "other"):
        wait_until(lambda: tcp(site, "GET", "/v1/runs/same", headers=bearer(name)).status == 202)
    for headers in (bearer("boss"), bearer("php")):
        assert tcp(site, "GET", "/v1/runs/same", headers=headers).status == 404
        for method, path, body in (("DELETE", "", None), ("POST", "/stdin", b"x"), ("GET", "/events", None)):  # files and output of a run that has ended: test_resources.py
            answer = tcp(site, method, f"/v1/runs/same{path}", body, {**headers, "Content-Type": "application/octet-stream"} if body else headers)
            assert answer.status == 404, (path, answer.content)
    assert call("GET", "/v1/runs/same").status == 404
    assert tcp(site, request={**TRUE, "id": "same"}, headers=bearer("site")).status == 409
    assert tcp(site, "DELETE", "/v1/runs/same", headers=bearer("site")).status == 204
    posts[0].join(120)
    assert answers["site"].json["verdict"] == "cancelled"
    assert tcp(site, "GET", "/v1/runs/same", headers=bearer("other")).status == 202
    assert tcp(site, "DELETE", "/v1/runs/same", headers=bearer("other")).status == 204
    posts[1].join(120)


def test_no_keeper_has_the_hashes(site):
    """They go from the child that loads them to the front only."""
    digest = hashlib.sha256(b"token-site").digest()

    def has_it(pid):
        with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps:
                begin, end = (int(number, 16) for number in re.match(r"(\w+)-(\w+)", line).groups())
                if end - begin > 1 << 28:  # the shadow of the sanitizer
                    continue
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    memory.seek(begin)
                    if digest in memory.read(end - begin):
                        return True
        return False

    assert has_it(processes("exrun-front")[0])
    assert processes("exrun-keeper") and not any(has_it(pid) for pid in processes("exrun-keeper"))


@pytest.mark.parametrize("family, host", [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "[::1]")])
def test_without_tokens_on_loopback(start, family, host):
    try:
        port = free_port(family)
    except OSError:
        pytest.skip("this machine has no IPv6")
    start({"listen": [UNIX, {"address": f"{host}:{port}", "auth": "none"}]})
    assert tcp(port, request=TRUE, host=host.strip("[]")).json["verdict"] == "ok"
    assert tcp(port, "GET", "/healthz", headers={"Origin": "http://localhost"}, host=host.strip("[]")).status == 403


def test_one_address_has_a_bounded_number_of_connections(start):
    port = free_port()
    start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "auth": "none"}], "http": {"per_peer": 3}})
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120))) for _ in range(3)]
        assert [ask(one, "GET", "/healthz").status for one in held] == [200, 200, 200]
        assert tcp(port, "GET", "/healthz").status == 503
        assert call("GET", "/healthz").status == 200  # another way in
    wait_until(lambda: tcp(port, "GET", "/healthz").status == 200)


def refused(*arguments):
    done = subprocess.run([EXRUN, "serve", "--check", "--profiles", ROOT / "profiles", *arguments], capture_output=True, text=True, timeout=60)
    return done.returncode, done.stderr


def test_an_address_without_tokens_is_refused():
    status, text = refused("--listen", "127.0.0.1:7878")
    assert status == 78 and "/etc/exrun/tokens" in text and "exrun serve token NAME" in text


@pytest.mark.parametrize("rights, mode, message", [({"site": ""}, 0o644, "its mode is 0644"), ({"site": ""}, 0o660, "its mode is 0660"), ({}, 0o640, "has no token"), ({"si/te": ""}, 0o640, "tokens:1")])
def test_a_tokens_file_with_a_mistake_is_refused(tokens, tmp_path, rights, mode, message):
    config = tmp_path / "config.json"
    config.write_text('{"listen": [{"address": "127.0.0.1:7878", "tokens_file": "%s"}]}' % tokens(rights, mode))
    config.chmod(0o600)
    status, text = refused("--config", config)
    assert status == 78 and message in text


def test_a_name_has_one_token_in_all_files(tokens, tmp_path):
    """Runs belong to the name, so another client with the same one would see them."""
    first = pathlib.Path(tokens({"site": ""})).rename(tmp_path / "first")
    second = tokens({"site": "", "more": ""})
    config = tmp_path / "exrun.json"

    def check():
        config.write_text(json.dumps({"listen": [{"address": f"127.0.0.1:{port}", "tokens_file": str(path)} for port, path in ((7878, first), (7879, second))]}))
        config.chmod(0o600)
        return refused("--config", config)

    assert check() == (0, "")
    pathlib.Path(second).write_text(f"site sha256:{'0' * 64}\n")
    status, text = check()
    assert status == 78 and f'exrun: {second}: "site" has another token in the file of another listener; give each client its own name, because its runs belong to it' in text


def test_a_tokens_file_of_another_user_is_refused(tokens, tmp_path):
    path = tokens({"site": ""})
    os.chown(path, 12345, 0)
    config = tmp_path / "config.json"
    config.write_text('{"listen": [{"address": "127.0.0.1:7878", "tokens_file": "%s"}]}' % path)
    config.chmod(0o600)
    assert refused("--config", config)[0] == 78


def reload(one, config=None):
    if config:
        (pathlib.Path(one.log).parent / "exrun.json").write_text(config)
    before = one.log.read_text().count("exrun: has loaded")
    one.process.send_signal(signal.SIGHUP)
    wait_until(lambda: one.log.read_text().count("exrun: has loaded") > before)


def test_a_reload_takes_a_token_away_and_adds_one(start, tokens):
    port = free_port()
    one = start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "tokens_file": tokens({"site": ""})}]})
    assert tcp(port, "GET", "/healthz", headers=bearer("site")).status == 200
    tokens({"new": ""})
    reload(one)
    wait_until(lambda: tcp(port, "GET", "/healthz", headers=bearer("new")).status == 200)
    assert tcp(port, "GET", "/healthz", headers=bearer("site")).status == 401


@pytest.mark.parametrize("break_it", [lambda path: path.write_text("new sha256:12\n"), lambda path: path.chmod(0o644), lambda path: path.unlink(), lambda path: path.write_text("")],
                         ids=["hash", "mode", "missing", "empty"])
def test_a_reload_of_a_broken_tokens_file_changes_nothing(start, tokens, break_it):
    port = free_port()
    path = pathlib.Path(tokens({"site": ""}))
    one = start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "tokens_file": str(path)}]})
    break_it(path)
    one.process.send_signal(signal.SIGHUP)
    wait_until(lambda: "goes on with the configuration" in one.log.read_text())
    assert re.search(f"^exrun: {path}(:1)?: ", one.log.read_text(), re.M)
    assert tcp(port, "GET", "/healthz", headers=bearer("site")).status == 200


def test_a_reload_opens_and_closes_listeners_and_drops_no_run(start, tmp_path):
    old, new = free_port(), free_port()
    listen = '{"listen": [{"address": "unix:%s"}, {"address": "127.0.0.1:%d", "auth": "none"}]}'
    one = start({"listen": [UNIX, {"address": f"127.0.0.1:{old}", "auth": "none"}]})
    answers = []
    running = threading.Thread(target=lambda: answers.append(tcp(old, request={"profile": "bash", "source": "cat /box/main.sh; sleep 3\n", "id": "long"})))
    running.start()
    wait_until(lambda: tcp(old, "GET", "/v1/runs/long").json.get("state") == "running")
    reload(one, listen % (SOCKET, new))
    wait_until(lambda: accepts(new) and not accepts(old))
    assert tcp(new, request=TRUE).status == 200
    running.join(120)
    assert answers[0].status == 200 and answers[0].json["verdict"] == "ok"
    os.kill(processes("exrun-front")[0], signal.SIGKILL)  # the next one gets the same listeners
    wait_until(lambda: accepts(new) and tcp(new, "GET", "/healthz").status == 200)
    assert not accepts(old)


def accepts(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 10):
        return True
    return False


@pytest.mark.parametrize("address, status, message", [("192.0.2.1:7878", 78, "not one of this machine"), (None, 69, "already listens")])
def test_an_address_that_can_t_be_opened(tokens, tmp_path, address, status, message):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        config = tmp_path / "config.json"
        config.write_text('{"listen": [{"address": "%s", "tokens_file": "%s"}]}' % (address or "127.0.0.1:%d" % other.getsockname()[1], tokens({"site": ""})))
        config.chmod(0o600)
        done = subprocess.run([EXRUN, "serve", "--config", config, "--profiles", ROOT / "profiles"], capture_output=True, text=True, timeout=60)
    assert done.returncode == status and message in done.stderr


def test_a_connection_of_a_closed_listener_is_told(start):
    port = free_port()
    one = start({"listen": [UNIX, {"address": f"127.0.0.1:{port}", "auth": "none"}]})
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as kept:
        assert ask(kept, "GET", "/healthz").status == 200
        reload(one, '{"listen": [{"address": "unix:%s"}]}' % SOCKET)
        wait_until(lambda: not accepts(port))
        answer = ask(kept, "GET", "/healthz")
        assert answer.status == 421 and "does not listen on this address any more" in answer.json["detail"]


def test_a_reload_with_an_address_in_use_changes_nothing(start):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        one = start({"listen": [UNIX]})
        (pathlib.Path(one.log).parent / "exrun.json").write_text('{"listen": [{"address": "unix:/run/exrun/more.sock"}, {"address": "127.0.0.1:%d", "auth": "none"}]}' % other.getsockname()[1])
        one.process.send_signal(signal.SIGHUP)
        wait_until(lambda: "goes on with" in one.log.read_text())
    assert "listener 1 can't be opened: Address" in one.log.read_text()
    assert call("GET", "/healthz").status == 200 and not os.path.exists("/run/exrun/more.sock")
