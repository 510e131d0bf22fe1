#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cost of a cell: `exrun run` compared with the bare program by posix_spawn, and, if it is installed, with bubblewrap with the same
mounts, by turns, in the same run. First a static `true`, then the hello of each interpreter. Then the parts of the time of a `true`, by
exrun's own clock. Figures are medians in milliseconds; read the ratios. Run it as root on a quiet machine.

    bench/one_shot.py [N]                      N runs of each, 100 by default
    bench/one_shot.py [N] --against BUILD      this build and another one by turns: p10, p50, p99, and the median of the ratios of neighbours"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = str(pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun")
BWRAP = shutil.which("bwrap")
MOUNTS = ["/usr", "/bin", "/lib", "/lib64", "/etc/alternatives", "/etc/php", "/etc/ld.so.cache"]
HELLOS = {"bash": (".sh", "echo hello", ["/bin/bash"]), "python": (".py", "print('hello')", ["/usr/bin/python3"]),
          "php": (".php", "<?php echo 'hello';", [os.path.realpath(shutil.which("php") or "/usr/bin/php")])}


def timed(command):
    """Milliseconds from spawn to the end, with nothing between this process and the program."""
    null = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1)]
    began = time.perf_counter()
    status = os.waitpid(os.posix_spawn(command[0], command, os.environ, file_actions=null), 0)[1]
    took = (time.perf_counter() - began) * 1000
    assert status == 0, (status, command)
    return took


def in_bwrap(folder, command):
    """The mounts of the cell: /usr and the links beside it, the profile's files in /etc, /proc, /dev, /tmp, the program's folder."""
    words = [BWRAP, "--unshare-all", "--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
             "--ro-bind", str(folder), "/box", "--chdir", "/box"]
    for path in filter(os.path.exists, MOUNTS):
        words += ["--symlink", os.readlink(path), path] if os.path.islink(path) else ["--ro-bind", path, path]
    return [*words, *command]


def programs(folder):
    """Name, bare command, command in bubblewrap, command of exrun."""
    (folder / "true.c").write_text("int main(void) { return 0; }\n")
    subprocess.run(["gcc", "-O2", "-static", "-o", folder / "true", folder / "true.c"], check=True)
    (folder / "file.true").write_text("")
    (folder / "true.json").write_text(json.dumps(
        {"v": 1, "name": "true", "title": "true", "entry": "file.true", "endings": [".true"], "run": [str(folder / "true")],
         "program": {"name": "true", "package": "-", "version": ["true"]}, "mounts": [*MOUNTS[:4], str(folder)],
         "network": "none", "policy": {"base": "common"}}))
    yield "true", [str(folder / "true")], ["/box/true"], [EXRUN, "run", "--profiles", str(folder), str(folder / "file.true")]
    for name, (ending, text, interpreter) in HELLOS.items():
        path = folder / ("hello" + ending)
        path.write_text(text)
        yield name, [*interpreter, str(path)], [*interpreter, "/box/" + path.name], [EXRUN, "run", str(path)]


def compare(times, folder):
    print(f"{'':<8}{'bare':>8}{'exrun':>8}{'ratio':>7}" + (f"{'bwrap':>8}{'ratio':>7}{'exrun/bwrap':>13}" if BWRAP else ""))
    for name, bare, inside, exrun in programs(folder):
        ways = {"bare": bare, "exrun": exrun, **({"bwrap": in_bwrap(folder, inside)} if BWRAP else {})}
        taken = {way: [] for way in ways}
        for _ in range(times):
            for way, command in ways.items():
                taken[way].append(timed(command))
        median = {way: statistics.median(values) for way, values in taken.items()}
        print(f"{name:<8}{median['bare']:8.2f}" + "".join(
            f"{median[way]:8.2f}{median[way] / median['bare']:7.2f}" for way in ("exrun", "bwrap") if way in ways)
            + (f"{statistics.median(a / b for a, b in zip(taken['exrun'], taken['bwrap'])):13.2f}" if BWRAP else ""), flush=True)


def percentile(values, percent):
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def compare_builds(times, folder, other):
    """Both builds run on the same machine at the same time, so the ratio of two neighbours is more precise than two medians."""
    print(f"{'':<8}" + "".join(f"{way + ' ' + figure:>12}" for way in ("this", "other") for figure in ("p10", "p50", "p99")) + f"{'ratio p50':>12}")
    for name, _, _, exrun in programs(folder):
        ways = {"this": exrun, "other": [str(other / "exrun"), *exrun[1:]]}
        taken = {way: [] for way in ways}
        for n in range(times):
            for way in sorted(ways, reverse=n % 2):  # the order changes each time
                taken[way].append(timed(ways[way]))
        ratio = statistics.median(a / b for a, b in zip(taken["this"], taken["other"]))
        print(f"{name:<8}" + "".join(f"{percentile(taken[way], percent):12.2f}" for way in ways for percent in (10, 50, 99)) + f"{ratio:12.3f}", flush=True)


def parts(times, folder):
    request = json.dumps({"profile": "true", "source": ""})
    command = [EXRUN, "run", "--json", "--profiles", folder, "-"]
    seen = [json.loads(subprocess.run(command, input=request, capture_output=True, check=True, text=True).stdout)["timing"]["parts_us"]
            for _ in range(times)]
    print("\nwhere exrun's own time goes, in microseconds:")
    for part in seen[0]:
        print(f"{part:<8}{statistics.median(one[part] for one in seen):8.0f}")
    print(f"{'all':<8}{statistics.median(sum(one.values()) for one in seen):8.0f}")


def main():
    parser = argparse.ArgumentParser(description="What a cell costs.")
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--against", type=pathlib.Path, metavar="BUILD")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        if options.against:
            compare_builds(options.times, folder, options.against.resolve())
            return
        compare(options.times, folder)
        parts(options.times, folder)


main()
