# SPDX-License-Identifier: MIT
"""`exrun audit`: every probe is held here, its answer has the documented form, and it reports the damage that a probe does."""
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree

import pytest

from conftest import BUILD, EXRUN, ROOT, SLOWNESS

sys.path.insert(0, str(ROOT / "tests/kit"))
import tables  # noqa: E402

HOSTILE = ROOT / "tests/hostile"
FILES = sorted(path.relative_to(HOSTILE) for path in HOSTILE.glob("*/*"))
IS_SANITIZER_BUILD = "-fsanitize" in (BUILD / "build.ninja").read_text()
IN_GUEST = "EXRUN_IN_GUEST" in os.environ
PARTS = 12
COMPILED = {"EXRUN_CACHE": str(BUILD / "compiled-probes"), "EXRUN_CACHE_BYTES": "1G"}  # where the guest finds the programs compiled outside
GROUPS = {"resources", "files", "processes", "network", "information", "control", "languages"}


def not_held(answer):
    """The probes in the printed object that were not held, and why."""
    rows = json.loads(answer or b"{}").get("probes", [])
    return "".join(f"\n{row['name']}: {row['why']}" for row in rows if row["outcome"] not in ("held", "not_run"))


def one_part(part, folder):
    """The arguments that choose one of PARTS parts of the corpus, which is copied into the folder as a separate group."""
    group = folder / f"part-{part}"
    group.mkdir()
    for path in FILES[part::PARTS]:
        shutil.copy(HOSTILE / path, group / f"{path.parent}-{path.name}")
    return ["--probes", folder, "--only", group.name]


def audit(exrun, *words, status=0, **more):
    """The printed object, and its rows by name."""
    done = exrun("audit", "--json", *words, timeout=500, **more)
    assert done.returncode == status, (not_held(done.stdout), done.stderr)
    answer = json.loads(done.stdout or b"{}")
    assert answer["v"] == 1 and answer["holds"] is (status == 0)
    return answer, {row["name"]: row for row in answer["probes"]}


def plant(folder, name, body, **head):
    """Writes a probe for this test."""
    head = {"tries": "a test", "layer": "root", "source": "a test", "expect": "ok", "breach": "BREACH", **head}
    path = folder / "planted" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"# {key}: {value}\n" for key, value in head.items() if value is not None) + body)


def test_the_corpus_is_complete():
    assert len(FILES) >= 150 and {path.parts[0] for path in FILES} == GROUPS
    listed = re.findall(r"'([^']+\.\w+)'", (HOSTILE / "meson.build").read_text())
    assert sorted(listed) == sorted(path.name for path in FILES), "tests/hostile/meson.build lists what is installed"


# Runs a command in separate IPC and mount namespaces, and looks at them before and after it. $1 is a folder; its file "left" gets the differences.
ALONE = """
folder=$1; shift
mkdir "$folder/queues" && mount -t mqueue none "$folder/queues" && mount -t tmpfs none /run && mount -t tmpfs none /dev/shm || exit 69
look() {
    find /run /dev/shm "$folder/queues" /tmp -maxdepth 3 ! -path "$folder/*" ! -path '/run/exrun/slots/*' \\( -type f -printf '%p %s %T@\\n' -o -printf '%p %y\\n' \\) | sort
    cat /proc/sysvipc/* /proc/self/mountinfo
    hostname
}
echo '{"profile": "bash", "source": "exit"}' | "$1" run --json - >/dev/null # makes what is there for all runs
look >"$folder/before"
"$@"; status=$?
look | diff "$folder/before" - >"$folder/left"
exit $status
"""


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the whole audit runs on the plain build; on this one those of bash and Python")
def test_everything_is_held(tmp_path):
    cache = pathlib.Path(COMPILED["EXRUN_CACHE"])
    cache.mkdir(mode=0o700, exist_ok=True)
    for entry in cache.iterdir():
        entry.unlink()
    answer, rows = audit(lambda *words, timeout: subprocess.run(["unshare", "--mount", "--ipc", "sh", "-c", ALONE, "sh", tmp_path, EXRUN, *words], capture_output=True,
                                                                timeout=timeout, env={**os.environ, **COMPILED}))
    assert (tmp_path / "left").read_text() == "", "the machine is as it was"
    assert {str(path) for path in FILES} == rows.keys()
    assert answer["total"]["probes"] == len(FILES) == answer["total"]["held"] + answer["total"]["not_run"]
    assert answer["groups"].keys() == GROUPS and sum(group["probes"] for group in answer["groups"].values()) == len(FILES)
    assert answer["took_ms"] < 180_000 * SLOWNESS
    assert all(row["why"] for row in rows.values() if row["outcome"] == "not_run")
    for row in rows.values():
        assert row.keys() - {"why"} == {"name", "group", "tries", "layers", "source", "profile", "outcome", "took_ms"}


