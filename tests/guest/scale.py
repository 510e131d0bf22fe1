# SPDX-License-Identifier: MIT
"""How much slower the guest is, and profiles whose default limits allow for that. Limits that a test names don't change, because a program
that must be stopped is stopped, even if it is slow.

    scale.py        in the guest: prints the factor, and creates /opt/exrun-profiles
    scale.py host   on the host: prints its figures as JSON
"""
import json
import pathlib
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def loop():
    for _ in range(50_000):
        pass


def start():
    subprocess.run(["bash", "-c", ":"], check=True)


def figures():
    """Seconds of a CPU loop and of an interpreter's start, the median of three."""
    found = {}
    for work in (loop, start):
        times = []
        for _ in range(3):
            began = time.perf_counter()
            work()
            times.append(time.perf_counter() - began)
        found[work.__name__] = statistics.median(times)
    return found


def scaled(limits, factor, most):
    return {key: min(int(value * factor), most.get(key, value)) if key in ("wall_ms", "cpu_ms") else value for key, value in limits.items()}


def make_profiles(factor):
    most = {"wall_ms": 60_000, "cpu_ms": 30_000}
    folder = pathlib.Path("/opt/exrun-profiles")
    folder.mkdir(parents=True, mode=0o755)
    for path in (ROOT / "profiles").glob("*.json"):
        profile = json.loads(path.read_text())
        if path.name != "profile.schema.json":
            limits = profile.setdefault("limits", {})
            limits["default"] = scaled({"wall_ms": 5000, "cpu_ms": 2000, **limits.get("default", {})}, factor, {**most, **limits.get("max", {})})
            if "compile" in profile:  # if it is compiled, its CPU limit is large enough
                times = profile["compile"]["limits"]
                times["wall_ms"] = min(int(times["wall_ms"] * factor), most["wall_ms"])
        (folder / path.name).write_text(json.dumps(profile))


if __name__ == "__main__":
    if sys.argv[1:] == ["host"]:
        print(json.dumps(figures()))
    else:
        host, guest = json.loads(pathlib.Path("/run/results/host.json").read_text()), figures()
        factor = max(1, statistics.median(guest[name] / host[name] for name in guest))
        make_profiles(factor)
        print(round(factor, 1))
