# SPDX-License-Identifier: MIT
"""A request gets the same result from the service as from `exrun run --json`, member by member. Only the members in MAY_DIFFER can have other values, within bounds."""
import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, IS_SANITIZER_BUILD, ROOT

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/cli")]
pytest.register_assert_rewrite("serving", "test_runs")
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401
from test_languages import ROWS, request_of  # noqa: E402
from test_runs import TABLE, check, slower  # noqa: E402

BASH, C = {"profile": "bash"}, {"profile": "c"}
# A row for each verdict that the program itself can cause, and for each optional member of a result.
ENDS = {
    "ok": {**BASH, "source": "echo hello", "labels": {"example": "hello", "client": "ż"}},
    "failed": {**BASH, "source": "echo oops >&2; exit 3"},
    "crashed": {**BASH, "source": "kill -SEGV $$; sleep 60"},
    "timeout": {**BASH, "source": "echo before; sleep 60", "limits": {"wall_ms": 300}},
    "cpu_timeout": {**BASH, "source": "while :; do :; done", "limits": {"cpu_ms": 200, "wall_ms": 20_000}},
    "out_of_memory": {"profile": "python", "source": "x = bytearray(1 << 28)", "limits": {"memory_bytes": 64 << 20}},
    "output_limit": {**BASH, "source": "yes", "limits": {"output_bytes": 2048}},
    "denied": {**BASH, "source": "unshare -U true"},
    "compile_failed": {**C, "source": "int main(void) {\n    return nonsense;\n}\n"},
    "warnings": {**C, "source": "#warning careful\nint main(void) { return 3; }\n"},
    "a sentence with a line": {"profile": "python", "source": "x = 1\nopen('data.csv')"},
    "two limits hit": {"profile": "python", "source": "import time\ntry:\n    for n in range(100_000): open(f'/tmp/{n}', 'w').close()\nexcept OSError: time.sleep(60)",
                       "limits": {"wall_ms": 2000}},
    "bytes": {**BASH, "source": r"printf '\377'; printf '\376' >&2"},
    "stdin, arguments, environment, files": {**BASH, "source": "cat - a/b; echo $1 $A", "stdin": "in\n", "args": ["ü"], "env": {"A": "b"}, "files": [{"path": "a/b", "content": "file\n"}]},
    "artifacts": {**BASH, "source": r"printf x >a.txt; printf '\377' >b.txt; mkdir c.txt; ln -s a.txt l.txt", "artifacts": ["*.txt", "none"]},
    "artifacts of a run that was stopped": {**BASH, "source": "echo half >f; sleep 60", "limits": {"wall_ms": 300}, "artifacts": ["f"]},
    "no artifacts": {**BASH, "source": "", "artifacts": ["*.png"]},
}
TOPICS = ("hello", "mistake", "no-program", "stdin")
GROUPS = {
    "ends": [(name, request) for name, request in ENDS.items()],
    "languages": [(f"{language}-{topic}", request_of(language, topic)) for language, topic in ROWS if topic in TOPICS],
    "programs": [(row.id, slower(row)) for row in TABLE],
}
VERDICTS = {"ok", "failed", "crashed", "timeout", "cpu_timeout", "out_of_memory", "output_limit", "denied", "compile_failed"}  # of rows with these names
OF_TABLE = {row.id: row for row in TABLE}

# Members that can differ, by their place in the result. The figures of a run are bounded by its limits in is_bounded().
MAY_DIFFER = re.compile(r"(/compile)?/usage/(wall_us|cpu_us|user_us|system_us|memory_peak_bytes|processes_peak|disk_bytes)|"
                        r"/timing/(queue_us|prepare_us|run_us|cell|parts_us/\w+)")
# Only the command has these, because the service answers before it reclaims the cell.
ONLY_WITH_COMMAND = {"/timing/reclaim_us", "/unreclaimed"}
# The URLs of resources, which no command has.
ONLY_WITH_SERVICE = re.compile(r"/output_url|/artifacts/\d+/url")
# Two streams that share a limit, and process IDs in messages of the shell: these can be different in each run.
PRINT_BY_CHANCE = {"python-output-limit-in-two", "bash-output-limit-in-two", "bash-many-are-killed", "bash-fork-limit"}
# Rows with the same C program. Rows run side by side, so chance decides which of the two is compiled.
COMPILE_BY_CHANCE = {"c-hello", "c-limits-spare-the-compiler"}
# Their verdict depends on how busy the machine is: 26,000 locks, each looked at by a process with sanitizers.
TOO_SLOW_WITH_SANITIZERS = {"python-locks-among-many"}


def flat(value, place=""):
    """Each leaf of a result with its place; an empty object or array is a leaf, too."""
    if isinstance(value, (dict, list)) and value:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from flat(inner, f"{place}/{name}")
    else:
        yield place, value


