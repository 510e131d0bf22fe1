#!/usr/bin/env python3
"""What a cell costs: `exrun run --json` of a hello against the bare interpreter, and against bubblewrap where it is installed, in
turn, in the same run. Figures are medians in milliseconds; read the ratios. Run it as root on a quiet machine: bench/one_shot.py [N]"""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"
HELLOS = {"bash": ("main.sh", "echo hello", ["/bin/bash"]), "python": ("main.py", "print('hello')", ["/usr/bin/python3"]),
          "php": ("main.php", "<?php echo 'hello';", ["php"])}
BWRAP = ["bwrap", "--unshare-all", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
         "--symlink", "usr/bin", "/bin", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives", "--ro-bind-try", "/etc/php",
         "/etc/php", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--die-with-parent", "--new-session"]


def timed(command, text=b""):
    began = time.perf_counter()
    done = subprocess.run(command, input=text, capture_output=True, check=True)
    took = (time.perf_counter() - began) * 1000
    assert b"hello" in done.stdout, done
    return took


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    peer = shutil.which("bwrap")
    print(f"{'hello in':<10}{'bare':>8}{'exrun':>8}{'ratio':>7}" + (f"{'bwrap':>8}{'ratio':>7}" if peer else ""))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for profile, (name, text, interpreter) in HELLOS.items():
            path = pathlib.Path(folder, name)
            path.write_text(text)
            request = json.dumps({"profile": profile, "source": text}).encode()
            ways = {"bare": ([*interpreter, path], b""), "exrun": ([EXRUN, "run", "--json", "-"], request)}
            if peer:
                ways["bwrap"] = ([*BWRAP, "--ro-bind", path, f"/tmp/{name}", *interpreter, f"/tmp/{name}"], b"")
            taken = {way: [] for way in ways}
            for _ in range(times):
                for way, call in ways.items():
                    taken[way].append(timed(*call))
            median = {way: statistics.median(values) for way, values in taken.items()}
            print(f"{profile:<10}{median['bare']:8.1f}" + "".join(
                f"{median[way]:8.1f}{median[way] / median['bare']:7.1f}" for way in ("exrun", "bwrap") if way in ways))


main()
