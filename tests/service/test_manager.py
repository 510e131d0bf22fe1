# SPDX-License-Identifier: MIT
"""The service under a service manager: notifications, the watchdog, sockets that the manager has opened, and the change from one service to the next."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from manager import Manager  # noqa: E402
from serving import service, start  # noqa: E402, F401

HELLO = {"profile": "bash", "source": "echo hello"}
SLEEP = {"profile": "bash", "source": "echo begun; sleep 60", "limits": {"wall_ms": 60_000}}
SMALL = {"cells": {"running": 2, "keepers": 4}}


@pytest.fixture
def manager(tmp_path):
    os.makedirs("/run/exrun", 0o755, exist_ok=True)
    with contextlib.closing(Manager(tmp_path)) as manager:
        yield manager


def refused(manager, config, tmp_path, **more):
    """The exit status and the words of a service that does not start."""
    one = kit.Service(EXRUN, tmp_path, config, profiles=ROOT / "profiles", wrap=manager.wrap(**more))
    status = one.process.wait(60)
    return status, one.log.read_text()


@pytest.mark.parametrize("is_abstract", [False, True], ids=["path", "abstract"])
def test_the_manager_is_notified_of_a_whole_life(start, manager, is_abstract):
    manager.listen_for_notifications(is_abstract)
    one = start(SMALL, wrap=manager.wrap())
    heard = manager.hear()
    assert heard["READY"] == "1" and heard["STATUS"] == "Runs programs for the clients of 2 sockets."
    before = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    one.process.send_signal(signal.SIGHUP)
    heard = manager.hear()
    assert heard["RELOADING"] == "1" and before <= int(heard["MONOTONIC_USEC"]) <= time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    assert manager.hear() == {"READY": "1", "STATUS": "Has loaded the configuration and the profiles again."}
    (one.log.parent / "exrun.json").write_text("{")
    one.process.send_signal(signal.SIGHUP)
    assert manager.hear()["RELOADING"] == "1"
    heard = manager.hear()
    assert heard["READY"] == "1" and "goes on with the old ones" in heard["STATUS"]
    assert one.stop() == 0
    assert manager.hear() == {"STOPPING": "1", "STATUS": "Ends after the accepted runs."}
    manager.notified.setblocking(False)
    with pytest.raises(BlockingIOError):
        manager.hear()


def test_ready_means_that_the_sockets_are_open(tmp_path, manager):
    manager.listen_for_notifications()
    one = kit.Service(EXRUN, tmp_path, SMALL, profiles=ROOT / "profiles", wrap=manager.wrap())
    assert manager.hear()["READY"] == "1"
    assert kit.processes("exrun-keeper") and kit.run(HELLO)["stdout"] == "hello\n"
    assert one.stop() == 0


def test_a_service_that_can_t_start_is_not_ready(tmp_path, manager):
    manager.listen_for_notifications()
    status, words = refused(manager, {"drain": 1}, tmp_path)
    assert status == 78, words
    manager.notified.setblocking(False)
    with pytest.raises(BlockingIOError):
        manager.hear()


def test_the_watchdog_is_told_only_while_the_front_works(start, manager):
    """A front that is stopped sends no pulse. After 5 s without one there are no signs, after 15 s it is killed, and the next one brings the signs back."""
    manager.listen_for_notifications()
    start(SMALL, wrap=manager.wrap(WATCHDOG_USEC="400000"))
    assert [manager.hear_of("WATCHDOG")["WATCHDOG"] for _ in range(3)] == ["1"] * 3
    front, = kit.processes("exrun-front")
    os.kill(front, signal.SIGSTOP)
    manager.notified.settimeout(3)
    with pytest.raises(TimeoutError):
        while "WATCHDOG" in manager.hear():
            pass
    manager.notified.settimeout(60)
    assert manager.hear_of("READY") and manager.hear_of("WATCHDOG")


@pytest.mark.parametrize("more", [{"WATCHDOG_USEC": "0"}, {"WATCHDOG_USEC": "100000", "WATCHDOG_PID": "1"}, {}], ids=["zero", "another-s", "none"])
def test_without_a_watchdog_it_gets_no_signs(start, manager, more):
    manager.listen_for_notifications()
    one = start(SMALL, wrap=manager.wrap(**more))
    assert "READY" in manager.hear()
    kit.run({"profile": "bash", "source": "sleep 0.5"})
    assert one.stop() == 0
    assert "STOPPING" in manager.hear()


def test_a_manager_that_does_not_listen_is_told_of(start, manager):
    manager.address, manager.notified = str(manager.folder / "nobody"), socket.socket(socket.AF_UNIX)
    one = start(SMALL, wrap=manager.wrap())
    kit.wait_until(lambda: "exrun: the service manager can't be notified: No such file or directory\n" in one.log.read_text())
    assert kit.run(HELLO)["stdout"] == "hello\n"


@pytest.mark.parametrize("more, says", [
    ({"NOTIFY_SOCKET": "run/notify"}, 'NOTIFY_SOCKET: is not the path of a socket: "run/notify"'), ({"NOTIFY_SOCKET": "/" + "n" * 200}, "NOTIFY_SOCKET: is not the path of a socket"),
    ({"WATCHDOG_USEC": "-1"}, 'WATCHDOG_USEC: is not a time in microseconds: "-1"'), ({"WATCHDOG_USEC": "99999999999999999999"}, "WATCHDOG_USEC: is not a time"),
    ({"LISTEN_FDS": "17"}, "LISTEN_FDS: is not a number of up to 16 sockets"), ({"LISTEN_FDS": "x"}, "LISTEN_FDS: is not a number"),
    ({"LISTEN_FDS": "2"}, "LISTEN_FDS: is not the number of open descriptors"),
], ids=["relative", "long", "negative", "large", "many", "word", "closed"])
def test_wrong_variables_are_refused(tmp_path, manager, more, says):
    status, words = refused(manager, {}, tmp_path, **more)
    assert status == 78 and says in words and "; leave it to the service manager, or unset it" in words, words


def test_variables_for_another_process_are_ignored(start, manager):
    def wrap(*words):
        given = manager.wrap()(*words)
        return {**given, "args": [EXRUN, *map(str, words)], "env": {**os.environ, "LISTEN_FDS": "3", "LISTEN_PID": "1"}}

    start(SMALL, wrap=wrap)
    assert kit.run(HELLO)["stdout"] == "hello\n"


def test_children_do_not_get_the_variables_and_the_sockets(start, manager):
    """environ of /proc shows the block at the start of the program, so a program of a cell is asked."""
    manager.listen_for_notifications().hold(f"unix:{kit.SOCKET}", "exrun.socket")
    one = start(SMALL, wrap=manager.wrap(WATCHDOG_USEC="60000000"))
    said = kit.run({"profile": "bash", "source": "env; ls -l /proc/self/fd"})["stdout"]
    assert not [name for name in ("NOTIFY", "WATCHDOG", "LISTEN") if name in said]
    inode = f"socket:[{os.fstat(manager.held[0].fileno()).st_ino}]"

    def sockets_of(pid):
        """[]: the process has ended meanwhile."""
        with contextlib.suppress(FileNotFoundError):
            return [os.readlink(path) for path in pathlib.Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
        return []

    keepers = kit.wait_until(lambda: [found for pid in kit.processes("exrun-keeper") if (found := sockets_of(pid))])
    assert inode in sockets_of(one.process.pid) and not [found for found in keepers if inode in found]


def address_of(held):
    return "http://[%s]:%d" % held.getsockname()[:2] if held.family == socket.AF_INET6 else "http://%s:%d" % held.getsockname()


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("kind", ["unix", "127.0.0.1", "[::1]"])
def test_a_socket_of_the_manager_is_used(start, manager, port, kind):
    if kind == "unix":
        address = f"unix:{kit.SOCKET}"
        held = manager.hold(address)
        os.chmod(kit.SOCKET, 0o604)
    else:
        address = f"{kind}:{port}"
        held = manager.hold(address, "exrun.socket")
    one = start({**SMALL, "listen": [{"address": address, **({} if kind == "unix" else {"auth": "none"})}]}, wrap=manager.wrap(), address=kit.ADMIN)
    curl = ["curl", "-sS", "-g", *(["--unix-socket", kit.SOCKET, "http://localhost/healthz"] if kind == "unix" else [f"{address_of(held)}/healthz"])]
    assert json.loads(subprocess.run(curl, capture_output=True, check=True, timeout=60).stdout) == {"status": "alive"}
    assert one.stop() == 0
    if kind == "unix":  # its owner and mode are the manager's business, also at the end
        assert os.stat(kit.SOCKET).st_mode & 0o777 == 0o604


def test_systemd_s_own_tool_starts_it(start, port):
    """It waits for the first client, and then becomes the service, with the socket."""
    if not shutil.which("systemd-socket-activate"):
        pytest.skip("systemd is not installed")
    address = f"127.0.0.1:{port}"

    def wrap(*words):
        return {"args": ["systemd-socket-activate", f"--listen={address}", "--fdname=exrun.socket", EXRUN, *map(str, words)]}

    def is_there():
        with contextlib.suppress(OSError):
            return socket.create_connection(("127.0.0.1", port), 60)

    with ThreadPoolExecutor(1) as pool:
        waking = pool.submit(lambda: kit.wait_until(is_there))
        one = start({**SMALL, "listen": [{"address": address, "auth": "none"}]}, wrap=wrap, address=kit.ADMIN)
        with contextlib.closing(waking.result(60)) as client:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert client.recv(12) == b"HTTP/1.1 200"
    kit.wait_until(lambda: f"listening on {address}" in one.log.read_text())


def test_a_socket_that_is_not_configured_is_refused(tmp_path, manager, port):
    manager.hold(f"unix:{kit.SOCKET}", "exrun.socket")
    manager.hold(f"127.0.0.1:{port}", "web.socket")
    status, words = refused(manager, SMALL, tmp_path)
    assert status == 78 and words == (f"exrun: web.socket: the service manager has opened 127.0.0.1:{port}, which is not an address of the service; "
                                      'name the same addresses in the socket unit (ListenStream=) and in "listen"\n'), words
    assert os.path.exists(kit.SOCKET) and not os.path.exists(kit.ADMIN)


@pytest.mark.parametrize("more, says", [({"waits": False}, "is not a socket that waits for connections"), ({"kind": socket.SOCK_DGRAM, "waits": False}, "is not a socket that waits"), ({"kind": socket.SOCK_SEQPACKET}, "is not a socket that waits")],
                         ids=["bound", "datagrams", "packets"])
def test_a_socket_of_another_kind_is_refused(tmp_path, manager, more, says):
    manager.hold(f"unix:{kit.SOCKET}", **more)
    status, words = refused(manager, SMALL, tmp_path)
    assert status == 78 and f"LISTEN_FDS: unix:{kit.SOCKET} {says}" in words, words


@pytest.mark.parametrize("mode", [0o666, 0o660])
def test_an_admin_socket_for_other_users_is_refused(tmp_path, manager, mode):
    """0666 is the mode that systemd gives sockets if the unit says nothing."""
    manager.hold(f"unix:{kit.ADMIN}", "admin.socket")
    os.chmod(kit.ADMIN, mode)
    status, words = refused(manager, SMALL, tmp_path)
    assert status == 78 and words == (f"exrun: admin.socket: the service manager lets others than administrators use unix:{kit.ADMIN}; "
                                      "set SocketMode=0600 in the socket unit, or leave this socket to the service\n"), words


def test_the_manager_can_hold_the_admin_socket(start, manager):
    manager.hold(f"unix:{kit.ADMIN}")
    os.chmod(kit.ADMIN, 0o600)
    start(SMALL, wrap=manager.wrap())
    assert kit.call("GET", "/v1/status", address=kit.ADMIN).status == 200


def test_the_same_socket_twice_is_refused(tmp_path, manager):
    manager.held.append(manager.hold(f"unix:{kit.SOCKET}").dup())
    status, words = refused(manager, SMALL, tmp_path)
    assert status == 78 and f"has opened unix:{kit.SOCKET} twice" in words, words


def test_a_reload_keeps_the_manager_s_sockets(start, manager, port):
    """Another one can come and go. One of the manager can't go, because its clients would wait for ever."""
    address, other = f"unix:{kit.SOCKET}", {"address": f"127.0.0.1:{port}", "auth": "none"}
    manager.hold(address)
    one = start({**SMALL, "listen": [{"address": address}]}, wrap=manager.wrap())
    config = one.log.parent / "exrun.json"

    def reload(listen, says):
        before = one.log.read_text().count(says)
        config.write_text(json.dumps({**SMALL, "listen": listen}))
        one.process.send_signal(signal.SIGHUP)
        kit.wait_until(lambda: one.log.read_text().count(says) > before)

    os.chmod(kit.SOCKET, 0o604)
    reload([other, {"address": address}], "has loaded the configuration and the profiles again")
    reload([other], "the service manager keeps listener 1 open")
    assert kit.run(HELLO)["stdout"] == "hello\n"
    reload([{"address": address}], "has loaded the configuration and the profiles again")
    assert kit.run(HELLO)["stdout"] == "hello\n" and os.stat(kit.SOCKET).st_mode & 0o777 == 0o604
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))


