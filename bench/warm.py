# SPDX-License-Identifier: MIT
"""Runs whose interpreter was started ahead, beside the bare interpreter: bench/service.py --warm [PAIRS]. Run it as root on a quiet machine.

A stream on a new connection, a plain request on a kept one and a bare run of the same program alternate, PAIRS times (300), with pauses in which the next interpreter is started. Then, by turns, javac as it
waits, and in the one-shot command. Then, in windows by turns, the runs of one client while interpreters are started for another one, and while they are not."""
import contextlib
import json
import os
import shutil
import socket
import subprocess
import threading
import time

from kit import ENVIRONMENT, EXRUN, ROOT, SOCKET, service, share

SHIM = "/usr/local/lib/exrun-bench/park.so"  # where cells see it
ADMIN = "/run/exrun/admin.sock"
HELLO = {
    "php": ("<?php echo \"hello\\n\";", ["/usr/bin/php", "{}"]),
    "python": ("print('hello')", ["/usr/bin/python3", "{}"]),
    "ruby": ("puts 'hello'", ["/usr/bin/ruby", "{}"]),
    "javascript": ("console.log('hello')", ["/usr/bin/node", "{}"]),
    "java": ("public class Main { public static void main(String[] args) { System.out.println(\"hello\"); } }", ["/usr/bin/java", "-cp", "{folder}", "Main"]),
    "perl": ("print \"hello\\n\";", ["/usr/bin/perl", "{}"]),
    "bash": ("echo hello", ["/bin/bash", "{}"]),
    "lua": ("print('hello')", ["/usr/bin/lua5.4", "{}"]),
}


class Client:
    def __init__(self, path=SOCKET):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.rest = self.socket.makefile("rb")

    def head(self):
        line, length = self.rest.readline(), None
        assert line.startswith(b"HTTP/1.1 200"), line
        while header := self.rest.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        return length

    def ask(self, packet):
        self.socket.sendall(packet)
        return self.rest.read(self.head())

    def stream(self, packet):
        """Returns the seconds to the first output, and whether the interpreter was started ahead. The service closes the connection."""
        begun, first, is_parked = time.perf_counter(), None, False
        self.socket.sendall(packet)
        self.head()
        for line in self.rest:
            if first is None and line.startswith(b"event: stdout"):
                first = time.perf_counter() - begun
            is_parked |= b'"cell": "parked"' in line or b'"cell":"parked"' in line
        return first, is_parked


def packet_of(request, more="", query=""):
    body = json.dumps(request).encode()
    return f"POST /v1/runs{query} HTTP/1.1\r\nHost: x\r\n{more}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def bare(arguments):
    begun = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, env=ENVIRONMENT, bufsize=0)
    process.stdout.read(1)
    first = time.perf_counter() - begun
    process.stdout.read()
    process.wait()
    return first, time.perf_counter() - begun


def status():
    return {profile["name"]: profile for profile in json.loads(Client(ADMIN).ask(b"GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"))["profiles"]}


def pace(name, folder, pairs):
    source, command = HELLO[name]
    path = folder / ("Main.java" if name == "java" else f"hello.{name}")
    path.write_text(source)
    command = [part.format(path, folder=folder) for part in command]
    if name == "java":
        subprocess.run(["javac", "-d", folder, path], check=True)
    client, request = Client(), {"profile": name, "source": source}
    plain, events = packet_of(request), packet_of(request, "Accept: text/event-stream\r\n", "?lean=1")
    firsts, answers, theirs, parked = [], [], [], 0
    pause = 0.02 + 3 * bare(command)[1]
    client.ask(plain)  # what is compiled is in the cache then
    time.sleep(pause)
    for _ in range(pairs):
        first, is_parked = Client().stream(events)
        firsts.append(first)
        time.sleep(pause)
        begun = time.perf_counter()
        body = client.ask(plain)
        answers.append(time.perf_counter() - begun)
        parked += is_parked + (json.loads(body)["timing"]["cell"] == "parked")
        time.sleep(pause)
        theirs.append(bare(command))
        time.sleep(0.005)
    bare_first, bare_end = (share([one[part] for one in theirs], .5) for part in (0, 1))
    first, answer = share(firsts, .5), share(answers, .5)
    print(f"{name:10} first byte {first * 1e6:6.0f} us, {first / bare_first:5.3f} of bare, p99 {share(firsts, .99) / first:4.1f} x; answer {answer * 1e6:6.0f} us, {answer / bare_end:5.3f} of bare, "
          f"p99 {share(answers, .99) / answer:4.1f} x; bare {bare_first * 1e6:6.0f} and {bare_end * 1e6:6.0f} us; {parked} of {2 * pairs} parked; a waiting cell {status()[name]['cell_bytes'] / 1e6:.1f} MB")
    if name == "php":
        without = [bare([command[0], "-n", *command[1:]]) for _ in range(pairs)]
        print(f"{'':10} php -n: first byte {share([one[0] for one in without], .5) * 1e6:.0f} us, end {share([one[1] for one in without], .5) * 1e6:.0f} us")


