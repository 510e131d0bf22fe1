#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many runs of mixed behaviour, eight at a time, and the resources that the machine keeps after them.

    tests/soak.py [RUNS]        (default 20000; CI: 500)

Every verdict must be as expected. While they run, the machine's own counts are taken again and again: cgroups, mounts, network namespaces,
files below /run/exrun, open files, unreclaimable slab. A line is fitted through each: the number left per run must be zero, within noise.
If not, the exit status is 1. Needs root and a quiet machine, because the cgroups and files of others are counted too."""
import ctypes
import json
import mmap
import os
import pathlib
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"
CGROUPS = pathlib.Path("/sys/fs/cgroup")
PARENT = os.environ.get("EXRUN_CGROUP", "/exrun").strip("/")
MIB = 1 << 20

# Verdict, request.
MIX = [
    ("ok", {"profile": "bash", "source": "echo hello"}),
    ("ok", {"profile": "bash", "source": "for i in 1 2 3; do (setsid sleep 60 &); done; mkdir -p /tmp/a/b; echo x >/tmp/a/b/c; chmod 0 /tmp/a"}),
    ("failed", {"profile": "bash", "source": "exit 3"}),
    ("crashed", {"profile": "bash", "source": "kill -SEGV $$; sleep 60"}),
    ("cpu_timeout", {"profile": "bash", "source": "while :; do :; done", "limits": {"cpu_ms": 20}}),
    ("timeout", {"profile": "bash", "source": "sleep 60 & sleep 60", "limits": {"wall_ms": 30}}),
    ("output_limit", {"profile": "bash", "source": "yes", "limits": {"output_bytes": 100000}}),
    ("denied", {"profile": "bash", "source": "unshare -U true"}),
    ("out_of_memory", {"profile": "bash", "source": "head -c 64M /dev/zero >/tmp/f; sleep 60", "limits": {"memory_bytes": 16 * MIB, "disk_bytes": 128 * MIB}}),
    ("ok", {"profile": "perl", "source": "for (1 .. 20) { next if fork; exit } 1 while wait > 0; print 'done'", "limits": {"processes": 64}}),
    ("ok", {"profile": "lua", "source": "for i = 1, 300 do io.open('/tmp/' .. i, 'w'):write('x') end print('files')", "limits": {"files": 1024}}),
    ("ok", {"profile": "sql", "source": "SELECT 1;"}),
]
# Small files that cells try to drop from the page cache and read, five in each run.
READ_BY_CELLS = [path for path in sorted(pathlib.Path("/usr/share").rglob("*")) if path.is_file() and 0 < path.stat().st_size <= 4096][:2000]
READS = [("ok", {"profile": "python", "source": "import os\nfor name in %r:\n    f = open(name, 'rb'); os.posix_fadvise(f.fileno(), 0, 0, 4); f.read()"
                 % [*map(str, READ_BY_CELLS[n::400])]}) for n in range(400)]
# Programs that fill caches of the kernel, names of files that don't exist as often as reads.
SEARCHES = [*READS, *[("ok", {"profile": "perl", "source": "$r = rand; -e \"/usr/share/none-$r-$_\" for 1 .. 20_000; print 'names'"})] * len(READS)]


def count_lines(path):
    with open(path) as file:
        return sum(1 for _ in file)


def slab(name):
    """The number of objects of this kind. The kernel counts a page that a CPU holds in reserve as full, 7 network namespaces each,
    so it gives those back first (Documentation/ABI/testing/sysfs-kernel-slab, "shrink")."""
    try:
        with open(f"/sys/kernel/slab/{name}/shrink", "w") as file:
            file.write("1")
    except OSError:
        pass  # if a kernel lacks it, pages are counted
    with open("/proc/slabinfo") as file:
        return next((int(line.split()[1]) for line in file if line.split()[0] == name), 0)


def kernel_memory():
    """KiB of kernel memory charged to the group above all cells after theirs are gone: mostly names of files that don't exist."""
    for path, pattern in ((f"memory/{PARENT}/memory.kmem.usage_in_bytes", r"(\d+)"), (f"{PARENT}/memory.stat", r"slab (\d+)")):
        if (CGROUPS / path).exists():
            return int(re.search(pattern, (CGROUPS / path).read_text())[1]) >> 10
    return 0


def meminfo(name):
    with open("/proc/meminfo") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))


def cgroups():
    """The number of cgroups, including those that are removed but that the kernel still keeps."""
    with open("/proc/cgroups") as file:
        return sum(int(line.split()[2]) for line in file if re.match(r"(memory|pids)\s", line))


COUNTS = {
    # A count, and how much of it a run may leave: less than one in so many runs.
    "cgroups": (cgroups, 0.02),
    "mounts": (lambda: count_lines("/proc/self/mountinfo"), 0.001),
    "network namespaces": (lambda: slab("net_namespace"), 0.02),
    "files of /run/exrun": (lambda: sum(len(names) for _, _, names in os.walk("/run/exrun")), 0.02),
    "open files": (lambda: int(open("/proc/sys/fs/file-nr").read().split()[0]), 0.5),
    "inodes in memory": (lambda: slab("shmem_inode_cache"), 1.0),
    "slab, KB": (lambda: meminfo("SUnreclaim"), 2.0),
}
# Counts that the kernel would reduce if memory ran short, so they are taken before that happens.
CACHED = {"kernel memory, KB": (kernel_memory, 20), "cgroups, dying": (cgroups, 0.1)}


