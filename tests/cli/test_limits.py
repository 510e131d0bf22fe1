# SPDX-License-Identifier: MIT
"""Each limit, set by flag, request and profile, can be lowered freely, and raised up to the profile's maximum. Each program needs an amount
between `low` and `high`, so that the same program meets the limit with one and not with the other."""
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from conftest import ROOT

MIB = 1 << 20


@dataclass(frozen=True)
class Limit:
    """`met` is the program's end at the limit: a verdict and its exit status, or ok if the program says "refused"."""
    key: str
    flag: str
    unit: str
    low: int
    high: int
    program: str
    met: str = "ok"
    status: int = 0

    def value(self, amount):
        return f"{amount}{self.unit}"


LIMITS = [
    Limit("wall_ms", "wall", "ms", 300, 20_000, "import time\ntime.sleep(0.7)", "timeout", 124),
    Limit("cpu_ms", "cpu", "ms", 200, 10_000, "import time\nwhile time.process_time() < 0.5: pass", "cpu_timeout", 124),
    Limit("memory_bytes", "memory", "", 32 * MIB, 200 * MIB, "x = bytearray(64 << 20)", "out_of_memory", 137),
    Limit("output_bytes", "output", "", 4096, 2 * MIB, "print('x' * 8192)", "output_limit", 137),
    Limit("processes", "processes", "", 4, 64, "import os, time\nfor i in range(8):\n    try:\n        if os.fork() == 0: time.sleep(60)\n"
          "    except BlockingIOError: print('refused', flush=True); time.sleep(0.3); break"),
    Limit("disk_bytes", "disk", "", MIB, 64 * MIB, "import time\ntry:\n    with open('/tmp/f', 'wb', 0) as f:\n"
          "        for i in range(4): assert f.write(b'x' * (1 << 20)) == 1 << 20\n"
          "except (OSError, AssertionError): print('refused', flush=True); time.sleep(0.3)"),
    Limit("files", "files", "", 20, 2048, "import os, time\ntry:\n    for i in range(40): os.open('/dev/null', 0)\n"
          "except OSError: print('refused', flush=True); time.sleep(0.3)"),
]


@pytest.fixture(params=LIMITS, ids=lambda limit: limit.flag)
def limit(request):
    return request.param


@pytest.fixture
def profiles(tmp_path, limit):
    """A folder with a Python whose default is `low` and whose maximum is `high`."""
    profile = json.loads((ROOT / "profiles/python.json").read_text())
    profile["limits"] = {"default": {limit.key: limit.low}, "max": {limit.key: limit.high}}
    folder = tmp_path / "profiles"
    folder.mkdir()
    (folder / "python.json").write_text(json.dumps(profile))
    return folder


@pytest.fixture
def program(tmp_path, limit):
    path = tmp_path / "program.py"
    path.write_text(limit.program)
    return path


def assert_met(limit, result):
    assert result["verdict"] == limit.met, result
    assert result["limits_hit"] == [limit.flag] and result["limits"][limit.key] == limit.low
    if limit.met == "ok":
        assert result["stdout"] == "refused\n"


def assert_not_met(limit, result, amount):
    assert result["verdict"] == "ok" and result["limits_hit"] == [] and result["limits"][limit.key] == amount, result
    assert "refused" not in result["stdout"]


def request_of(limit, amount=None):
    """With enough time for a CPU that others use as well."""
    limits = {**({"wall_ms": 30_000} if limit.key == "cpu_ms" else {}), **({limit.key: amount} if amount else {})}
    return {"profile": "python", "source": limit.program, **({"limits": limits} if limits else {})}


def test_a_request_lowers_a_limit(limit, run):
    assert_met(limit, run(request_of(limit, limit.low)))
    normal = run(request_of(limit))
    assert_not_met(limit, normal, normal["limits"][limit.key])


def test_a_profile_lowers_and_a_request_raises(limit, profiles, run):
    assert_met(limit, run(request_of(limit), "--profiles", profiles))
    assert_not_met(limit, run(request_of(limit, limit.high), "--profiles", profiles), limit.high)