def put(connection, path, request=None):
    """Sends a request, and does not read its answer."""
    connection.request("POST" if request else "GET", path, json.dumps(request) if request else None, {"Content-Type": "application/json"} if request else {})


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


def test_a_drain_leaves_new_clients_to_the_next_service(start, manager):
    """They wait in the queue of the manager's socket, and are not refused. One that was accepted before can send one more request, whose answer ends its connection."""
    manager.hold(f"unix:{kit.SOCKET}")
    first = start({**SMALL, "drain_ms": 300_000}, wrap=manager.wrap())
    with contextlib.ExitStack() as held:
        kept, running = (held.enter_context(contextlib.closing(kit.Connection())) for _ in range(2))
        assert kit.ask(kept, "GET", "/healthz").headers["Connection"] is None
        put(running, "/v1/runs", {**SLEEP, "id": "long"})
        kit.wait_until(lambda: kit.ask(kept, "GET", "/v1/runs/long").json.get("state") == "running")
        first.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: status()["draining"])
        late = held.enter_context(contextlib.closing(kit.Connection()))
        put(late, "/v1/runs", {**HELLO, "source": "echo by the next one"})
        answer = kit.ask(kept, "POST", "/v1/runs", HELLO)
        assert (answer.status, answer.headers["Connection"], answer.json["stdout"]) == (200, "close", "hello\n")
        assert status()["connections"] == 2  # with this question's
        first.process.send_signal(signal.SIGTERM)
        answer = kit.Answer(running.getresponse())
        assert (answer.status, answer.json["verdict"]) == (200, "cancelled")
        assert first.process.wait(60) == 0
        start(SMALL, wrap=manager.wrap())
        answer = kit.Answer(late.getresponse())
        assert (answer.status, answer.json["stdout"], answer.headers["Connection"]) == (200, "by the next one\n", None)


