# SPDX-License-Identifier: MIT
"""A service that a test starts, and clients that talk to it through its socket."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

import pytest

from conftest import EXRUN, ROOT

SOCKET = "/run/exrun/exrun.sock"
ADMIN = "/run/exrun/admin.sock"


class Connection(http.client.HTTPConnection):
    """A connection to a Unix socket, which is kept alive."""

    def __init__(self, path=SOCKET, timeout=120):
        super().__init__("service", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.content = response.status, response.headers, response.read()

    @property
    def json(self):
        return json.loads(self.content)


def ask(connection, method, path, request=None, headers=None):
    """Sends one request, an object or bytes, and returns its answer."""
    body = request if request is None or isinstance(request, bytes) else json.dumps(request).encode()
    # A service that refuses the head can close the connection before the body was sent. The answer is there all the same.
    with contextlib.suppress(BrokenPipeError):
        connection.request(method, path, body, {**({"Content-Type": "application/json"} if body is not None else {}), **(headers or {})})
    return Answer(connection.getresponse())


def call(method, path, request=None, headers=None, timeout=120, address=SOCKET):
    with contextlib.closing(Connection(address, timeout)) as connection:
        return ask(connection, method, path, request, headers)


def run(request, timeout=120, address=SOCKET):
    """Runs one request and returns its result."""
    answer = call("POST", "/v1/runs", request, timeout=timeout, address=address)
    assert answer.status == 200, (answer.status, answer.content)
    return answer.json


# In the guest, which is emulated, everything takes longer. A wait ends within 240 s, because a guest that is silent for 300 s counts as dead (test_guest.py).
PATIENCE = min(2, max(1, float(os.environ.get("EXRUN_SLOWNESS", 1)) / 3))


def wait_until(condition, seconds=120, told=lambda: "did not happen"):
    """Waits for an event that has no other sign, and returns what shows it. Fails only if it does not come, with what @told returns then."""
    end = time.monotonic() + seconds * PATIENCE
    while not (found := condition()):
        assert time.monotonic() < end, told()
        time.sleep(0.01)
    return found


def take_the_only_place(connection):
    """With "connections": 1. An earlier connection can still have the place."""
    def has_it():
        connection.close()
        with contextlib.suppress(OSError):
            return ask(connection, "GET", "/healthz").status == 200
        return False

    wait_until(has_it)


def versions(address=SOCKET):
    """The versions that the service knows, by profile."""
    return {one["name"]: one["version"] for one in call("GET", "/v1/profiles", address=address).json["profiles"] if "version" in one}


def wait_for_versions(address=SOCKET):
    """Waits until no keeper is asked for a version, or for a check, any more."""
    wait_until(lambda: len(versions(address)) == len(profiles := call("GET", "/v1/profiles", address=address).json["profiles"])
               and all(one["warm"] != "unchecked" for one in profiles), 120)


UIDS_OF_CELLS = range(1_900_000_000, 1_900_008_192)


def status_of(pid):
    """Members of /proc/PID/status; {} if the process has ended. One that waits for us, its foster parent, is reaped."""
    try:
        status = dict(line.split(":\t", 1) for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    except OSError:
        return {}
    if not status["State"].startswith("Z"):
        return status
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return {}


def is_of_cell(status):
    return bool(status) and int(status["Uid"].split()[0]) in UIDS_OF_CELLS


def all_processes():
    found = ((int(pid), status_of(int(pid))) for pid in os.listdir("/proc") if pid.isdigit())
    return [(pid, status) for pid, status in found if status]


def processes(name):
    """The service's processes of that name: exrun-keeper, exrun-front. The first process of a cell is a child of its keeper, and for a moment looks like one."""
    found = {pid: status for pid, status in all_processes() if status["Name"].strip() == name and not is_of_cell(status)}
    return [pid for pid, status in found.items() if int(status["PPid"]) not in found]


def processes_of_cells():
    """The first process of each cell, and the programs."""
    return [pid for pid, status in all_processes() if is_of_cell(status)]


def is_ready(address=SOCKET, path="/readyz"):
    with contextlib.suppress(OSError):
        return call("GET", path, address=address).status == 200
    return False


class Service:
    """@wrap: how it is started, from its arguments to those of Popen. @java: has cells of Java that wait. To check those takes more than a second of CPU time at each
    start, which is most of what a service's start takes, so only tests of them have any."""

    def __init__(self, exrun, folder, config=None, listen=None, profiles=None, wrap=None, address=SOCKET, java=False):
        self.log, self.address = folder / "service.log", address
        if not java:
            cells = (config or {}).get("cells", {})
            config = {**(config or {}), "cells": {**cells, "profiles": {"java": {"floor": 0, "ceiling": 0}, **cells.get("profiles", {})}}}
        # One that may run nothing is never ready.
        self.answers_at = "/healthz" if (config or {}).get("cells", {}).get("running") == 0 else "/readyz"
        path = folder / "exrun.json"
        path.write_text(json.dumps(config or {}))
        os.chmod(path, 0o600)
        arguments = ["serve", "--config", path, *[word for address in ([listen] if isinstance(listen, str) else listen or []) for word in ("--listen", address)], *(["--profiles", profiles] if profiles else [])]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(**(wrap(*arguments) if wrap else {"args": [exrun, *arguments]}), stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self):
        def is_up():
            assert self.process.poll() is None, self.log.read_text()
            return is_ready(self.address, self.answers_at)

        wait_until(is_up)
        return self

    def stop(self, by=signal.SIGTERM, seconds=60):
        """Ends it, and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(seconds)


def wait_for_looks(n):
    """Waits until the keepers have woken so often. The one with a running program does so at least each 50 ms, and looks whether it reads."""
    def woken():
        return sum(int(status_of(keeper)["voluntary_ctxt_switches"]) for keeper in processes("exrun-keeper"))

    first = woken()
    wait_until(lambda: woken() >= first + n)


@pytest.fixture
def start(tmp_path, request):
    """Starts a service: start({"cells": {...}}) -> Service. It must end well when the test ends. Tests whose names match KEEPS_JAVA of their module have cells of Java that wait."""
    started = []

    def call(config=None, **more):
        started.append(Service(EXRUN, tmp_path, config, **{"profiles": ROOT / "profiles", "java": re.search(getattr(request.module, "KEEPS_JAVA", "$^"), request.node.name), **more}))
        return started[-1].wait_until_ready()

    yield call
    for one in started:
        assert one.stop() in (0, -signal.SIGKILL), one.log.read_text()


@pytest.fixture
def service(start):
    return start()
