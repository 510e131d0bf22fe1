#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Many runs of mixed behaviour, eight at a time, and the resources that the machine keeps after them.

    tests/soak.py [RUNS]        (default 20000; CI: 500)

Every verdict must be as expected. While they run, the machine's own counts are taken again and again: cgroups, mounts, network namespaces,
files below /run/exrun, open files, unreclaimable slab. A line is fitted through each: the number left per run must be zero, within noise.
If not, the exit status is 1. Needs root and a quiet machine, because the cgroups and files of others are counted too."""
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
# Programs that fill caches of the kernel.
SEARCHES = [
    ("ok", {"profile": "perl", "source": "$r = rand; -e \"/usr/share/none-$r-$_\" for 1 .. 20_000; print 'names'"}),
    ("ok", {"profile": "python", "source": "import os, random\nfor name in random.sample([name for name in os.listdir('/usr/bin') if os.path.isfile('/usr/bin/' + name)], 20):\n    f = open('/usr/bin/' + name, 'rb'); os.posix_fadvise(f.fileno(), 0, 0, 4); f.read()"}),
]


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
    parent = os.environ.get("EXRUN_CGROUP", "/exrun").strip("/")
    for path, pattern in ((f"memory/{parent}/memory.kmem.usage_in_bytes", r"(\d+)"), (f"{parent}/memory.stat", r"slab (\d+)")):
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
    """Gives the kernel time for deferred work (RCU, work queues), and drops caches that it could drop at any time."""
    time.sleep(0.7)
    with open("/proc/sys/vm/drop_caches", "w") as file:
        file.write("3")
    time.sleep(0.2)


def mapped_files():
    """Maps and reads the programs of MIX and their libraries. If it did not, a cell would be the first to read some of them after each drop, and
    if a process of the host maps such a page too, it would keep that cell's group."""
    programs = [shutil.which(name) for name in ("bash", "perl", "lua5.4", "sqlite3", "python3", "sleep", "head", "yes", "mkdir", "chmod", "unshare")]
    told = subprocess.run(["ldd", *filter(None, programs)], capture_output=True, text=True).stdout
    paths = {os.path.realpath(path) for path in [*filter(None, programs), *re.findall(r"(/\S+) \(0x", told)]}
    maps = []
    for path in paths:
        with open(path, "rb") as file:
            maps.append(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        sum(maps[-1][::mmap.PAGESIZE])
    return maps


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
    held = mapped_files()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, 4 * (MIX + SEARCHES)))  # the kernel's own caches fill up once
        for path in pathlib.Path("/usr/bin").iterdir():  # their pages are charged to us, and not to a cell
            path.is_file() and path.read_bytes()
        done = run_all(pool, parts_of(SEARCHES, max(total // 5, 100)), CACHED, lambda: time.sleep(0.7), samples, wrong)
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
