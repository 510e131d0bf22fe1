# SPDX-License-Identifier: MIT
"""A service that a test starts, and clients that talk to it through its socket."""
import contextlib
import http.client
import json
import os
import pathlib
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
    connection.request(method, path, body, {**({"Content-Type": "application/json"} if body is not None else {}), **(headers or {})})
    return Answer(connection.getresponse())


def call(method, path, request=None, headers=None, timeout=120):
    with contextlib.closing(Connection(timeout=timeout)) as connection:
        return ask(connection, method, path, request, headers)


def run(request, timeout=120):
    """Runs one request and returns its result."""
    answer = call("POST", "/v1/runs", request, timeout=timeout)
    assert answer.status == 200, (answer.status, answer.content)
    return answer.json


def wait_until(condition, seconds=30):
    """Waits for an event that has no other sign. Fails only if it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.01)


def processes(name):
    """The service's processes of that name: exrun-keeper, exrun-front."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == name and os.stat(f"/proc/{pid}").st_uid < 1_900_000_000 or \
                    name == "exrun-front" and pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == name:
                found.append(int(pid))
    return found


class Service:
    def __init__(self, exrun, folder, config=None, listen=None, profiles=None):
        self.log = folder / "service.log"
        path = folder / "exrun.json"
        path.write_text(json.dumps(config or {}))
        os.chmod(path, 0o600)
        arguments = ["--config", path, *(["--listen", listen] if listen else []), *(["--profiles", profiles] if profiles else [])]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([exrun, "serve", *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self):
        def is_ready():
            assert self.process.poll() is None, self.log.read_text()
            with contextlib.suppress(OSError):
                return call("GET", "/readyz").status == 200
            return False

        wait_until(is_ready)
        return self

    def stop(self, by=signal.SIGTERM, seconds=60):
        """Ends it, and returns its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        return self.process.wait(seconds)


@pytest.fixture
def start(tmp_path):
    """Starts a service: start({"cells": {...}}) -> Service. It must end well when the test ends."""
    started = []

    def call(config=None, **more):
        started.append(Service(EXRUN, tmp_path, config, profiles=ROOT / "profiles", **more))
        return started[-1].wait_until_ready()

    yield call
    for one in started:
        assert one.stop() in (0, -signal.SIGKILL), one.log.read_text()


@pytest.fixture
def service(start):
    return start()