def test_a_drain_answers_the_same_request_again(start):
    """It refuses new runs. A client that lost its answer gets it, as long as the service has it."""
    one = start({**SMALL, "drain_ms": 300_000})
    once = {**HELLO, "id": "once"}
    first = kit.call("POST", "/v1/runs", once)
    with contextlib.ExitStack() as held:
        again, another, running = (held.enter_context(contextlib.closing(kit.Connection())) for _ in range(3))
        for connection in (again, another):
            assert kit.ask(connection, "GET", "/healthz").status == 200
        put(running, "/v1/runs", {**SLEEP, "id": "long"})
        kit.wait_until(lambda: kit.ask(again, "GET", "/v1/runs/long").json.get("state") == "running")
        one.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: status()["draining"])
        answer = kit.ask(again, "POST", "/v1/runs", once)
        assert (answer.status, answer.content) == (200, first.content)
        assert kit.ask(another, "POST", "/v1/runs", {**HELLO, "id": "new"}).status == 503
        one.process.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("sent", ["head", "body"])
def test_a_drain_waits_for_a_request_that_has_begun_to_come(start, manager, sent):
    manager.hold(f"unix:{kit.SOCKET}")
    one = start({**SMALL, "drain_ms": 300_000, "http": {"header_ms": 300_000, "body_ms": 300_000}}, wrap=manager.wrap())
    body = json.dumps(HELLO).encode()
    whole = b"POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    cut = 20 if sent == "head" else len(whole) - 5
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as client:
        client.connect(kit.SOCKET)
        client.sendall(whole[:cut])
        kit.wait_until(lambda: status()["connections"] == 2)
        one.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: status()["draining"])
        with pytest.raises(subprocess.TimeoutExpired):  # longer than it waits for clients that send nothing
            one.process.wait(4)
        client.sendall(whole[cut:])
        response = kit.http.client.HTTPResponse(client)
        response.begin()
        assert (response.status, response.headers["Connection"], json.loads(response.read())["stdout"]) == (200, "close", "hello\n")
    assert one.process.wait(60) == 0


