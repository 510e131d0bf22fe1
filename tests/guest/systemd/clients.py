# SPDX-License-Identifier: MIT
"""Clients of the service that never pause, and what became of each of their requests."""
import http.client
import json
import socket
import threading
import time

SOCKET = "/run/exrun/exrun.sock"
PROGRAMS = {"short": "echo $0 {id}", "long": "sleep 3; echo $0 {id}"}  # a long one is under way whenever the old service has to end


class Connection(http.client.HTTPConnection):
    def __init__(self, path=SOCKET):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(120)
        self.sock.connect(self.path)


def ask(connection, method, path, request=None):
    connection.request(method, path, request and json.dumps(request), {"Content-Type": "application/json"} if request else {})
    response = connection.getresponse()
    return response.status, json.loads(response.read() or "null")


def attempt(connection, run, program):
    """Returns what became of one run: "ok", "refused" if there was no connection, a status, a verdict, or the fault of the connection."""
    try:
        if not connection.sock:
            connection.connect()
    except OSError as fault:
        return f"refused: {fault}"
    try:
        status, answer = ask(connection, "POST", "/v1/runs", {"profile": "bash", "source": program.format(id=run), "id": run, "limits": {"wall_ms": 30_000}})
    except (OSError, http.client.HTTPException) as fault:
        connection.close()
        return f"broken: {fault!r}"
    if status != 200:
        return f"status {status}: {answer}"
    return "ok" if (answer["verdict"], answer["stdout"]) == ("ok", f"main.sh {run}\n") else f"verdict {answer['verdict']}: {answer}"


class Load:
    """Threads that send one run after the other until @stop is called. @ended: (run, when it began, when it ended, what became of it)."""

    def __init__(self, kinds):
        self.ended, self.ends = [], threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(f"{n}-{kind}", *kind.split("-"))) for n, kind in enumerate(kinds)]
        for thread in self.threads:
            thread.start()

    def work(self, name, program, connects):
        connection, n = Connection(), 0
        while not self.ends.is_set():
            n += 1
            if connects == "anew":
                connection.close()
            began, run = time.monotonic(), f"{name}-{n}"
            what = attempt(connection, run, PROGRAMS[program])
            self.ended.append((run, began, time.monotonic(), what))
        connection.close()

    def stop(self):
        self.ends.set()
        for thread in self.threads:
            thread.join()