def test_request_raises_to_the_maximum_only(limit, profiles, exrun):
    done = exrun("run", "--json", "--profiles", profiles, "-", input=json.dumps(request_of(limit, limit.high + 1)).encode())
    problem = json.loads(done.stdout)["problem"]
    assert done.returncode == 65 and problem["pointer"] == f"/limits/{limit.key}" and str(limit.high) in problem["detail"], problem


def test_a_flag_lowers_a_limit(limit, program, exrun):
    done = exrun("run", f"--{limit.flag}", limit.value(limit.low), program)
    assert done.returncode == limit.status, done
    assert limit.met != "ok" or done.stdout == b"refused\n"
    patient = [] if limit.flag == "wall" else ["--wall", "30s"]  # a busy machine takes longer by the clock
    done = exrun("run", *patient, program)
    assert b"refused" not in done.stdout and done.returncode == 0, done


def test_flag_raises_to_the_maximum_only(limit, program, profiles, exrun):
    done = exrun("run", "--profiles", profiles, f"--{limit.flag}", limit.value(limit.high), program)
    assert done.returncode == 0 and b"refused" not in done.stdout, done
    done = exrun("run", "--profiles", profiles, f"--{limit.flag}", limit.value(limit.high + 1), program)
    assert done.returncode == 64 and f"--{limit.flag}".encode() in done.stderr, done


@pytest.mark.parametrize("verdict, source, limits", [
    ("out_of_memory", "s=xxxxxxxx; while :; do s=$s$s; done", {"memory_bytes": 8 * MIB}),
    ("out_of_memory", "(s=xxxxxxxx; while :; do s=$s$s; done); exit 3", {"memory_bytes": 8 * MIB}),
    ("output_limit", "printf %5000d; kill -9 $$", {"output_bytes": 2000}),
    ("output_limit", "printf %5000d; exit 3", {"output_bytes": 2000}),
    ("timeout", "sleep 0.102; exit 3", {"wall_ms": 100}),
], ids=str)
def test_a_limit_hides_the_program_s_own_end(run, verdict, source, limits):
    """It is a matter of microseconds whether the first process still existed when it was ended, so its own end is not reported."""
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(run, [{"profile": "bash", "source": source, "limits": limits}] * 40))
    ends = Counter((one["verdict"], one["exit_code"], one["signal"]) for one in answers)
    assert ends == {(verdict, None, None): 40}


def test_the_lowest_limits_are_enough_to_start(run):
    """The visitor's files are written under the program's own limits, so the lowest number of descriptors that can be asked for is enough."""
    result = run({"profile": "bash", "source": "cat a/b/c/d e; ulimit -n", "limits": {"files": 16, "processes": 4},
                  "files": [{"path": "a/b/c/d", "content": "deep\n"}, {"path": "e", "content": "flat\n"}]})
    assert (result["verdict"], result["stdout"]) == ("ok", "deep\nflat\n16\n"), result


def test_files_of_deep_directories(run):
    """They take time by their number of directories, not by the square of their depth. Before, the program's process was killed before it began."""
    deep = "/".join(["d"] * 450)
    paths = [f"{deep}/{name}/f" for name in range(200)] + [f"{deep}/f{name}" for name in range(400)] + ["d/x/f", "dd/f", "d/d/f", "f", f"{deep}/0/g"]
    result = run({"profile": "python", "files": [{"path": "main.py", "content": "import json, os\nfound = json.load(open('paths'))\n"
                                                  "print(sum(open(path).read() == path for path in found), len(found), sum(len(names) for _, _, names in os.walk('.')))"},
                                                 {"path": "paths", "content": json.dumps(paths)}, *({"path": path, "content": path} for path in paths)],
                  "limits": {"cpu_ms": 10_000, "wall_ms": 30_000}})
    assert (result["verdict"], result["stdout"]) == ("ok", f"{len(paths)} {len(paths)} {len(paths) + 2}\n"), result


def test_files_of_deep_directories_by_turns(run):
    """The order of the files in a request has no effect. Before, each file cost the way from one deep directory to the other, and the program's process was killed before it began."""
    paths = [f"{top}/" * 500 + f"f{number}" for number in range(1900) for top in "ab"]
    result = run({"profile": "bash", "source": "find . -type f -size 1c | wc -l", "files": [{"path": path, "content": "x"} for path in paths]})
    assert (result["verdict"], result["stdout"]) == ("ok", f"{len(paths)}\n"), result