@pytest.mark.skipif(not IS_SANITIZER_BUILD, reason="the whole audit has them")
@pytest.mark.parametrize("group", sorted(GROUPS))
@pytest.mark.parametrize("profile", ["bash", "python"])
def test_a_group_is_held_by_a_language(exrun, profile, group):
    _, rows = audit(exrun, "-p", profile, "--only", group)
    assert rows and {row["profile"] for row in rows.values()} == {profile}


# On the machine itself these names are not tests: tests/guest asks for them as test_everything_is_held, and runs them.
if IN_GUEST:
    @pytest.mark.parametrize("part", range(PARTS))
    def test_the_whole_audit_holds(exrun, tmp_path, part):
        """Each probe runs under the profile of its language."""
        _, rows = audit(exrun, *one_part(part, tmp_path), env=COMPILED)
        assert [row["outcome"] for row in rows.values()] == ["held"] * len(FILES[part::PARTS])


FEW = ["--only", "information/host*"]


def test_people_get_a_table(exrun):
    done = exrun("audit", *FEW)
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0 and re.fullmatch(r"GROUP +PROBES +HELD +FAILED +BREACHED +NOT RUN +TIME", lines[0])
    assert re.fullmatch(r"information +1 +1 +0 +0 +0 +[0-9.]+ s", lines[1])
    assert re.fullmatch(r"All 1 probes that were run were held, in [0-9.]+ s\.", lines[-1]) and len(lines) == 3


@pytest.fixture
def planted(tmp_path):
    """Good, bad and odd probes, and the answer that each must get."""
    plant(tmp_path, "a-good.sh", "echo held\n")
    plant(tmp_path, "b-breach.sh", "echo 'BREACH: a <door> & \"more\"'; printf '\\033[31m'\n")
    plant(tmp_path, "c-hangs.sh", "sleep 60\n", limits="wall=300ms")
    plant(tmp_path, "d-floods.sh", "yes\n", limits="output=10K")
    plant(tmp_path, "e-says-nothing.sh", "true\n")
    plant(tmp_path, "f-breaks.sh", "echo held; exit 3\n")
    plant(tmp_path, "g-is-stopped.py", "import ctypes; ctypes.CDLL(None).ptrace(0, 0, 0, 0)\n")
    plant(tmp_path, "h-no-limit.sh", "echo held\n", hits="disk")
    plant(tmp_path, "i-small.sh", "echo held\n", limits="files=1 wall=9999m")  # kept within the bounds of the profile
    plant(tmp_path, "j-of-nobody.xyz", "x\n")
    return tmp_path


OUTCOMES = {"a-good.sh": ("held", ""), "b-breach.sh": ("breached", 'it printed "BREACH: a <door>'), "c-hangs.sh": ("failed", '"timeout"'), "d-floods.sh": ("failed", '"output_limit"'),
            "e-says-nothing.sh": ("failed", 'never printed "held"'), "f-breaks.sh": ("failed", '"failed"'), "g-is-stopped.py": ("failed", '"denied ptrace"'),
            "h-no-limit.sh": ("failed", '"disk"'), "i-small.sh": ("held", ""), "j-of-nobody.xyz": ("not_run", "ending")}


