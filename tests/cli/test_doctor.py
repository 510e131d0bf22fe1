# SPDX-License-Identifier: MIT
"""`exrun doctor` on this machine, and on machines without some feature: hierarchies are removed in a mount namespace of the test."""
import json
import os
import resource
import subprocess

import pytest

from conftest import EXRUN, ROOT, mount_points

NAMES = sorted(path.stem for path in (ROOT / "profiles").glob("*.json") if path.stem != "profile.schema")
CGROUPS = [point for point, kind in mount_points() if kind in ("cgroup", "cgroup2")]


def diagnose(exrun, *words, status=0, **more):
    done = exrun("doctor", "--json", *words, **more)
    assert done.returncode == status, done
    answer = json.loads(done.stdout)
    assert answer["v"] == 1 and answer["healthy"] is (status == 0)
    return {row["name"]: row for row in answer["facilities"]}, {row["name"]: row for row in answer["profiles"]}


def test_this_machine_is_healthy(exrun):
    facilities, profiles = diagnose(exrun)
    assert facilities.keys() >= {"kernel", "power", "namespaces", "cgroup", "swap", "seccomp", "seccomp-notify", "landlock", "calls",
                                 "mounts", "user-ids", "slots", "cache", "room"}
    for row in facilities.values():
        assert row["found"] and row["there"] in ("yes", "partly", "no")
        assert ("hint" in row and "costs" in row) == (row["there"] != "yes"), row
        assert row["there"] == "yes" or not row["needed"], row
    assert os.uname().release in facilities["kernel"]["found"]
    assert list(profiles) == NAMES
    assert all(row["said"] for row in profiles.values())


def test_people_get_a_table(exrun):
    done = exrun("doctor")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0 and lines[-1] == "Every limit of every profile can be held here."
    assert any(line.startswith("yes     namespaces ") for line in lines) and any(line.startswith("yes     bash ") for line in lines)


def hidden(*points):
    steps = [f"umount {point}" for point in points] + [f"exec {EXRUN} doctor --json"]
    return subprocess.run(["unshare", "--mount", "sh", "-c", " && ".join(steps)], capture_output=True, timeout=120, env=os.environ)


@pytest.mark.skipif("/sys/fs/cgroup/memory" not in CGROUPS, reason="this machine's controllers are not in cgroup v1")
def test_a_missing_controller_is_reported():
    done = hidden("/sys/fs/cgroup/memory")
    answer = json.loads(done.stdout)
    row = next(row for row in answer["facilities"] if row["name"] == "cgroup")
    assert done.returncode == 69 and answer["healthy"] is False
    assert row["there"] == "partly" and "not memory" in row["found"] and "memory" in row["hint"] and row["costs"]
    assert all(row["usable"] is False and '"memory"' in row["said"] for row in answer["profiles"])


def test_missing_cgroups_are_reported():
    done = hidden(*CGROUPS)
    row = next(row for row in json.loads(done.stdout)["facilities"] if row["name"] == "cgroup")
    assert done.returncode == 69 and row["there"] == "no" and row["found"].startswith("none")


def test_the_user_nobody_can_run_nothing(as_nobody):
    facilities, profiles = diagnose(as_nobody, status=69)
    assert facilities["cgroup"]["there"] != "yes" and "Delegate=yes" in facilities["cgroup"]["hint"]
    assert facilities["id-range"]["there"] == "no" and "usermod" in facilities["id-range"]["hint"]
    assert not any(row["usable"] for row in profiles.values())


def test_a_missing_extra_is_not_a_fault(exrun):
    facilities, _ = diagnose(exrun, env={"EXRUN_CACHE": "/proc/none"})
    assert facilities["cache"]["there"] == "no" and "EXRUN_CACHE" in facilities["cache"]["hint"]


def test_only_broken_languages_are_a_fault(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    (tmp_path / "absent.json").write_text(json.dumps({**profile, "name": "absent", "run": ["no-such-program"]}))
    _, profiles = diagnose(exrun, "--profiles", tmp_path)
    assert profiles["absent"]["usable"] is False and "apt-get install" in profiles["absent"]["said"]
    (tmp_path / "broken.json").write_text("{}")
    _, profiles = diagnose(exrun, "--profiles", tmp_path, status=69)
    assert "is required" in profiles["broken"]["said"]


def test_a_busy_machine_lacks_no_language(exrun, tmp_path):
    """A version command may take as long as the maximum of a run, not only as long as its default."""
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    late = {**profile, "name": "late", "limits": {**profile.get("limits", {}), "default": {"wall_ms": 300}},
            "program": {**profile["program"], "version": ["bash", "-c", "sleep 0.6; echo 5.2"]}}
    (tmp_path / "late.json").write_text(json.dumps(late))
    _, profiles = diagnose(exrun, "--profiles", tmp_path)
    assert profiles["late"]["usable"] and "5.2" in profiles["late"].values(), profiles["late"]


def test_languages_that_can_not_run_are_a_fault(exrun):
    few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
    done = exrun("doctor", "--json", preexec_fn=few)
    answer = json.loads(done.stdout)
    assert done.returncode == 69 and not any(row["usable"] for row in answer["profiles"]), answer


def test_wrong_usage_is_refused(exrun):
    assert exrun("doctor", "--frob").returncode == 64 and exrun("doctor", "x").returncode == 64
    assert b"exit status 0" in exrun("help", "doctor").stdout.lower()


@pytest.mark.parametrize("words", [["doctor"], ["profile", "list"], ["audit"]], ids=lambda words: words[0])
def test_a_command_that_can_not_do_its_work_says_so_to_machines(exrun, words):
    """As with `run --json`, there is one object on stdout, and the sentence is on stderr."""
    done = exrun(*words, "--json", "--profiles", "/nowhere")
    answer = json.loads(done.stdout)
    assert done.returncode == 66 and answer["v"] == 1 and answer["problem"]["detail"] in done.stderr.decode(), done