def run(row):
    """Performs one run. Returns None, or a sentence if something was wrong with it."""
    verdict, request = row
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps(request).encode(), capture_output=True, timeout=120)
    result = json.loads(done.stdout)
    if done.returncode or result.get("verdict") != verdict or "unreclaimed" in result:
        return f"{request['source'][:40]!r}: {verdict} expected: {done.stdout[:300]!r} {done.stderr[:200]!r}"
    return None


def settle():
    """Gives the kernel time for deferred work, and drops caches that it could drop at any time. The longest such work is the OOM reaper's: it
    holds a killed process, and with it the group, for 2 s (OOM_REAPER_DELAY in mm/oom_kill.c)."""
    time.sleep(2.3)
    with open("/proc/sys/vm/drop_caches", "w") as file:
        file.write("3")
    time.sleep(0.2)


def files_of_programs():
    """The programs of MIX and SEARCHES, their libraries, and the modules that Python loads."""
    programs = [*filter(None, map(shutil.which, ("bash", "perl", "lua5.4", "sqlite3", "python3", "sleep", "head", "yes", "mkdir", "chmod", "unshare")))]
    libraries = subprocess.run(["ldd", *programs], capture_output=True, text=True).stdout
    modules = subprocess.run(["/usr/bin/python3", "-s", "-c", "import os, sys\nfor m in sys.modules.values(): print(getattr(m, '__file__', ''), getattr(m, '__cached__', ''), sep='\\n')"],
                             capture_output=True, text=True).stdout
    return {os.path.realpath(path) for path in [*programs, *re.findall(r"(/\S+) \(0x", libraries), *modules.split()] if os.path.isfile(path)}


def locked_files():
    """Maps those files and locks them in memory. A cell that is the first to read a page is charged for it, and the kernel keeps the cell's group
    for as long as the page is cached. Without the lock pages go at any time: some virtual machines give the page cache back to their host."""
    maps = []
    for path in files_of_programs():
        with open(path, "rb") as file:
            maps.append(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
    if ctypes.CDLL(None, use_errno=True).mlockall(1):  # MCL_CURRENT
        raise OSError(ctypes.get_errno(), "mlockall")
    return maps


def read_again():
    """Reads what the cells of SEARCHES read, so that pages that went in between are charged to us, and not to a cell."""
    for path in READ_BY_CELLS:
        path.read_bytes()
    time.sleep(0.7)


def slope(xs, ys):
    """The slope of the line, by least squares."""
    mx, my = statistics.mean(xs), statistics.mean(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)


def run_all(pool, parts, counts, between, samples, wrong):
    """Runs the parts, and takes a sample of each count before each of them and at the end."""
    done = [0]
    for part in [*parts, None]:
        between()
        for name, (count, _) in counts.items():
            samples.setdefault(name, []).append(count())
        if part is not None:
            wrong += [fault for fault in pool.map(run, part) if fault]
            done.append(done[-1] + len(part))
    return done


def parts_of(rows, total, n_parts=10):
    order = random.Random(7).choices(rows, k=total)
    return [order[total * n // n_parts:total * (n + 1) // n_parts] for n in range(n_parts)]


def left_by_a_run(done, values):
    # The last half as well, because something that fills up once is not a leak.
    half = len(done) // 2
    return min(slope(done, values), slope(done[half:], values[half:]))


def main():
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 20000
    wrong, samples, left = [], {}, {}
    began = time.monotonic()
    held = locked_files()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, 4 * (MIX + SEARCHES[:1] + SEARCHES[-1:])))  # the kernel's own caches fill up once
        done = run_all(pool, parts_of(SEARCHES, max(total // 5, 100)), CACHED, read_again, samples, wrong)
        left |= {name: left_by_a_run(done, samples[name]) for name in CACHED}
        done = run_all(pool, parts_of(MIX, total), COUNTS, settle, samples, wrong)
        left |= {name: left_by_a_run(done, samples[name]) for name in COUNTS}
    del held
    print(f"{total} runs in {time.monotonic() - began:.0f} s, {len(wrong)} not as expected")
    for fault in wrong[:10]:
        print("  " + fault)
    print(f"{'what':<22}{'before':>10}{'after':>10}{'a run leaves':>15}{'at most':>10}")
    bad = 0
    for name, (_, most) in (COUNTS | CACHED).items():
        bad += left[name] > most
        print(f"{name:<22}{samples[name][0]:>10}{samples[name][-1]:>10}{left[name]:>15.4f}{most:>10.3f}{'  LEFT' if left[name] > most else ''}")
    return 1 if wrong or bad else 0


sys.exit(main())