def refill(windows=20):
    """The runs of one client, while PHP is asked for ten times a second, by turns in parked cells, which have to be started again, and in others."""
    times = {True: [], False: []}
    small = packet_of({"profile": "lua", "source": "print(1)", "env": {"OTHER": "x"}})
    for window in range(windows):
        is_parked, stop = window % 2 == 1, threading.Event()
        other = packet_of({"profile": "php", "source": "<?php echo 1;", **({} if is_parked else {"limits": {"processes": 8}})})

        def ask():
            beside = Client()
            while not stop.wait(0.1):
                beside.ask(other)

        thread = threading.Thread(target=ask)
        thread.start()
        client, end = Client(), time.monotonic() + 1
        while time.monotonic() < end:
            begun = time.perf_counter()
            client.ask(small)
            times[is_parked].append(time.perf_counter() - begun)
            time.sleep(0.003)
        stop.set()
        thread.join()
    for is_parked, seconds in times.items():
        print(f"{'with' if is_parked else 'without'} refilling: {len(seconds)} runs, p50 {share(seconds, .5) * 1e3:.2f} ms, p99 {share(seconds, .99) * 1e3:.2f} ms, longest {max(seconds) * 1e3:.1f} ms")


def compiled_by(result):
    return result["compile"]["usage"]["wall_us"], result["timing"]["compile_cell"]


def compile_new_sources(folder, pairs):
    """A source that was never compiled before, by turns where javac waits and with the one-shot command, which both have what is prepared."""
    client, waiting, one_shot = Client(), [], []
    for n in range(pairs):
        source = f"public class Main {{ public static void main(String[] args) {{ System.out.println({n} + {time.time_ns()}L); }} }}"
        while not status()["java"]["parked"]:
            time.sleep(0.05)
        time.sleep(0.5)
        waiting.append(compiled_by(json.loads(client.ask(packet_of({"profile": "java", "source": source})))))
        time.sleep(0.5)
        done = subprocess.run([EXRUN, "run", "--json", "--profiles", folder / "profiles", "-"], input=json.dumps({"profile": "java", "source": source.replace("args", "words")}).encode(), capture_output=True, check=True)
        one_shot.append(compiled_by(json.loads(done.stdout)))
    times = [sorted(time_us for time_us, _ in one) for one in (waiting, one_shot)]
    ratio = share(times[0], .5) / share(times[1], .5)
    print(f"javac      waiting {share(times[0], .5) / 1e3:.0f} ms, {ratio:.3f} of the one-shot {share(times[1], .5) / 1e3:.0f} ms, p99 {share(times[0], .99) / share(times[0], .5):.1f} x; "
          f"{sum(cell == 'parked' for _, cell in waiting)} of {pairs} parked")


@contextlib.contextmanager
def warm_service(folder, config, names):
    """A service that can give its shim to cells, as an installed one can, once interpreters wait in two cells of each profile."""
    os.makedirs(os.path.dirname(SHIM), exist_ok=True)
    shutil.copy(EXRUN.parent / "sandbox/park.so", SHIM)
    os.environ["EXRUN_SHIM"] = SHIM
    try:
        with service(folder, config, folder / "profiles"):
            while not all(status()[name]["warm"] == "on" and status()[name]["parked"] == 2 for name in names):
                time.sleep(0.1)
            yield
    finally:
        os.environ.pop("EXRUN_SHIM")
        os.remove(SHIM)
        with contextlib.suppress(OSError):  # service.py has its program there, too
            os.rmdir(os.path.dirname(SHIM))


def main(folder, pairs):
    (folder / "profiles").mkdir()
    names = [name for name in HELLO if json.loads((ROOT / f"profiles/{name}.json").read_text()).get("warm", "none") != "none"]
    for name in names:
        shutil.copy(ROOT / f"profiles/{name}.json", folder / "profiles")
    os.environ["EXRUN_CACHE"] = str(folder / "cache")
    subprocess.run([EXRUN, "cache", "warm", "--profiles", folder / "profiles", "java"], check=True, stdout=subprocess.DEVNULL)
    with warm_service(folder, {"cells": {"keepers": 32, "running": 4, "profiles": {name: {"floor": 2} for name in names}}}, names):
        for name in names:
            pace(name, folder, pairs)
        compile_new_sources(folder, pairs // 10)
        refill()
