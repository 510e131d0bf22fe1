# SPDX-License-Identifier: MIT
"""Usage figures, each bounded from both sides for a program that uses a known amount. The upper bounds allow for a busy machine, but not
for a figure that counts something else."""
import json
import subprocess
import time

import pytest

from conftest import EXRUN, lies_within

MIB = 1 << 20
HEAD = ("#define _GNU_SOURCE\n#include <fcntl.h>\n#include <stdlib.h>\n#include <string.h>\n#include <sys/mman.h>\n"
        "#include <sys/wait.h>\n#include <time.h>\n#include <unistd.h>\n"
        "static void burn(double s) { struct timespec t; do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);"
        " while (t.tv_sec + t.tv_nsec / 1e9 < s); }\n"
        "static void touch(char *p, size_t n) { for (size_t i = 0; i < n; i += 4096) ((volatile char *)p)[i] = 1; }\n"
        "int main(void) { ")

# Program, limits, figure, at least, at most.
ROWS = {
    "cpu-of-four": ("for (int i = 0; i < 4; i++) if (!fork()) { burn(0.075); _exit(0); } while (wait(0) > 0);",
                    "cpu_us", 300_000, 400_000),
    "cpu-nobody-waited-for": ("int p[2]; char x; if (pipe(p)) return 1; if (!fork()) { setsid(); if (!fork()) { burn(0.2); _exit(write(p[1], \"x\", 1) != 1); }"
                              " _exit(0); } wait(0); if (read(p[0], &x, 1) != 1) return 1;", "cpu_us", 200_000, 300_000),
    "cpu-of-a-sleeper": ("usleep(500000);", "cpu_us", 0, 30_000),
    "user": ("for (volatile long i = 0; i < 100000000; i++);", "user_us", 30_000, 1_900_000),
    "system": ("char b[4096]; int z = open(\"/dev/zero\", O_RDONLY); for (int i = 0; i < 100000; i++) if (read(z, b, 4096) < 0) return 1;",
               "system_us", 5_000, 2_000_000),
    "wall": ("usleep(500000);", "wall_us", 500_000, 1_500_000),
    "heap": ("char *p = malloc(40 << 20); touch(p, 40 << 20);", "memory_peak_bytes", 40 * MIB, 43 * MIB),
    "heap-given-back": ("char *p = mmap(0, 40 << 20, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); touch(p, 40 << 20); munmap(p, 40 << 20);",
                        "memory_peak_bytes", 40 * MIB, 43 * MIB),
    "heap-of-children": ("for (int i = 0; i < 4; i++) if (!fork()) { char *p = malloc(10 << 20); touch(p, 10 << 20); pause(); }"
                         " usleep(700000);", "memory_peak_bytes", 40 * MIB, 43 * MIB),
    "heap-asked-for-only": ("char *p = malloc(40 << 20); return p == 0;", "memory_peak_bytes", 4096, 3 * MIB),
    "memory-file": ("char *p = malloc(1 << 20); touch(p, 1 << 20); int f = open(\"/dev/shm/f\", O_CREAT | O_WRONLY, 0600);"
                    " for (int i = 0; i < 16; i++) if (write(f, p, 1 << 20) < 0) return 1;", "memory_peak_bytes", 17 * MIB, 20 * MIB),
    "disk": ("char *p = malloc(1 << 20); int f = open(\"/tmp/f\", O_CREAT | O_WRONLY, 0600);"
             " for (int i = 0; i < 5; i++) if (write(f, p, 1 << 20) < 0) return 1;", "disk_bytes", 5 * MIB, 5 * MIB + 65536),
    "processes": ("for (int i = 0; i < 16; i++) if (!fork()) pause(); usleep(300000);", "processes_peak", 17, 17),
    "one-process": ("", "processes_peak", 1, 1),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_figure_is_within_its_bounds(name, run):
    program, figure, least, most = ROWS[name]
    result = run({"profile": "c", "source": HEAD + program + " return 0; }\n"})
    usage = result["usage"]
    assert result["verdict"] == "ok", result
    assert lies_within(figure, usage[figure], least, most), usage
    assert usage["user_us"] + usage["system_us"] == usage["cpu_us"]


def test_exrun_itself_is_small(exrun):
    """The peak of its resident memory, read during a run whose program has written a megabyte."""
    if b"fault points" in exrun("--version").stdout:
        pytest.skip("a sanitizer build keeps a shadow of its memory; the plain build is measured")
    request = {"profile": "python", "source": "import time; print('x' * 1000000, flush=True); time.sleep(1)"}
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        time.sleep(0.6)
        with open(f"/proc/{process.pid}/status") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
        result = json.loads(process.stdout.read())
    assert result["verdict"] == "ok" and len(result["stdout"]) == 1000001
    assert 500 < peak < 8192, f"{peak} KiB"
