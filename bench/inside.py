#!/usr/bin/env python3
"""How fast a program is once it runs: in the cell against bare, in turn, in the same run. Each program tells its own seconds, so neither
start-up nor compiling is in them. Medians; read the ratios. Run it as root on a quiet machine: bench/inside.py [N]"""
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
    ("c", "syscalls"): C % ("char b[8]; struct stat s; int z = open(\"/dev/zero\", O_RDONLY), n = open(\"/dev/null\", O_WRONLY);"
                            "for (int i = 0; i < 333333; i++) if (read(z, b, 8) < 0 || write(n, b, 8) < 0 || fstat(z, &s) < 0) return 1;"),
    ("c", "files"): C % ("struct stat s; for (int i = 0; i < 100000; i++) { if (stat(\"/usr/bin/env\", &s) < 0) return 1;"
                         "close(open(\"/usr/bin/env\", O_RDONLY)); }"),
    ("c", "memory"): C % ("for (int i = 0; i < 40; i++) { volatile char *p = malloc(64 << 20);"
                          "for (int j = 0; j < 64 << 20; j += 64) p[j] = 1; free((void *)p); }"),
    ("python", "cpu"): "import time\nt = time.perf_counter()\nx = 0\nfor i in range(5000000): x = (x * 31 + i) & 0xffff\n"
                       "print(time.perf_counter() - t)",
    ("python", "syscalls"): "import os, time\nz = os.open('/dev/zero', 0); n = os.open('/dev/null', 1)\nt = time.perf_counter()\n"
                            "for i in range(333333): os.read(z, 8); os.write(n, b'12345678'); os.fstat(z)\n"
                            "print(time.perf_counter() - t)",
    ("python", "memory"): "import time\nt = time.perf_counter()\nfor i in range(20): a = [bytearray(1 << 20) for _ in range(64)]\n"
                          "print(time.perf_counter() - t)",
    ("php", "cpu"): "<?php $t = microtime(true); $x = 0; for ($i = 0; $i < 20000000; $i++) $x = ($x * 31 + $i) & 0xffff;"
                    " echo microtime(true) - $t;",
    ("php", "syscalls"): "<?php $z = fopen('/dev/zero', 'r'); $n = fopen('/dev/null', 'w'); stream_set_read_buffer($z, 0);"
                         " $t = microtime(true); for ($i = 0; $i < 333333; $i++) { fread($z, 8); fwrite($n, '12345678'); fstat($z); }"
                         " echo microtime(true) - $t;",
    ("php", "memory"): "<?php $t = microtime(true); for ($i = 0; $i < 20; $i++) { $a = []; for ($j = 0; $j < 64; $j++)"
                       " $a[] = str_repeat('x', 1 << 20); } echo microtime(true) - $t;",
}
ENDINGS = {"c": ".c", "python": ".py", "php": ".php"}
LIMITS = {"wall_ms": 60000, "cpu_ms": 30000, "memory_bytes": 512 << 20}


def in_cell(profile, text):
    request = json.dumps({"profile": profile, "source": text, "limits": LIMITS}).encode()
    result = json.loads(subprocess.run([EXRUN, "run", "--json", "-"], input=request, capture_output=True, check=True).stdout)
    assert result["verdict"] == "ok", result
    return float(result["stdout"])


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    print(f"{'program':<18}{'bare, s':>9}{'cell, s':>9}{'ratio':>7}")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for (profile, what), text in PROGRAMS.items():
            path = pathlib.Path(folder, what + ENDINGS[profile])
            path.write_text(text)
            command = {"c": [path.with_suffix("")], "python": ["/usr/bin/python3", path],
                       "php": ["php", "-d", "memory_limit=-1", path]}[profile]
            if profile == "c":
                subprocess.run(["gcc", "-O1", "-o", command[0], path], check=True)
            bare, cell = [], []
            for _ in range(times):
                bare.append(float(subprocess.run(command, capture_output=True, check=True).stdout))
                cell.append(in_cell(profile, text))
            pairs = statistics.median(there / here for here, there in zip(bare, cell))
            print(f"{profile + ' ' + what:<18}{statistics.median(bare):9.3f}{statistics.median(cell):9.3f}{pairs:7.2f}", flush=True)


main()