def test_a_drain_does_not_wait_for_idle_clients(start, manager):
    manager.hold(f"unix:{kit.SOCKET}")
    one = start({**SMALL, "drain_ms": 300_000, "http": {"idle_ms": 300_000}}, wrap=manager.wrap())
    with contextlib.closing(kit.Connection()) as idle:
        assert kit.ask(idle, "GET", "/healthz").status == 200
        assert one.stop() == 0
        assert idle.sock.recv(1) == b""


class Load:
    """Clients that try nothing again: each request must be answered by 200 and the right output. @keeps: whether a client keeps its connection until an answer ends it."""

    def __init__(self, keeps):
        self.keeps, self.answers, self.wrong, self.stopped = keeps, [0] * len(keeps), [], threading.Event()
        self.threads = [threading.Thread(target=self.send, args=(number, keep)) for number, keep in enumerate(keeps)]

    def send(self, client, keeps):
        connection, count = None, 0
        while not self.stopped.is_set():
            # The program leaves a mark in its output only, so the answers show which runs there were.
            text = f"client {client} request {count}"
            try:
                connection = connection or kit.Connection()
                answer = kit.ask(connection, "POST", "/v1/runs", {"profile": "bash", "source": f"echo {text}", "id": f"c{client}-{count}"})
            except (OSError, kit.http.client.HTTPException) as error:
                self.wrong.append((text, repr(error)))
                return
            if answer.status != 200 or answer.json["stdout"] != f"{text}\n":
                self.wrong.append((text, answer.status, answer.content))
            if not keeps or answer.headers["Connection"] == "close":
                connection.close()
                connection = None
            count += 1
            self.answers[client] = count
        if connection:
            connection.close()

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def wait_for_more(self, number=5):
        """Until each client has got so many more answers."""
        before = list(self.answers)
        kit.wait_until(lambda: self.wrong or all(now >= then + number for now, then in zip(self.answers, before)), 120)

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join(120)


