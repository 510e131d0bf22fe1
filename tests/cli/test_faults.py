# SPDX-License-Identifier: MIT
"""Every step inside a cell is made to fail in turn: the report names that step, and nothing is left. Only a build with fault points can do
this; any other must ignore the request."""
import base64
import json
import os
import re
import subprocess
import time

import pytest

from conftest import EXRUN, ROOT
from test_runs import streams

STEPS = re.findall(r'\[STEP_\w+\] = \{"(\w+)"', (ROOT / "sandbox/inside/steps.c").read_text())


def test_the_list_was_read():
    assert len(STEPS) >= 15 and STEPS[0] == "cgroup" and STEPS[-1] == "exec"


SMALL = {"profile": "bash", "source": "echo fine"}
LARGE = {**SMALL, "files": [{"path": f"f{n}", "content": "x" * 1_000_000} for n in range(12)]}


@pytest.mark.parametrize("request_of", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("step", STEPS)
def test_a_failed_step_is_named(exrun, step, request_of):
    """The step is named whenever the cell dies. If the request is large, it is still being written then, and its sender sees the death first."""
    has_faults = b"fault points" in exrun("--version").stdout
    done = exrun("run", "--json", "-", input=json.dumps(request_of).encode(), env={"EXRUN_FAULT": step})
    answer = json.loads(done.stdout)
    if has_faults:
        assert done.returncode == 71 and f'"{step}"' in answer["problem"]["detail"], answer
    else:
        assert done.returncode == 0 and answer["stdout"] == "fine\n"


@pytest.mark.parametrize("step", ["root", "files", "policy", "init_user"])
def test_an_endless_start_can_be_cancelled(exrun, step):
    """The program did not begin, and nothing is left."""
    if b"fault points" not in exrun("--version").stdout:
        pytest.skip("this build has no fault points; the sanitizer build has")
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "EXRUN_FAULT": f"hang:{step}"}) as process:
        process.stdin.write(b'{"profile": "bash", "source": "echo fine"}')
        process.stdin.close()
        deadline = time.monotonic() + 20
        while not open(f"/proc/{process.pid}/task/{process.pid}/children").read():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        time.sleep(0.2)
        process.terminate()
        answer = json.loads(process.stdout.read())
        assert process.wait(30) == 0
    assert answer["verdict"] == "cancelled" and answer["stdout"] == "" and answer["exit_code"] is None, answer


def test_an_endless_start_ends(exrun):
    if b"fault points" not in exrun("--version").stdout:
        pytest.skip("this build has no fault points; the sanitizer build has")
    done = exrun("run", "--json", "-", input=b'{"profile": "bash", "source": "echo fine", "limits": {"wall_ms": 100}}', env={"EXRUN_FAULT": "hang:files"})
    assert done.returncode == 75 and "start the program within 10 s" in json.loads(done.stdout)["problem"]["detail"], done


REQUESTS = {
    "bash": {"profile": "bash", "source": "echo out; echo err >&2; cat; echo kept >kept", "stdin": "in", "args": ["a"], "env": {"A": "b"}, "id": "x",
             "files": [{"path": "lib/a", "content": "x"}, {"path": "b", "encoding": "base64", "content": "AAE="}],
             "labels": {"example": "y"}, "artifacts": ["k*", "none"]},
    "python": {"profile": "python", "source": "import numby"},
    "c": {"profile": "c", "source": "int main(void) { return 0; }"},
}


def decoded(artifact):
    content = artifact["content"]
    return artifact["path"], base64.b64decode(content) if artifact["encoding"] == "base64" else content.encode()


@pytest.mark.parametrize("name", REQUESTS)
def test_each_allocation_fails_in_turn(exrun, name):
    """If memory runs out, exrun says so (75), or it did not matter. It never crashes, answers wrongly or leaves something behind."""
    if b"fault points" not in exrun("--version").stdout:
        pytest.skip("this build has no fault points; the sanitizer build has")
    right = json.loads(exrun("run", "--json", "-", input=json.dumps(REQUESTS[name]).encode()).stdout)
    refused = 0
    for n in range(1, 1000):
        done = exrun("run", "--json", "-", input=json.dumps(REQUESTS[name]).encode(), env={"EXRUN_FAULT_MEMORY": str(n)})
        told = (n, done.returncode, done.stdout, done.stderr)
        assert b"Sanitizer" not in done.stderr, told
        if done.returncode == 0:
            answer = json.loads(done.stdout)
            # Only the hint of a sentence, with its place, and the version may be missing if a run goes on without memory.
            for member in right.keys() - {"message", "usage", "timing", "compile", "encoding", "stdout", "stderr", "artifacts"}:
                assert answer.get(member) == right[member] or (member in ("at", "program") and member not in answer), told
            # If memory to check that they are text is short, bytes come as base64.
            assert streams(answer) == streams(right), told
            assert [decoded(one) for one in answer.get("artifacts", [])] == [decoded(one) for one in right.get("artifacts", [])], told
            assert answer["message"], told
        else:
            refused += 1
            assert done.returncode in (71, 75) and done.stderr.count(b"memory") > 1, told
        if b"fault point" not in done.stderr:
            break  # there are fewer allocations than n
    assert done.returncode == 0 and refused > 80 and n > 120, (n, refused)