def test_a_planted_probe_is_reported(exrun, planted):
    answer, rows = audit(exrun, "--probes", planted, "--only", "planted", status=1)
    assert {name.split("/")[1]: row["outcome"] for name, row in rows.items()} == {name: outcome for name, (outcome, _) in OUTCOMES.items()}
    for name, (_, why) in OUTCOMES.items():
        assert why in rows[f"planted/{name}"].get("why", ""), rows[f"planted/{name}"]
    assert answer["total"] == {"probes": 10, "held": 2, "failed": 6, "breached": 1, "not_run": 1}


def test_a_probe_reads_the_names_of_markers(exrun, tmp_path):
    plant(tmp_path, "reads.sh", 'read -r line; [[ $line == /*/exrun-audit-* ]] && echo held\n', reads="DIR")
    _, rows = audit(exrun, "--probes", tmp_path, "--only", "planted")
    assert rows.keys() == {"planted/reads.sh"}


def test_a_planted_probe_is_reported_to_people(exrun, planted):
    done = exrun("audit", "--probes", planted, "--only", "planted")
    text = done.stdout.decode()
    assert done.returncode == 1 and "\nBREACHED planted/b-breach.sh: it printed" in text and "\nFAILED   planted/c-hangs.sh: " in text
    assert "\n7 of 10 probes were not held" in text and "\nNOT RUN  1 of planted/j-of-nobody.xyz" in text and "\x1b" not in text


def test_tap_is_well_formed(exrun, planted):
    done = exrun("audit", "--tap", "--probes", planted, "--only", "planted")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 1 and lines[:2] == ["TAP version 14", "1..10"]
    points = [re.fullmatch(r"(ok|not ok) (\d+) - planted/(\S+)( # SKIP .+)?", line) for line in lines[2:] if line and line[0] != " "]
    assert all(points) and [int(point[2]) for point in points] == list(range(1, 11))
    for point in points:
        outcome = OUTCOMES[point[3]][0]
        assert (point[1] == "ok") is (outcome in ("held", "not_run")) and bool(point[4]) is (outcome == "not_run")
    assert lines.count("  ---") == lines.count("  ...") == 7
    [breach] = [line for line in lines if "door" in line]
    assert breach == r'  message: "it printed \"BREACH: a <door> & \"more\"\""'


def test_junit_is_well_formed(exrun, planted):
    done = exrun("audit", "--junit", "--probes", planted, "--only", "planted")
    root = xml.etree.ElementTree.fromstring(done.stdout)
    assert done.returncode == 1 and root.tag == "testsuites" and (root.get("tests"), root.get("failures"), root.get("skipped")) == ("10", "7", "1")
    [suite] = root
    assert suite.get("name") == "planted" and [case.get("name") for case in suite] == [f"planted/{name}" for name in OUTCOMES]
    assert {case.get("name"): case[0].tag for case in suite if len(case)} == {f"planted/{name}": "skipped" if outcome == "not_run" else "failure"
                                                                              for name, (outcome, _) in OUTCOMES.items() if outcome != "held"}
    assert 'BREACH: a <door> & "more"' in next(case[0].get("message") for case in suite if "breach" in case.get("name"))


@pytest.mark.parametrize("head, where, what", [
    ({"tries": None}, "planted/x.sh:1", '"tries"'), ({"layer": None}, "planted/x.sh:1", '"layer"'), ({"source": None}, "planted/x.sh:1", '"source"'),
    ({"expect": None}, "planted/x.sh:1", '"expect"'), ({"breach": None}, "planted/x.sh:1", '"breach"'), ({"nonsense": "x"}, "planted/x.sh:6", '"nonsense"'),
    ({"limits": "wall"}, "planted/x.sh:6", '"limits"'), ({"limits": "wall=x"}, "planted/x.sh:6", '"limits"'), ({"limits": "frob=1"}, "planted/x.sh:6", '"limits"'),
    ({"hits": "frob"}, "planted/x.sh:6", '"hits"'), ({"runs": "x"}, "planted/x.sh:6", '"runs"'), ({"copies": "9"}, "planted/x.sh:6", '"copies"'),
    ({"copies": "0"}, "planted/x.sh:6", '"copies"'), ({"reads": "@DIR@"}, "planted/x.sh:6", '"reads"'), ({"reads": "HOME"}, "planted/x.sh:6", '"reads"'),
], ids=str)
def test_a_wrong_head_is_reported_with_its_place(exrun, tmp_path, head, where, what):
    plant(tmp_path, "x.sh", "echo held\n", **head)
    done = exrun("audit", "--probes", tmp_path, "--only", "planted")
    assert done.returncode == 78 and where in done.stderr.decode() and what in done.stderr.decode() and done.stdout == b"", done


