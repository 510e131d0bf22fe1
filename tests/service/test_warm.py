# SPDX-License-Identifier: MIT
"""Parked cells: an interpreter waits in its cell at the opening of its entry file. The shipped profiles don't ask for it yet; copies of them do."""
import json
import shutil
import sys

import pytest

from conftest import BUILD, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("serving", "events")
from events import Stream  # noqa: E402
from serving import call, run, start, wait_until  # noqa: E402, F401

WARM = {
    "php": "park",
    "python": {"how": "park", "placeholder": ""},
    "perl": {"how": "park", "fresh": ["time"]},
    "bash": {"how": "park", "fresh": ["bash-seconds"]},
    "lua": {"how": "park"},
}
HELLO = {
    "php": "<?php echo 'hello ', __LINE__, __FILE__, php_sapi_name(), count($argv);",
    "python": "import sys\nprint('hello', __file__, sys.argv, sys.path[0])",
    "perl": "print \"hello $0 @ARGV\\n\"; print <DATA>;\n__DATA__\nmore\n",
    "bash": "echo hello $0 $# $SECONDS $-; read line; echo $line",
    "lua": "print('hello', arg[0], #arg)",
}


@pytest.fixture
def profiles(tmp_path):
    folder = tmp_path / "profiles"
    folder.mkdir()
    for path in (ROOT / "profiles").glob("*.json"):
        profile = json.loads(path.read_text())
        if path.stem in WARM:
            profile["warm"] = WARM[path.stem]
            profile["mounts"].append(str(BUILD / "sandbox/park.so"))
        (folder / path.name).write_text(json.dumps(profile))
    return folder


def cell_of(result):
    return result["timing"]["cell"]


def run_parked(request):
    """Runs it in a parked cell, which may have to be made first."""
    return wait_until(lambda: (result := run(request)) and cell_of(result) == "parked" and result)


@pytest.mark.parametrize("name", WARM)
def test_a_program_runs_in_a_parked_cell(start, profiles, name):
    one = start(profiles=profiles)
    request = {"profile": name, "source": HELLO[name], "stdin": "a line\n"}
    warm = run_parked(request)
    cold = run({**request, "env": {"OTHER": "x"}})
    assert cold["verdict"] == "ok", (cold, one.log.read_text())
    assert cell_of(cold) in ("cold", "ready") and warm["timing"]["warm"] is True and cold["timing"]["warm"] is False
    for member in ("verdict", "message", "stdout", "stderr", "exit_code", "signal"):
        assert warm[member] == cold[member], (warm, cold)
    assert warm["verdict"] == "ok" and warm["stdout"].startswith("hello")


def test_a_stream_says_that_it_was_parked(start, profiles):
    start(profiles=profiles)
    run_parked({"profile": "lua", "source": "print(1)"})
    wait_until(lambda: next(event for event in Stream({"profile": "lua", "source": "print(1)"}) if event.type == "started").data["cell"] == "parked")
