#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How fast a program is once it runs: in the cell and bare, by turns, in the same run, and bare under a seccomp filter of one
instruction, "allow", which is the cost in the kernel if there is any filter at all. Each program measures its own seconds, so they
include neither start-up nor compiling. Medians of the ratios of neighbours. Run it as root on a quiet machine: bench/inside.py [N]

calls: a million small reads, writes and stats of a file in /dev/shm. cheapest: a million of the cheapest calls there are, 8 bytes of
/dev/zero and /dev/null, and fstat: a bound that no real program approaches. paths: path look-ups. cpu, memory: as their names say."""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"
C = """#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }
int main(void) { double t = now(); %s printf("%%f", now() - t); return 0; }
"""
PROGRAMS = {
    ("c", "cpu"): C % "volatile unsigned x = 1; for (int i = 0; i < 300000000; i++) x = x * 1664525 + 1013904223;",
    ("c", "calls"): C % ("char b[8] = {0}; struct stat s; int f = open(\"/dev/shm/bench\", O_CREAT | O_RDWR, 0600);"
                         "for (int i = 0; i < 333333; i++)"
                         " if (pwrite(f, b, 8, 0) < 0 || pread(f, b, 8, 0) < 0 || stat(\"/dev/shm/bench\", &s) < 0) return 1;"
                         "unlink(\"/dev/shm/bench\");"),
    ("c", "cheapest"): C % ("char b[8]; struct stat s; int z = open(\"/dev/zero\", O_RDONLY), n = open(\"/dev/null\", O_WRONLY);"
                            "for (int i = 0; i < 333333; i++) if (read(z, b, 8) < 0 || write(n, b, 8) < 0 || fstat(z, &s) < 0) return 1;"),
    ("c", "paths"): C % ("struct stat s; for (int i = 0; i < 100000; i++) { if (stat(\"/usr/bin/env\", &s) < 0) return 1;"
                         "close(open(\"/usr/bin/env\", O_RDONLY)); }"),
    ("c", "memory"): C % ("for (int i = 0; i < 40; i++) { volatile char *p = malloc(64 << 20);"
                          "for (int j = 0; j < 64 << 20; j += 64) p[j] = 1; free((void *)p); }"),
    ("python", "cpu"): "import time\nt = time.perf_counter()\nx = 0\nfor i in range(5000000): x = (x * 31 + i) & 0xffff\n"
                       "print(time.perf_counter() - t)",
    ("python", "calls"): "import os, time\nf = os.open('/dev/shm/bench', os.O_CREAT | os.O_RDWR, 0o600)\nt = time.perf_counter()\n"
                         "for i in range(333333): os.pwrite(f, b'12345678', 0); os.pread(f, 8, 0); os.stat('/dev/shm/bench')\n"
                         "print(time.perf_counter() - t)\nos.unlink('/dev/shm/bench')",
    ("python", "memory"): "import time\nt = time.perf_counter()\nfor i in range(20): a = [bytearray(1 << 20) for _ in range(64)]\n"
                          "print(time.perf_counter() - t)",
    ("php", "cpu"): "<?php $t = microtime(true); $x = 0; for ($i = 0; $i < 20000000; $i++) $x = ($x * 31 + $i) & 0xffff;"
                    " echo microtime(true) - $t;",
    ("php", "calls"): "<?php $f = fopen('/dev/shm/bench', 'w+'); stream_set_read_buffer($f, 0); $t = microtime(true);"
                      " for ($i = 0; $i < 333333; $i++) { fseek($f, 0); fwrite($f, '12345678'); fseek($f, 0); fread($f, 8);"
                      " clearstatcache(); stat('/dev/shm/bench'); } echo microtime(true) - $t; unlink('/dev/shm/bench');",
    ("php", "memory"): "<?php $t = microtime(true); for ($i = 0; $i < 20; $i++) { $a = []; for ($j = 0; $j < 64; $j++)"
                       " $a[] = str_repeat('x', 1 << 20); } echo microtime(true) - $t;",
}
FILTERED = """#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>
int main(int argc, char **argv) {
    struct sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog program = {1, &allow};
    if (argc < 2 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) return 1;
    return execvp(argv[1], argv + 1);
}
"""
ENDINGS = {"c": ".c", "python": ".py", "php": ".php"}
LIMITS = {"wall_ms": 60000, "cpu_ms": 30000, "memory_bytes": 512 << 20}


def in_cell(profile, text):
    request = json.dumps({"profile": profile, "source": text, "limits": LIMITS}).encode()
    result = json.loads(subprocess.run([EXRUN, "run", "--json", "-"], input=request, capture_output=True, check=True).stdout)
    assert result["verdict"] == "ok", result
    return float(result["stdout"])


def bare(command):
    return float(subprocess.run(command, capture_output=True, check=True).stdout)


def compiled(path, text):
    path.with_suffix(".c").write_text(text)
    subprocess.run(["gcc", "-O1", "-o", path, path.with_suffix(".c")], check=True)
    return path


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{'program':<18}{'bare, s':>9}{'cell, s':>9}{'cell/bare':>11}{'filter/bare':>13}")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = pathlib.Path(name)
        filtered = compiled(folder / "filtered", FILTERED)
        for (profile, what), text in PROGRAMS.items():
            path = folder / (what + ENDINGS[profile])
            path.write_text(text)
            command = {"c": lambda: [compiled(folder / what, text)], "python": lambda: ["/usr/bin/python3", path],
                       "php": lambda: ["php", "-d", "memory_limit=-1", path]}[profile]()
            runs = [(bare(command), in_cell(profile, text), bare([filtered, *command])) for _ in range(times)]
            print(f"{profile + ' ' + what:<18}{statistics.median(run[0] for run in runs):9.3f}"
                  f"{statistics.median(run[1] for run in runs):9.3f}{statistics.median(run[1] / run[0] for run in runs):11.2f}"
                  f"{statistics.median(run[2] / run[0] for run in runs):13.2f}", flush=True)


main()