def test_a_probe_must_be_text(exrun, tmp_path):
    plant(tmp_path, "x.sh", "echo held\n")
    (tmp_path / "planted/x.sh").write_bytes(b"# tries: \xff\n")
    assert exrun("audit", "--probes", tmp_path).returncode == 78
    (tmp_path / "planted/x.sh").write_bytes(b"x" * 100_000)
    assert exrun("audit", "--probes", tmp_path).returncode == 66


@pytest.mark.parametrize("words, status, tells", [
    (["--only", "nothing*"], 64, "--only"), (["--only", "files/["], 64, 'without a "]"'), (["--json", "--tap"], 64, "--junit"), (["-p", "phyton"], 64, 'did you mean "python"'), (["-p", "go", "--only", "information"], 64, "does not match any probe"),
    (["--probes", "/nowhere"], 66, "/nowhere"), (["--profiles", "/nowhere"], 66, "/nowhere"), (["x"], 64, "x"), (["--frob"], 64, "--frob"),
])
def test_wrong_usage_is_refused(exrun, words, status, tells):
    done = exrun("audit", *words)
    assert done.returncode == status and tells in done.stderr.decode(), done


def test_the_user_nobody_can_not_audit(as_nobody):
    with pytest.MonkeyPatch.context() as patch:
        folder = shutil.copytree(HOSTILE, f"/tmp/audit-of-nobody-{os.getpid()}")
        try:
            os.chmod(folder, 0o755)
            patch.setenv("EXRUN_PROBES", folder)
            done = as_nobody("audit", "--only", "information")
        finally:
            shutil.rmtree(folder)
    assert done.returncode in (69, 77) and b"can't be enforced" in done.stderr and done.stdout == b"", done


