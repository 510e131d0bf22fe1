#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast output reaches a client: bench/streams.py [LINES]. Run it as root on a quiet machine, without another service in /run/exrun.

one: a program writes a line each 5 ms, LINES of them (1,000); how long until a client in C has each of them. Beside it, by turns, the same program and client with a pipe between them.
many: 200 streams of 200 programs at once, each with a line in 100 ms.
memory: what a stream costs the front, if its program writes as much as it may, and its client reads nothing."""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

from kit import ROOT, SOCKET, service, share

LINES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
MIB = 1 << 20
TICKER = """#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv)
{
    struct timespec pause = {.tv_nsec = atol(argv[2]) * 1000000}, now;
    char line[64];
    for (long n = atol(argv[1]); n > 0; n--) {
        nanosleep(&pause, NULL);
        clock_gettime(CLOCK_MONOTONIC, &now);
        int size = snprintf(line, sizeof line, "at=%lld\\n", now.tv_sec * 1000000000LL + now.tv_nsec);
        if (write(1, line, size) != size) return 1;
    }
    return argc != 3;
}
"""


def packet_of(request):
    body = json.dumps(request).encode()
    return b"POST /v1/runs?lean=1 HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def ticker(lines, pause_ms):
    return {"profile": "c", "source": TICKER, "args": [str(lines), str(pause_ms)], "limits": {"wall_ms": 30000}}


def build(folder, name, source):
    (folder / f"{name}.c").write_text(source)
    subprocess.run(["gcc", "-O2", "-o", folder / name, folder / f"{name}.c"], check=True)
    return folder / name


def measured(command, **more):
    return [int(line) for line in subprocess.run(command, capture_output=True, check=True, **more).stdout.split()]


def show(name, us, bare=None):
    against = f", over a pipe {share(us, .5) / share(bare, .5):.2f} x and {share(us, .99) / share(bare, .99):.2f} x" if bare else ""
    print(f"{name:10} n {len(us)}, p50 {share(us, .5) / 1e3:.0f} us, p99 {share(us, .99) / 1e3:.0f} us{against}")


def one(folder, client, tick):
    packet = folder / "request"
    packet.write_bytes(packet_of(ticker(LINES // 10, 5)))
    ours, theirs = [], []
    with service(folder, {}, ROOT / "profiles"):
        measured([client, SOCKET, packet])  # compiles
        for _ in range(10):
            ours += measured([client, SOCKET, packet])
            with subprocess.Popen([tick, str(LINES // 10), "5"], stdout=subprocess.PIPE) as program:
                theirs += measured([client, "-"], stdin=program.stdout)
    show("one", ours, theirs)


def many(folder, client):
    packet = folder / "request"
    packet.write_bytes(packet_of(ticker(50, 100)))
    found, lock = [], threading.Lock()

    def work():
        ns = measured([client, SOCKET, packet])
        with lock:
            found.append(ns)

    config = {"cells": {"running": 200, "keepers": 216, "memory_bytes": 200 * 128 * MIB}, "queue": {"wait_ms": 60000}, "service": {"results_bytes": 2048 * MIB}}
    with service(folder, config, ROOT / "profiles"):
        measured([client, SOCKET, packet])
        time.sleep(5)
        found.clear()
        threads = [threading.Thread(target=work) for _ in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    show("many", [ns for one in found for ns in one])
    print(f"{'':10} {len(found)} streams, of {min(map(len, found))} to {max(map(len, found))} lines that came in one piece")


def private_bytes(name):
    """Memory that only the process of this name has, in bytes."""
    for pid in (pid for pid in os.listdir("/proc") if pid.isdigit()):
        with contextlib.suppress(OSError):
            if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == name:
                rollup = dict(line.split(":") for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
                return sum(int(rollup[kind].split()[0]) for kind in ("Private_Clean", "Private_Dirty")) * 1024
    raise AssertionError(f"no {name}")


def memory(folder):
    """The programs write one byte at a time, which makes the most records; then they sleep, so that their logs stay. The cost is the slope between so many streams and
    twice as many, because the first of all costs more."""
    n, output = 20, MIB
    source = f"import os, time\nfor n in range(20000):\n    os.write(1 + n % 2, b'x')\nos.write(1, b'x' * ({output} - 20000))\ntime.sleep(60)\n"
    request = packet_of({"profile": "python", "source": source, "limits": {"wall_ms": 30000, "output_bytes": output, "cpu_ms": 20000}})
    config = {"cells": {"running": 2 * n, "keepers": 2 * n + 4, "memory_bytes": 2 * n * 128 * MIB}, "service": {"results_bytes": 2048 * MIB}}
    clients = []

    def more():
        for _ in range(n):
            client = socket.socket(socket.AF_UNIX)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect(SOCKET)
            client.sendall(request)
            clients.append(client)
        time.sleep(10)
        return private_bytes("exrun-front")

    with service(folder, config, ROOT / "profiles"):
        time.sleep(3)
        cost = -(more() - more()) / n
        for client in clients:
            client.close()
    print(f"{'memory':10} {cost / 1024:.0f} KiB a stream with {output >> 10} KiB of output ({(cost - output) / 1024:+.0f} KiB)")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        client, tick = build(folder, "client", (ROOT / "bench/stream_client.c").read_text()), build(folder, "tick", TICKER)
        one(folder, client, tick)
        many(folder, client)
        memory(folder)


main()
