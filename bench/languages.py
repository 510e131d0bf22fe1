#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cost of a hello in each language: in a cell and with the bare interpreter or program, by turns, in the same run. If it is compiled:
the compiler in its cell and bare, and a run whose program comes from the compile cache and the bare program; "hit" is the time that the
cache itself took, in microseconds. Medians; read the ratios. Run it as root on a quiet machine: bench/languages.py [N]"""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve() / "exrun"


def timed(command, **more):
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True, **more)
    return (time.perf_counter() - began) * 1000, done.stdout


def outside(text, folder):
    """@text with the places of a cell below @folder."""
    return re.sub(r"(^|[^\w/]|-r)/(etc/exrun|tmp|box)\b", rf"\1{folder}/\2", text, flags=re.M)


def filled(argv, profile, folder):
    words = [outside(word, folder).replace("{sources}", "{entry}").replace("{entry}", profile["entry"]).replace("{memory_mib}", "256")
             for word in argv if word != "{args}"]
    return [shutil.which(words[0], path="/usr/local/bin:/usr/bin:/bin") or words[0], *words[1:]]


def in_cell(request, **env):
    took, out = timed([EXRUN, "run", "--json", "-"], input=json.dumps(request).encode(), env={**os.environ, **env})
    result = json.loads(out)
    assert result["verdict"] == "ok", result
    return took, result


def measure(profile, text, folder, times):
    request = {"profile": profile["name"], "source": text}
    box = folder / "box"
    bare_env = {**os.environ, **{name: outside(value, folder) for name, value in profile.get("env", {}).items()}, "HOME": str(box)}
    for path, own in {"box/" + profile["entry"]: text, "tmp/x": "", **{f"etc/{path}": own for path, own in profile.get("etc", {}).items()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(outside(own, folder))
    figures = {name: [] for name in ("bare compile", "cell compile", "bare", "cell", "hit")}
    in_cell(request, EXRUN_CACHE=str(folder / "cache"))
    for n in range(times):
        if "compile" in profile and n < max(3, times // 5):
            shutil.rmtree(folder / "tmp/go-cache", ignore_errors=True)  # the compiler in the cell starts without a cache, too
            figures["bare compile"].append(timed(filled(profile["compile"]["argv"], profile, folder), cwd=box, env=bare_env)[0])
            result = in_cell(request, EXRUN_CACHE="")[1]
            figures["cell compile"].append(result["compile"]["usage"]["wall_us"] / 1000)
        figures["bare"].append(timed(filled(profile["run"], profile, folder), cwd=box, env=bare_env)[0])
        took, result = in_cell(request, EXRUN_CACHE=str(folder / "cache"))
        figures["cell"].append(took)
        figures["hit"].append(result["timing"]["parts_us"]["cache"])
    return {name: statistics.median(values) for name, values in figures.items() if values}


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    print(f"{'hello in':<12}{'bare, ms':>9}{'cell, ms':>9}{'ratio':>7}{'compiler':>10}{'in cell':>9}{'ratio':>7}{'hit, us':>9}")
    for path in sorted((ROOT / "profiles").glob("*.json")):
        profile = json.loads(path.read_text())
        if "entry" not in profile:
            continue
        text = (ROOT / f"examples/hello{profile['endings'][0]}").read_text()
        with tempfile.TemporaryDirectory(prefix="bench-", dir="/var/tmp") as name:
            seen = measure(profile, text, pathlib.Path(name), times)
        line = f"{profile['name']:<12}{seen['bare']:9.1f}{seen['cell']:9.1f}{seen['cell'] / seen['bare']:7.2f}"
        if "bare compile" in seen:
            line += (f"{seen['bare compile']:10.0f}{seen['cell compile']:9.0f}{seen['cell compile'] / seen['bare compile']:7.2f}"
                     f"{seen['hit']:9.0f}")
        print(line, flush=True)


main()
