#!/usr/bin/env python3
"""Runs each example through the real binary, and prints what became of it. Languages that are not installed are named at the end. Fails
where a verdict is not as expected."""
import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
EXRUN = pathlib.Path(os.environ.get("EXRUN_BUILD", HERE.parent / "build")).resolve() / "exrun"
PROFILES = {".php": "php", ".py": "python", ".sh": "bash", ".c": "c", ".js": "javascript", ".rb": "ruby", ".pl": "perl", ".lua": "lua",
            ".cpp": "cpp", ".go": "go", ".rs": "rust", ".java": "java", ".sql": "sql"}
MIB = 1 << 20

# The verdict of each example, and the limits that are not the profile's own.
EXAMPLES = {
    "hello.php": ("ok", {}),
    "hello.py": ("ok", {}),
    "hello.sh": ("ok", {}),
    "hello.c": ("ok", {}),
    "hello.js": ("ok", {}),
    "hello.rb": ("ok", {}),
    "hello.pl": ("ok", {}),
    "hello.lua": ("ok", {}),
    "hello.cpp": ("ok", {}),
    "hello.go": ("ok", {}),
    "hello.rs": ("ok", {}),
    "hello.java": ("ok", {}),
    "hello.sql": ("ok", {}),
    "collection.php": ("ok", {}),
    "exit-3.py": ("failed", {}),
    "endless-loop.php": ("cpu_timeout", {"cpu_ms": 300}),
    "cpu-of-four.py": ("cpu_timeout", {"cpu_ms": 300}),
    "sleeper.sh": ("timeout", {"wall_ms": 800}),
    "memory-hog.py": ("out_of_memory", {"memory_bytes": 64 * MIB}),
    "memory-file.sh": ("out_of_memory", {"memory_bytes": 48 * MIB, "disk_bytes": 96 * MIB}),
    "fork-bomb.sh": ("timeout", {"processes": 16, "wall_ms": 800}),
    "output-flood.py": ("output_limit", {"output_bytes": 64 << 10}),
    "network.py": ("ok", {}),
    "read-shadow.php": ("failed", {}),
    "ptrace.c": ("denied", {}),
    "unshare.sh": ("denied", {}),
    "crash.c": ("crashed", {}),
    "abort.py": ("crashed", {}),
    "compile-error.c": ("compile_failed", {}),
    "unhandled.js": ("failed", {}),
    "endless-recursion.rb": ("failed", {}),
    "missing-file.pl": ("failed", {}),
    "endless-string.lua": ("out_of_memory", {"memory_bytes": 32 * MIB}),
    "uncaught.cpp": ("crashed", {}),
    "deadlock.go": ("failed", {}),
    "borrow.rs": ("compile_failed", {}),
    "index.java": ("failed", {}),
    "endless-query.sql": ("cpu_timeout", {"cpu_ms": 300}),
}
HEAD = ("example", "verdict", "exit", "wall ms", "CPU ms", "MB", "message")


def run(path, limits):
    """One run of the file; the result, or None after the reason has been printed."""
    request = {"profile": PROFILES[path.suffix], "source": path.read_text(), "limits": limits}
    done = subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps(request).encode(), capture_output=True,
                          timeout=60)
    if done.returncode == 0:
        return json.loads(done.stdout)
    print(f"{path.name}: exrun ended with {done.returncode}: {done.stderr.decode().strip()}", file=sys.stderr)
    return None


def line(name, result, expected):
    """A row of the table."""
    usage = result["usage"]
    verdict = result["verdict"]
    end = result["exit_code"] if result["signal"] is None else result["signal"]
    return (name, verdict if verdict == expected else f"{verdict}, not {expected}", "-" if end is None else str(end),
            f"{usage['wall_us'] / 1000:.1f}", f"{usage['cpu_us'] / 1000:.1f}",
            f"{usage['memory_peak_bytes'] / 1e6:.1f}", result["message"])


def show(rows):
    """Prints the rows in columns; numbers stand to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = [cell.rjust(width) if HEAD[column] in ("wall ms", "CPU ms", "MB") else cell.ljust(width)
                 for column, (cell, width) in enumerate(zip(row, widths))]
        print("  ".join(cells).rstrip())


def missing():
    """Languages that can't be run here, with what to do."""
    done = subprocess.run([EXRUN, "profile", "list", "--json"], capture_output=True, check=True, timeout=120)
    return {row["name"]: f"{row['why']}; {row['hint']}" for row in json.loads(done.stdout)["profiles"] if not row["usable"]}


def main():
    rows = [HEAD]
    wrong = 0
    absent = missing()
    for name, (expected, limits) in EXAMPLES.items():
        if PROFILES[pathlib.Path(name).suffix] in absent:
            continue
        result = run(HERE / name, limits)
        if result:
            rows.append(line(name, result, expected))
        wrong += not result or result["verdict"] != expected
    show(rows)
    for language, why in absent.items():
        print(f"{language}: not here: {why}")
    if wrong:
        print(f"{wrong} of {len(EXAMPLES)} examples did not end as expected", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
