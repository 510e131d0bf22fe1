"""Every step inside a cell is made to fail in turn: the report names that step, and nothing is left. Only a build with fault points can
do it; any other must not know how."""
import json
import re

import pytest

from conftest import ROOT

STEPS = re.findall(r'\[STEP_\w+\] = \{"(\w+)"', (ROOT / "sandbox/cell/inside.c").read_text())


def test_the_list_was_read():
    assert len(STEPS) >= 15 and STEPS[0] == "cgroup" and STEPS[-1] == "exec"


@pytest.mark.parametrize("step", STEPS)
def test_step_fails(exrun, step):
    has_faults = b"fault points" in exrun("--version").stdout
    done = exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "echo fine"}', env={"EXRUN_FAULT": step})
    answer = json.loads(done.stdout)
    if has_faults:
        assert done.returncode == 71 and f'"{step}"' in answer["problem"]["detail"], answer
    else:
        assert done.returncode == 0 and answer["stdout"] == "fine\n"
