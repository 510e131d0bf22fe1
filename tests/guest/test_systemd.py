# SPDX-License-Identifier: MIT
"""exrun's package under Debian's own systemd, as PID 1 of a guest: installed, started, reloaded, upgraded while clients send runs, stopped, removed.
systemd/life.py does it, and writes down what it sees; here is what is right.

Two builds of the package and an emulated life take four to five minutes, so this is switched on by hand:

    EXRUN_SYSTEMD_GUEST=1 python3 -m pytest -c tests/pytest.ini --rootdir tests tests/guest/test_systemd.py
"""
import collections
import json
import os
import pathlib
import subprocess
import time

import pytest

import machine

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve()
LONGEST = 500  # seconds of the guest's life, on a busy machine
NEWER = "9.1"

pytestmark = pytest.mark.skipif(not os.environ.get("EXRUN_SYSTEMD_GUEST"), reason="takes four to five minutes; EXRUN_SYSTEMD_GUEST=1 switches it on")


def build_packages(folder):
    for name, version in (("old", []), ("new", [NEWER])):
        subprocess.run([ROOT / "packaging/deb", folder / name, *version], check=True, timeout=300, stdout=subprocess.DEVNULL, env={**os.environ, "DEB_BUILD_OPTIONS": "noautodbgsym"})


@pytest.fixture(scope="module")
def life(tmp_path_factory):
    """What was seen at each step: {"install": ..., ...}. EXRUN_SYSTEMD_PACKAGES: a folder with old/ and new/, which are not built then."""
    if machine.missing():
        pytest.skip(machine.missing())
    folder = tmp_path_factory.mktemp("systemd")
    try:
        machine.make_kernel(BUILD / "guest")
    except AssertionError as fault:
        pytest.skip(f"there is no kernel for the guest: {fault}")
    if os.environ.get("EXRUN_SYSTEMD_PACKAGES"):
        for name in ("old", "new"):
            subprocess.run(["cp", "-r", pathlib.Path(os.environ["EXRUN_SYSTEMD_PACKAGES"]) / name, folder], check=True)
    else:
        build_packages(folder)
    machine.pack_python(folder / "python.tar")
    with open(folder / "console", "wb") as console:
        running = machine.start(BUILD / "guest", folder, HERE / "systemd/boot", console)
        try:
            ends = time.monotonic() + LONGEST
            while running.poll() is None and time.monotonic() < ends:
                time.sleep(0.5)
        finally:
            running.kill()
            running.wait()
    lines = (folder / "facts.jsonl").read_text().splitlines() if (folder / "facts.jsonl").exists() else []
    facts = {one["name"]: one["fact"] for one in map(json.loads, lines)}
    assert "removed" in facts and "fault" not in facts, facts.get("fault") or (folder / "console").read_text(errors="replace")[-5000:]
    return facts


def fine(step):
    assert step["status"] == 0, step["says"]
    return step["says"]


def test_installing_starts_nothing_but_the_timer(life):
    fine(life["install"])
    assert life["installed"] == {"exrun.service": "inactive", "exrun.socket": "inactive", "exrun-clean.timer": "active"}


def test_it_is_enabled_and_started(life):
    fine(life["checked"])
    fine(life["enable"])
    assert life["enabled"] == {"exrun.service": "active", "exrun.socket": "active", "exrun-clean.timer": "active"}


def test_status_shows_what_the_service_reports(life):
    says = fine(life["status"])
    assert "active (running)" in says and 'Status: "Runs programs for the clients of 2 sockets."' in says and "exrun.socket" in says
    assert "└─exrun-self" in says and "├─exrun\n" in says  # the cells' groups are below the service's own


def test_systemd_understands_each_option(life):
    """As SERVICE.md ("Unit") has decided. systemd ignores an option that it doesn't know, and says so in the journal."""
    wanted = {"Type": "notify", "Delegate": "yes", "OOMPolicy": "continue", "TasksMax": "infinity", "MemoryMax": "infinity", "WatchdogUSec": "30s",
              "ControlGroup": "/system.slice/exrun.service", "NRestarts": "0", "Result": "success"}
    assert {name: life["shown"][name] for name in wanted} == wanted
    assert "Unknown key" not in life["status"]["says"] + life["journal"]["says"]


def test_the_watchdog_is_fed(life):
    """A sign each 15 s, so its time moves while the load runs."""
    assert life["signs"] > 0


