"""A run whose caller goes away, or says so, ends at once and leaves nothing; so does one whose exrun is killed."""
import json
import signal
import subprocess
import time

import pytest

from conftest import EXRUN, cell_groups, cell_processes

SLEEPER = {"profile": "bash", "source": "echo started >/dev/stderr; sleep 60 & sleep 60", "limits": {"wall_ms": 50_000}}


def start(stdout=subprocess.PIPE):
    process = subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=stdout)
    process.stdin.write(json.dumps(SLEEPER).encode())
    process.stdin.close()
    wait_for(lambda: any("sleep" in name for name in cell_processes()))
    return process


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_cancels(number):
    with start() as process:
        process.send_signal(number)
        result = json.loads(process.stdout.read())
        assert process.wait(20) == 0
    assert result["verdict"] == "cancelled" and result["message"]


def test_reader_that_goes_away_cancels():
    with start() as process:
        process.stdout.close()
        assert process.wait(20) == 74
    assert not cell_processes()


def test_killed_exrun_takes_its_cell_along(run):
    with start() as process:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    wait_for(lambda: not cell_processes())
    # Its cgroup is all that is left, and the next run in that slot removes it.
    assert cell_groups()
    assert run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n"


def test_many_at_once(exrun):
    request = json.dumps({"profile": "bash", "source": "echo $UID; sleep 0.3"}).encode()
    processes = [subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                 for _ in range(8)]
    for process in processes:
        process.stdin.write(request)
        process.stdin.close()
    results = [json.loads(process.stdout.read()) for process in processes]
    assert [process.wait(20) for process in processes] == [0] * 8
    assert [result["verdict"] for result in results] == ["ok"] * 8
    assert len({result["stdout"] for result in results}) == 8, "each cell has a user of its own"


def test_nobody_holds_a_descriptor_open(exrun):
    """A result comes when the run ends, also where a program has left its output open to an orphan."""
    began = time.monotonic()
    done = exrun("run", "--json", "-", input=json.dumps(
        {"profile": "python", "source": "import os, time\nif os.fork() == 0: time.sleep(60)\n"}).encode())
    assert json.loads(done.stdout)["verdict"] == "ok" and time.monotonic() - began < 30
