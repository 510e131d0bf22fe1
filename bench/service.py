#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast the service answers: bench/service.py [PAIRS], or with interpreters that are started ahead: bench/service.py --warm [PAIRS] (warm.py). Run it as root on a quiet machine, without another service in /run/exrun.

paced: one client on a kept connection. A request and a bare run of the same program alternate, PAIRS times (2,000). Below, the stages of a request. "as installed": the same with interpreters that wait in
their cells, as the shipped profiles have them do.
throughput: requests a second of 2, 8, 32 and 64 clients; and bare runs a second of as many processes as there are processors.
large: one client's requests of `true` while another one sends 10 MB sources, and while it gets 10 MB answers, in windows by turns.
memory: of an idle keeper with its cell, from the slope over 8, 24 and 40 keepers; and of an idle connection in the front."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

import warm
from kit import ENVIRONMENT, ROOT, SOCKET, service, share

IS_WARM = sys.argv[1:2] == ["--warm"]
NUMBERS = sys.argv[1 + IS_WARM:]
PAIRS = int(NUMBERS[0]) if NUMBERS else 300 if IS_WARM else 2000
TRUE = "/usr/local/lib/exrun-bench/true"
PROFILE = {"v": 1, "name": "true", "title": "a static true", "entry": "main.true", "endings": [".true"], "program": {"name": "true", "package": "coreutils", "version": [TRUE]},
           "run": [TRUE], "mounts": ["/usr/local/lib/exrun-bench"], "network": "none", "policy": {"base": "common"}}


class Client:
    def __init__(self):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(SOCKET)
        self.rest = self.socket.makefile("rb")

    def ask(self, packet):
        self.socket.sendall(packet)
        line, length = self.rest.readline(), 0
        while header := self.rest.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        body = self.rest.read(length)
        assert line.startswith(b"HTTP/1.1 200"), (line, body)
        return body