def test_processes_have_the_rights_that_are_documented(life):
    for found, main in ((life["processes"], life["shown"]["MainPID"]), (life["upgraded"]["processes"], life["upgraded"]["MainPID"])):
        [front] = [one for one in found.values() if one["Name"] == "exrun-front"]
        [uid] = set(front["Uid"].split())
        assert int(uid) >= 1_900_000_000 and uid in front["Gid"] and front["Groups"] == ""
        assert (front["CapEff"], front["NoNewPrivs"], front["Seccomp_filters"]) == ("0" * 16, "1", "1")
        assert len([one for one in found.values() if uid in one["Uid"].split()]) == 1  # no other process has its ID
        warden = found[main]
        assert (warden["Name"], warden["Uid"].split()[0], warden["Seccomp_filters"]) == ("exrun", "0", "0")
        for one in (front, warden):
            assert one["cgroup"] == "0::/system.slice/exrun.service/exrun-self"


def test_the_delegated_group_is_used(life):
    groups = life["groups"]
    assert {"memory", "pids"} <= set(groups["."]["cgroup.subtree_control"]) and groups["."]["cgroup.procs"] == []
    assert {"memory", "pids"} <= set(groups["exrun"]["cgroup.subtree_control"]) and groups["exrun"]["cgroup.procs"] == []


def test_the_service_s_own_processes_have_a_limit_on_memory(life):
    """"service.memory_bytes" of the configuration, for all that is not in a cell; not for the cells, whose limits are their own."""
    for found, mib in ((life["groups"], 512), (life["limited"], 300)):
        assert {name: found[name]["memory.max"] for name in (".", "exrun", "exrun-self")} == {".": ["max"], "exrun": ["max"], "exrun-self": [str(mib << 20)]}


def test_the_unit_adds_no_filter_to_programs(life):
    assert life["served"] and life["served"] == life["single"]


def test_a_reload_keeps_the_process(life):
    fine(life["reload"])
    assert life["reloaded"] == {"same": True, "StatusText": "Has loaded the configuration and the profiles again.", "ActiveState": "active"}


def test_an_upgrade_refuses_no_client(life):
    """No refused or broken connection, no other status than 200, no other verdict than "ok". There were clients all the time, also while the old service ended."""
    fine(life["upgrade"])
    load = life["load"]
    print({name: what for name, what in load.items() if name != "sent"}, f"{life['upgrade']['seconds']:.0f} s of dpkg")
    assert load["bad"] == []
    assert min(load["phases"].get(name, 0) for name in ("before", "meanwhile", "after")) > 0, load["phases"]
    assert load["drained"] > 0, "no client waited when the old service began to end"


def test_nothing_runs_twice(life):
    """The service's log has one line for each run that was sent."""
    runs = collections.Counter(life["logged"])
    assert {run: runs[run] for run in life["load"]["sent"]} == dict.fromkeys(life["load"]["sent"], 1)
    assert set(runs.values()) == {1}


def test_the_newer_version_answers_afterwards(life):
    after = life["upgraded"]
    assert after["version"] == f"exrun {NEWER}\n" and after["MainPID"] != after["before"] and after["active"]["exrun.socket"] == after["active"]["exrun.service"] == "active"
    assert {one["program"] for one in after["processes"].values() if one["Name"].startswith("exrun")} == {"/usr/bin/exrun"}  # not a deleted file
    assert (after["Result"], after["NRestarts"]) == ("success", "0")
    assert [line["event"] for line in life["events"]].count("drain") == 1


def test_the_commands_of_the_operators_page_work(life):
    for line, done in life["walked"].items():
        fine({**done, "says": f"{line}: {done['says']}"})
    assert len(life["walked"]) >= 10 and "exrun-clean.timer" in life["walked"]["systemctl list-timers exrun-clean.timer"]["says"]
    assert "www-data" in fine(life["members"])


def test_stopping_leaves_nothing(life):
    fine(life["stop"])
    stopped = life["stopped"]
    assert (stopped["Result"], stopped["ActiveState"], stopped["processes"], stopped["group"], stopped["run"], stopped["mounts"]) == ("success", "inactive", {}, False, [], [])
    assert fine(stopped["clean"]).startswith("removed 0 cgroups, 0 processes, 0 slots, 0 sockets")


def test_removing_stops_the_service(life):
    assert life["again"]["exrun.service"] == "active"
    fine(life["remove"])
    assert life["removed"] == {"processes": {}, "active": dict.fromkeys(("exrun.service", "exrun.socket", "exrun-clean.timer"), "inactive"), "socket": False}