def test_a_missing_language_is_not_run(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/lua.json").read_text())
    (tmp_path / "lua.json").write_text(json.dumps({**profile, "run": ["no-such-program", "{entry}"]}))
    _, rows = audit(exrun, "--profiles", tmp_path, "--only", "languages/[lp]*")
    assert {row["outcome"] for name, row in rows.items() if "/lua" in name} == {"not_run"} and {row["outcome"] for name, row in rows.items() if "/perl" in name} == {"held"}
    assert all("no-such-program" in row["why"] for name, row in rows.items() if "/lua" in name)
    _, rows = audit(exrun, "--profiles", tmp_path, "--only", "languages/lua*", status=69)
    assert {row["outcome"] for row in rows.values()} == {"not_run"}


def test_the_operator_s_profile_is_audited(exrun, tmp_path):
    """Every probe that can run under the operator's profile is run under it."""
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    (tmp_path / "mine.json").write_text(json.dumps({**profile, "name": "mine", "limits": {"default": {"wall_ms": 4000}, "max": {"wall_ms": 20_000}}}))
    _, rows = audit(exrun, "--profiles", tmp_path, "-p", "mine", "--only", "*o*")
    assert len(rows) > 10 and {row["profile"] for row in rows.values()} == {"mine"}


def test_a_profile_that_lets_too_much_in_is_found(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/bash.json").read_text())
    (tmp_path / "wide.json").write_text(json.dumps({**profile, "name": "wide", "mounts": [*profile["mounts"], "/var"]}))
    _, rows = audit(exrun, "--profiles", tmp_path, "-p", "wide", "--only", "files/host*", status=1)
    assert rows["files/host-folders.sh"]["outcome"] == "breached" and "/var" in rows["files/host-folders.sh"]["why"]


def test_a_policy_that_allows_too_much_is_found(exrun, tmp_path):
    profile = json.loads((ROOT / "profiles/c.json").read_text())
    (tmp_path / "loose.json").write_text(json.dumps({**profile, "name": "loose", "policy": {"base": "common", "allow": ["ptrace", "memfd_create"]}}))
    _, rows = audit(exrun, "--profiles", tmp_path, "-p", "loose", "--only", "*/*m[ef]*", status=1)
    assert rows["processes/ptrace-me.c"]["outcome"] == rows["resources/memory-of-memfd.c"]["outcome"] == "breached"


def test_what_was_compiled_is_not_kept(exrun, tmp_path):
    audit(exrun, "--only", "information/domain*", env={"EXRUN_CACHE": str(tmp_path / "compiled")})
    assert not (tmp_path / "compiled").exists()
    audit(exrun, "--only", "information/domain*", env={"EXRUN_CACHE": str(tmp_path / "compiled"), "EXRUN_CACHE_BYTES": ""})
    assert not (tmp_path / "compiled").exists()
    audit(exrun, "--only", "information/domain*", env={"EXRUN_CACHE": str(tmp_path / "compiled"), "EXRUN_CACHE_BYTES": "64M"})
    assert len([entry for entry in (tmp_path / "compiled").iterdir() if entry.name != "versions"]) == 1, "who names a place and a size has a cache for probes"


def test_a_signal_ends_it_and_nothing_stays(exrun):
    with subprocess.Popen([EXRUN, "audit", "--only", "resources"], stdout=subprocess.PIPE) as process:
        time.sleep(1)
        assert any(name.startswith("exrun-audit-") for name in os.listdir("/tmp"))
        process.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert process.wait(30) == 130 and time.monotonic() - began < 5 * SLOWNESS and process.stdout.read() == b""


def test_what_a_killed_audit_left_goes_with_the_next(exrun):
    with subprocess.Popen([EXRUN, "audit", "--only", "resources/sleep*"], stdout=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 20
        while not (left := [name for name in os.listdir("/tmp") if name.startswith("exrun-audit-") and os.path.exists(f"/tmp/{name}/socket")]):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.2)
        process.kill()
    secrets = [open(f"/tmp/{name}/secret").read() for name in left]
    audit(exrun, *FEW)
    assert all(os.path.exists(f"/tmp/{name}") for name in left), "it may be one that is just being made"
    for name in left:
        os.utime(f"/tmp/{name}", (1, 1))
    audit(exrun, *FEW)
    assert not any(os.path.exists(f"/tmp/{name}") for name in left)
    keys = {int(secret[24:], 16) & 0x7FFFFFFF | 1 for secret in secrets}
    assert not keys & {int(line.split()[0]) for line in open("/proc/sysvipc/shm").read().splitlines()[1:]}
    deadline = time.monotonic() + 20
    while json.loads(exrun("clean", "--json").stdout)["removed"]["cgroups"]["items"]:
        assert time.monotonic() < deadline


CLOUD = """
set -e
ip link set lo up
ip addr add 169.254.169.254/32 dev lo
exec /usr/bin/python3 -c '
import socket, subprocess, sys
listeners = [socket.create_server(("169.254.169.254", 80)), socket.create_server(("127.0.0.1", 53))]
socket.create_connection(("169.254.169.254", 80)).close()  # somebody could come
listeners[0].accept()
done = subprocess.run(sys.argv[1:])
for listener in listeners:
    listener.settimeout(0.2)
    try:
        listener.accept()
        sys.exit("somebody came")
    except TimeoutError:
        pass
sys.exit(done.returncode)
' "$@"
"""


@pytest.mark.skipif(not shutil.which("ip"), reason="iproute2 is not installed")
def test_nobody_comes_to_the_cloud_s_address():
    """In a network namespace of the test, where that address answers."""
    done = subprocess.run(["unshare", "--net", "sh", "-c", CLOUD, "sh", EXRUN, "audit", "--only", "network/[mns]*"], capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_layer_is_known_and_tried():
    assert {layer for _, layers in tables.probes() for layer in layers} == tables.LAYERS.keys()