def packet_of(request):
    body = json.dumps(request).encode()
    return b"POST /v1/runs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def bare(arguments):
    pid = os.posix_spawn(arguments[0], arguments, ENVIRONMENT, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    os.waitpid(pid, 0)


def timed(function, *arguments):
    begun = time.perf_counter()
    result = function(*arguments)
    return time.perf_counter() - begun, result


def paced(name, request, arguments, pairs, pause=0.006):
    client, packet = Client(), packet_of(request)
    ours, theirs, cells, stages = [], [], {}, {}
    for _ in range(pairs):
        seconds, body = timed(client.ask, packet)
        ours.append(seconds)
        timing = json.loads(body)["timing"]
        cells[timing["cell"]] = cells.get(timing["cell"], 0) + 1
        for stage, us in {"queue": timing["queue_us"], **timing["parts_us"], "all": seconds * 1e6}.items():
            stages.setdefault(stage, []).append(us)
        time.sleep(pause)  # a cell is made meanwhile, which a client that thinks does not see
        theirs.append(timed(bare, arguments)[0])
        time.sleep(0.002)
    print(f"{name:12} p50 {share(ours, .5) * 1e6:6.0f} us, p99 {share(ours, .99) / share(ours, .5):4.1f} x p50, over bare {share(ours, .5) / share(theirs, .5):5.2f} x (p10 {share(ours, .1) / share(theirs, .1):5.2f} x), {cells}")
    medians = {stage: share(values, .5) for stage, values in stages.items() if share(values, .5) > 0}
    rest = 2 * medians["all"] - sum(medians.values())
    print(f"{'':12} us: " + ", ".join(f"{stage} {us:.0f}" for stage, us in medians.items()) + f", of which sockets, reading and writing {rest:.0f}")


def at_once(n, seconds, function):
    """Calls a function without pause in n threads; how many calls a second they make together."""
    counts, end = [0] * n, time.monotonic() + seconds

    def work(index):
        call = function()
        while time.monotonic() < end:
            call()
            counts[index] += time.monotonic() < end  # one that is still under way then is not of these seconds

    threads = [threading.Thread(target=work, args=(index,)) for index in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def throughput(name, request, arguments, folder):
    """A client in C sends them: one in Python takes time of both processors, and its threads wait for each other."""
    (folder / "request").write_bytes(packet_of(request))
    subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", folder / "load", ROOT / "bench/load_client.c"], check=True)
    alone = at_once(os.cpu_count(), 4, lambda: lambda: bare(arguments))
    rates = {n: float(subprocess.run([folder / "load", SOCKET, folder / "request", str(n), "4"], check=True, capture_output=True).stdout) for n in (2, 8, 32, 64)}
    print(f"{name:12} a second: " + ", ".join(f"{n} clients {rate:.0f}" for n, rate in rates.items()) + f"; bare {alone:.0f}, best {max(rates.values()) / alone:.2f} x")


def large(request, name, other):
    """The median of small requests beside a client with large ones, and without it, in windows by turns."""
    medians, small, packet = {False: [], True: []}, packet_of(request), packet_of(other)
    for window in range(10):
        is_beside, stop = window % 2 == 1, threading.Event()

        def disturb():
            client = Client()
            while not stop.is_set():
                client.ask(packet)

        thread = threading.Thread(target=disturb)
        if is_beside:
            thread.start()
            time.sleep(0.2)
        client = Client()
        times = []
        for _ in range(40):
            times.append(timed(client.ask, small)[0])
            time.sleep(0.01)
        medians[is_beside].append(share(times, .5))
        stop.set()
        if is_beside:
            thread.join()
    print(f"{name:12} delays another client's run by {(share(medians[True], .5) - share(medians[False], .5)) * 1e3:.2f} ms at the median")


def used_kib():
    """The least of two seconds, because what others have freed comes back late."""
    def now():
        time.sleep(0.1)
        with open("/proc/meminfo") as lines:
            values = {line.split(":")[0]: int(line.split()[1]) for line in lines}
        return values["MemTotal"] - values["MemAvailable"]
    return min(now() for _ in range(20))


def n_ready():
    return sum(profile["ready"] for profile in warm.status().values())


def memory(folder):
    rounds = {8: [], 24: [], 40: []}
    for n in 3 * [*rounds]:
        before = used_kib()
        with service(folder, {"cells": {"running": 1, "keepers": n, "profiles": {"true": {"floor": n - 2, "ceiling": n}}}}, folder / "profiles"):
            while n_ready() < n - 2:
                time.sleep(0.1)
            rounds[n].append(used_kib() - before)
    used = {n: share(found, .5) for n, found in rounds.items()}
    print(f"a keeper with its cell: {(used[40] - used[8]) / 32:.0f} KiB (8 to 24: {(used[24] - used[8]) / 16:.0f}, 24 to 40: {(used[40] - used[24]) / 16:.0f})")
    with service(folder, {"cells": {"profiles": {"true": {"floor": 1}}}}, folder / "profiles"):
        front = next(int(pid) for pid in os.listdir("/proc") if pid.isdigit() and pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "exrun-front")

        def resident():
            return int(pathlib.Path(f"/proc/{front}/statm").read_text().split()[1]) * 4

        before = resident()
        clients = [Client() for _ in range(800)]
        time.sleep(1)
        print(f"an idle connection: {(resident() - before) / len(clients):.1f} KiB in the front")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if IS_WARM:
            warm.main(folder, PAIRS)
            return
        pathlib.Path(TRUE).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cc", "-O1", "-static", "-x", "c", "-o", TRUE, "-"], input=b"int main(void) { return 0; }", check=True)
        (folder / "profiles").mkdir()
        for profile in ("bash", "php", "python"):
            shutil.copy(ROOT / f"profiles/{profile}.json", folder / "profiles")
        (folder / "profiles/true.json").write_text(json.dumps(PROFILE))
        (folder / "hello.sh").write_text("echo hello\n")
        (folder / "hello.php").write_text("<?php echo 'hello';")
        true, bash, php = ({"profile": "true", "source": ""}, {"profile": "bash", "source": "echo hello\n"}, {"profile": "php", "source": "<?php echo 'hello';"})
        memory(folder)  # first, because the kernel frees the groups of thousands of runs for minutes
        with service(folder, {"cells": {"keepers": 16, "profiles": {"true": {"floor": 4}, "bash": {"floor": 2}, "php": {"floor": 2}}}}, folder / "profiles"):
            paced("true", true, [TRUE], PAIRS)
            paced("bash hello", bash, ["/bin/bash", str(folder / "hello.sh")], PAIRS)
            paced("php hello", php, ["/usr/bin/php", str(folder / "hello.php")], PAIRS // 4)
            throughput("true", true, [TRUE], folder)
            throughput("php hello", php, ["/usr/bin/php", str(folder / "hello.php")], folder)
            large(true, "10 MB source", {"profile": "bash", "source": "#" * 10_000_000, "limits": {"disk_bytes": 67108864}})
            large(true, "10 MB answer", {"profile": "python", "source": "import sys; sys.stdout.write('x' * 10_000_000)", "limits": {"output_bytes": 16 << 20}})
        with warm.warm_service(folder, {"cells": {"keepers": 16, "profiles": {"bash": {"floor": 2}, "php": {"floor": 2}}}}, ("bash", "php")):
            print("as installed:")
            paced("bash hello", bash, ["/bin/bash", str(folder / "hello.sh")], PAIRS // 4, 0.04)
            paced("php hello", php, ["/usr/bin/php", str(folder / "hello.php")], PAIRS // 4, 0.1)
            throughput("php hello", php, ["/usr/bin/php", str(folder / "hello.php")], folder)
        shutil.rmtree(pathlib.Path(TRUE).parent)


main()
