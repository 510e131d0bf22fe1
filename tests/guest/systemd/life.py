# SPDX-License-Identifier: MIT
"""The life of exrun's package under systemd: installed, started, reloaded, upgraded while clients send runs, stopped, removed. Each step writes
what it sees as a line of JSON to /run/results/facts.jsonl; test_systemd.py, on the host, says what is right."""
import collections
import datetime
import json
import os
import pathlib
import re
import subprocess
import time
import traceback

import clients

RESULTS = pathlib.Path("/run/results")
SERVICE = pathlib.Path("/sys/fs/cgroup/system.slice/exrun.service")
SHOWN = ["ActiveState", "ControlGroup", "Delegate", "MainPID", "MemoryMax", "NRestarts", "OOMPolicy", "Result", "StatusText", "SubState", "TasksMax", "Type", "WatchdogUSec"]


def command(*words, timeout=200):
    """Exit status and words of a command."""
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=timeout, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
    return {"status": done.returncode, "says": done.stdout}


def show(*names, unit="exrun.service"):
    return dict(line.split("=", 1) for line in command("systemctl", "show", unit, *(f"--property={name}" for name in names))["says"].splitlines())


def active():
    return {unit: command("systemctl", "is-active", unit)["says"].strip() for unit in ("exrun.service", "exrun.socket", "exrun-clean.timer")}


def processes():
    """What each process of exrun is: {pid: {"Name": ..., "Uid": ..., "cgroup": ...}}."""
    found = {}
    for path in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            facts = dict(re.findall(r"^(Name|Uid|Gid|Groups|CapEff|NoNewPrivs|Seccomp_filters):[ \t]*(.*)$", (path / "status").read_text(), re.M))
            if facts["Name"].startswith("exrun"):
                found[path.name] = {**facts, "cgroup": (path / "cgroup").read_text().strip(), "program": os.readlink(path / "exe")}
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def groups():
    """The groups of the service that contain processes, and the limits of all but the cells'."""
    found = {}
    for path in sorted([SERVICE, *SERVICE.glob("*")]):
        if path.is_dir():
            found[str(path.relative_to(SERVICE))] = {name: (path / name).read_text().split() for name in ("memory.max", "memory.peak", "cgroup.subtree_control", "cgroup.procs") if (path / name).exists()}
    return found


def filters(result):
    """How many filters of system calls a program has, which printed /proc/self/status."""
    return re.findall(r"Seccomp_filters:\s*(\d+)", result["stdout"])


# Two cells at a time are enough for the clients here, and only their language has some made ahead: an emulator takes minutes to park the others.
CONFIG = {"cells": {"running": 2, "keepers": 6, "profiles": {name: {"floor": int(name == "bash"), "ceiling": 3 * int(name == "bash")} for name in ("bash", "c", "cpp", "go", "java", "javascript", "lua", "perl", "php", "python", "ruby", "rust", "sql")}}}


def install():
    yield "install", command("dpkg", "-i", *map(str, RESULTS.glob("old/exrun_*.deb")))
    yield "installed", active()
    pathlib.Path("/etc/exrun/exrun.json").write_text(json.dumps(CONFIG))
    yield "checked", command("exrun", "serve", "--check")
    yield "enable", command("systemctl", "enable", "--now", "exrun.socket", "exrun.service")
    yield "enabled", active()


def look():
    yield "status", command("systemctl", "status", "--no-pager", "exrun.service")
    yield "shown", show(*SHOWN)
    yield "processes", processes()
    yield "groups", groups()
    program = {"profile": "bash", "source": "while read -r line; do echo \"$line\"; done </proc/self/status"}
    (RESULTS / "program.json").write_text(json.dumps(program))
    yield "served", filters(clients.ask(clients.Connection(), "POST", "/v1/runs", program)[1])
    yield "single", filters(json.loads(command("exrun", "run", "--json", str(RESULTS / "program.json"))["says"]))