def hand_over(one, start, manager):
    """Ends the service, starts the next one, and returns both the next one and how many programs the first one has run.

    A run holds the drain until no client of the load is connected any more, so that this number is exact."""
    with contextlib.closing(kit.Connection()) as holder:
        put(holder, "/v1/runs", {**SLEEP, "id": "holder"})
        kit.wait_until(lambda: kit.call("GET", "/v1/runs/holder").json.get("state") == "running")
        one.process.send_signal(signal.SIGTERM)
        kit.wait_until(lambda: status()["draining"] and status()["connections"] == 2)
        ran = status()["verdicts"]["ok"]
        one.process.send_signal(signal.SIGTERM)
        assert kit.Answer(holder.getresponse()).json["verdict"] == "cancelled"
    assert one.process.wait(60) == 0
    return start({**SMALL, "drain_ms": 300_000}, wrap=manager.wrap()), ran


def test_an_upgrade_under_load_loses_nothing(start, manager):
    """As the package does it: the manager holds the socket, the old service ends, then the new one begins. No request is refused or answered with an error, and none runs twice."""
    manager.hold(f"unix:{kit.SOCKET}")
    one, ran = start({**SMALL, "drain_ms": 300_000}, wrap=manager.wrap()), []
    with Load([False, False, False, True, True, True]) as load:
        for _ in range(3):
            load.wait_for_more()
            one, count = hand_over(one, start, manager)
            ran.append(count)
        load.wait_for_more()
    assert not load.wrong, load.wrong[:3]
    assert min(load.answers) >= 20 and sum(load.answers) == sum(ran) + status()["verdicts"]["ok"]
