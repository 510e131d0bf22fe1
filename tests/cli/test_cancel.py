# SPDX-License-Identifier: MIT
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


def test_an_exrun_that_is_woken_late_tells_the_time_truly():
    """The program ended by itself, after its time: whoever looks later must not be told that all was well."""
    request = {"profile": "bash", "source": "sleep 0.8; echo done", "limits": {"wall_ms": 500}}
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps(request).encode())
        process.stdin.close()
        wait_for(lambda: any("sleep" in name for name in cell_processes()))
        process.send_signal(signal.SIGSTOP)
        time.sleep(1.5)
        process.send_signal(signal.SIGCONT)
        result = json.loads(process.stdout.read())
    assert result["verdict"] == "timeout" and result["limits_hit"] == ["wall"], result


def test_reader_that_goes_away_cancels():
    with start() as process:
        process.stdout.close()
        assert process.wait(20) == 74
    assert not cell_processes()


def test_killed_exrun_takes_its_cell_along(run, exrun):
    with start() as process:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
    wait_for(lambda: not cell_processes())
    # Its cgroup is all that is left, and the next run in that slot removes it, or `clean` does.
    assert cell_groups()
    assert run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n"
    assert exrun("clean").returncode == 0


def test_two_hundred_at_once():
    processes = [subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                 for _ in range(200)]
    for n, process in enumerate(processes):
        process.stdin.write(json.dumps({"profile": "bash", "source": f"echo {n} $UID; sleep 2",
                                        "limits": {"wall_ms": 50_000, "cpu_ms": 20_000}}).encode())
        process.stdin.close()
    results = [json.loads(process.stdout.read()) for process in processes]
    assert {process.wait(20) for process in processes} == {0}
    assert {result["verdict"] for result in results} == {"ok"}
    answers = [result["stdout"].split() for result in results]
    assert [int(number) for number, _ in answers] == list(range(200)), "each gets its own answer"


def test_slots_are_taken_by_lock():
    """Runs that are there together have users of their own."""
    processes = [subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                 for _ in range(8)]
    for process in processes:
        process.stdin.write(b'{"profile": "bash", "source": "echo $UID; sleep 3"}')
        process.stdin.close()
    users = [json.loads(process.stdout.read())["stdout"] for process in processes]
    assert {process.wait(20) for process in processes} == {0} and len(set(users)) == 8


def test_nobody_holds_a_descriptor_open(exrun):
    """A result comes when the run ends, also where a program has left its output open to an orphan."""
    began = time.monotonic()
    done = exrun("run", "--json", "-", input=json.dumps(
        {"profile": "python", "source": "import os, time\nif os.fork() == 0: time.sleep(60)\n"}).encode())
    assert json.loads(done.stdout)["verdict"] == "ok" and time.monotonic() - began < 30
