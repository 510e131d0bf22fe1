#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What file locks cost: bench/locks.py [N]. Run it as root on a quiet machine.

storm: the time from the kill to the end of a cell whose processes hold as many locks, through as many descriptors, as the default limits
allow: a parent at nice 19 with descriptors of one file, in 30 children. Each close at its end walks the list of locks.
inserts: 5,000 inserts in autocommit by SQLite, in a cell and bare, by turns; the median of the ratios of neighbours."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"
STORM = """#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
int main(void)
{
    int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600);

    if (nice(19) < 0) return 2;
    for (int i = 0; i < 12000; i++) {
        struct flock range = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 2L * i, .l_len = 1};
        if (%s) break;
    }
    while (dup(fd) >= 0);
    for (int i = 0; i < 30; i++) if (fork() == 0) for (;;) pause();
    for (;;) pause();
}
"""
KINDS = {"fcntl": "fcntl(fd, F_SETLK, &range) < 0", "flock": "(void)range, flock(open(\"/tmp/f\", O_RDWR), LOCK_SH) < 0"}
INSERTS = "import sqlite3\nwith sqlite3.connect('%s', isolation_level=None) as db:\n    db.execute('create table t (n)')\n    for n in range(5000): db.execute('insert into t values (?)', (n,))\n"


def run(request):
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps(request).encode(), capture_output=True, check=True)
    return json.loads(done.stdout)


def storm(times):
    for name, lock in KINDS.items():
        request = {"profile": "c", "source": STORM % lock, "limits": {"wall_ms": 2500}}
        ends = [run(request) for _ in range(times)]
        assert all(end["verdict"] == "timeout" for end in ends), ends[0]
        kills = sorted(end["timing"]["parts_us"]["kill"] / 1000 for end in ends)
        print(f"storm of {name:<6}{statistics.median(kills):8.0f} ms to the end of all processes, most {kills[-1]:.0f} ms", flush=True)


def inserts(times):
    ratios, cells = [], []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        for n in range(times):
            result = run({"profile": "python", "source": INSERTS % "/tmp/db", "limits": {"cpu_ms": 30_000, "wall_ms": 60_000}})
            assert result["verdict"] == "ok", result
            began = time.monotonic()
            subprocess.run(["/usr/bin/python3", "-c", INSERTS % f"{folder}/{n}"], check=True)
            cells.append(result["usage"]["wall_us"] / 1e6)
            ratios.append(cells[-1] / (time.monotonic() - began))
    print(f"inserts       {statistics.median(cells):8.2f} s, {statistics.median(ratios):.2f} of bare", flush=True)


if __name__ == "__main__":
    storm(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
    inserts(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