def is_bounded(place, value, limits):
    if place == "/timing/cell":
        return value in ("ready", "cold")
    most = {"memory_peak_bytes": limits["memory_bytes"], "processes_peak": limits["processes"], "disk_bytes": limits["disk_bytes"]}.get(place.rsplit("/", 1)[1], 10**9)
    return isinstance(value, int) and 0 <= value <= (10**12 if place.startswith("/compile") else most)  # a compiler has its own limits


def differences(name, with_command, with_service):
    """{place: (the command's value, the service's)} of the members that should be the same, or that are out of bounds."""
    left, right = dict(flat(with_command)), dict(flat(with_service))
    found = {}
    for place in (left.keys() | right.keys()) - ONLY_WITH_COMMAND:
        if ONLY_WITH_SERVICE.fullmatch(place) and place not in left:
            continue
        one, other = left.get(place), right.get(place)
        if MAY_DIFFER.fullmatch(place):
            same = place in left and place in right and is_bounded(place, one, with_command["limits"]) and is_bounded(place, other, with_service["limits"])
        elif name in PRINT_BY_CHANCE and place in ("/stdout", "/stderr", "/stdout_truncated", "/stderr_truncated"):
            same = type(one) is type(other)
        elif name in COMPILE_BY_CHANCE and place == "/compile/cached":
            same = {type(one), type(other)} == {bool}
        else:
            same = place in left and place in right and (type(one), one) == (type(other), other)
        if not same:
            found[place] = (one, other)
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_a_result_is_the_same_as_with_the_command(start, run, tmp_path, group):
    start()
    kit.wait_for_versions()

    def both(row):
        name, request = row[0], {**row[1], "id": re.sub(r"\W+", "-", row[0], flags=re.ASCII)}
        # A busy machine may not say in time which version it has.
        with_command = kit.wait_until(lambda: (result := run(request, env={"EXRUN_CACHE": str(tmp_path / "cache of the command")}, timeout=300)) and "program" in result and result, 300)
        with_service = kit.run(request, timeout=300)
        return name, with_command, with_service

    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(both, [row for row in GROUPS[group] if not (IS_SANITIZER_BUILD and row[0] in TOO_SLOW_WITH_SANITIZERS)]))
    found = {name: differences(name, with_command, with_service) for name, with_command, with_service in results}
    assert not {name: one for name, one in found.items() if one}
    for name, _, with_service in results:
        if name in VERDICTS:
            assert with_service["verdict"] == name
        if name in OF_TABLE:
            check(OF_TABLE[name], slower(OF_TABLE[name]), with_service)


def test_a_cached_program_is_the_same_as_with_the_command(service, run, tmp_path):
    program = {**C, "source": '#warning careful\nint main(void) { return 3; }\n'}
    kit.wait_for_versions()
    for is_cached in (False, True):
        request = {**program, "id": f"cached-{is_cached}"}  # the same ID would be the same run
        with_command, with_service = run(request, env={"EXRUN_CACHE": str(tmp_path / "cache of the command")}), kit.run(request)
        assert with_service["compile"]["cached"] is is_cached
        assert differences("cached", with_command, with_service) == {}


def find_sleep():
    return next((pid for pid in kit.processes_of_cells() if kit.status_of(pid).get("Name", "").strip() == "sleep"), None)


def end_with_command(request, end):
    """Returns the result of a run that ends from outside. end(process, PID of its cell's first process)."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        kit.wait_until(find_sleep)
        end(process, first_of_cell())
        return json.loads(process.stdout.read())


def end_with_service(request, end):
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(kit.run, request)
        kit.wait_until(find_sleep)
        end(None, first_of_cell())
        return pending.result(60)


def first_of_cell():
    """The PID of the first process of the cell with the sleeper."""
    pid = find_sleep()
    while kit.is_of_cell(kit.status_of(int(kit.status_of(pid)["PPid"]))):
        pid = int(kit.status_of(pid)["PPid"])
    return pid


def cancel(process, _):
    if process:
        process.terminate()
    else:
        assert kit.call("DELETE", "/v1/runs/ended").status == 204


def kill_first(_, pid):
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("verdict, end", [("cancelled", cancel), ("error", kill_first)])
def test_an_end_from_outside_is_the_same_as_with_the_command(service, verdict, end):
    request = {**BASH, "source": "echo begun; sleep 60; echo never", "limits": {"wall_ms": 60_000}, "id": "ended", "artifacts": ["*.sh"]}
    kit.wait_for_versions()
    with_command, with_service = end_with_command(request, end), end_with_service(request, end)
    assert with_service["verdict"] == verdict
    assert differences(verdict, with_command, with_service) == {}