def reload():
    before = show("MainPID")
    yield "reload", command("systemctl", "reload", "exrun.service")
    for _ in range(120):  # systemctl waits only until the service has the signal
        if show("ActiveState") != {"ActiveState": "reloading"}:
            break
        time.sleep(0.5)
    yield "reloaded", {"same": show("MainPID") == before, **show("StatusText", "ActiveState")}
    pathlib.Path("/etc/exrun/exrun.json").write_text(json.dumps({**CONFIG, "service": {"memory_bytes": 300 << 20}}))
    command("systemctl", "reload", "exrun.service")
    yield "limited", groups()


def sign_of_life():
    return int(show("WatchdogTimestampMonotonic")["WatchdogTimestampMonotonic"])


def upgrade():
    signs, before = sign_of_life(), show("MainPID")
    load = clients.Load(["short-anew", "short-anew", "short-kept", "long-anew"])
    try:
        time.sleep(8)
        began = time.monotonic()
        done = command("dpkg", "-i", *map(str, RESULTS.glob("new/exrun_*.deb")))
        ended = time.monotonic()
        time.sleep(8)
    finally:
        load.stop()
    yield "upgrade", {**done, "seconds": ended - began}
    yield "upgraded", {**show(*SHOWN), "before": before["MainPID"], "version": command("exrun", "--version")["says"], "active": active(), "processes": processes()}
    lines = [json.loads(line) for line in pathlib.Path("/var/log/exrun/runs.jsonl").read_text().splitlines()]
    # The old service's first word after it was told to end; the guest's two clocks stand still to each other.
    [drained] = [datetime.datetime.fromisoformat(line["at"].replace("Z", "+00:00")).timestamp() for line in lines if line["event"] == "drain"]
    drained -= time.time() - time.monotonic()
    yield "load", {"phases": collections.Counter("before" if at < began else "meanwhile" if at < ended else "after" for _, at, _, _ in load.ended),
                   "drained": sum(at < drained < end for _, at, end, _ in load.ended), "longest": max(end - at for _, at, end, _ in load.ended),
                   "sent": [run for run, _, _, _ in load.ended], "bad": [(run, what) for run, _, _, what in load.ended if what != "ok"]}
    yield "logged", [line.get("id") for line in lines if line["event"] == "run"]
    yield "events", [line for line in lines if line["event"] != "run"]
    yield "signs", sign_of_life() - signs
    yield "journal", command("journalctl", "--no-pager", "-o", "cat", "-u", "exrun.service")


def walk():
    """The commands of docs/operations.md that need systemd, in its order, and those in its text. There is no user's manager here."""
    for unit in ("nginx", "prometheus"):
        command("systemctl", "start", unit)
    page = (pathlib.Path(__file__).resolve().parents[3] / "docs/operations.md").read_text()
    lines = [line for block in re.findall(r"^```bash\n# with systemd\n(.*?)^```", page, re.M | re.S) for line in block.splitlines()]
    lines += [line for line in re.findall(r"`((?:systemctl|journalctl|systemd-tmpfiles|man) [^`]*)`", page) if "--user" not in line]
    yield "walked", {line: command("bash", "-c", line) for line in lines}
    yield "members", command("getent", "group", "exrun")


def stop():
    yield "stop", command("systemctl", "stop", "exrun.service", "exrun.socket")
    yield "stopped", {**show("Result", "ActiveState"), "processes": processes(), "group": SERVICE.exists(), "run": sorted(map(str, pathlib.Path("/run/exrun").rglob("*.sock"))),
                      "mounts": [line for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines() if "exrun" in line], "clean": command("exrun", "clean")}


def remove():
    command("systemctl", "start", "exrun.socket", "exrun.service")
    yield "again", active()
    yield "remove", command("dpkg", "-r", "exrun")
    yield "removed", {"processes": processes(), "active": active(), "socket": os.path.exists(clients.SOCKET)}


with open(RESULTS / "facts.jsonl", "w", buffering=1) as out:
    try:
        for step in (install, look, reload, upgrade, walk, stop, remove):
            for name, fact in step():
                out.write(json.dumps({"name": name, "fact": fact, "at": time.monotonic()}) + "\n")
                print(f"life: {name} at {time.monotonic():.0f} s", flush=True)
    except Exception:  # the host shows it
        out.write(json.dumps({"name": "fault", "fact": traceback.format_exc(), "at": time.monotonic()}) + "\n")
os.sync()
