# SPDX-License-Identifier: MIT
"""If its caller goes away or cancels it, a run ends immediately and leaves nothing. So does a run whose exrun is killed."""
import json
import os
import select
import signal
import subprocess
import time

import pytest

from conftest import EXRUN, SLOWNESS, cell_groups, cell_processes

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


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE, signal.SIGUSR1, signal.SIGALRM])
def test_signal_cancels(number):
    with start() as process:
        process.send_signal(number)
        result = json.loads(process.stdout.read())
        assert process.wait(20) == 0
    assert result["verdict"] == "cancelled" and result["message"]


def test_a_signal_that_the_caller_ignores_stays_ignored():
    """nohup(1) ignores signals like this, and so does a shell for programs that it starts in the background."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as process:
        process.stdin.write(b'{"profile": "bash", "source": "sleep 1; echo fine"}')
        process.stdin.close()
        wait_for(lambda: any("sleep" in name for name in cell_processes()))
        process.send_signal(signal.SIGHUP)
        assert json.loads(process.stdout.read())["stdout"] == "fine\n"


@pytest.mark.parametrize("words", [["--json", "-"], ["-p", "bash", "/dev/stdin"]])
def test_an_unread_result_does_not_keep_exrun(words):
    """Nothing is left of the run, so a signal concerns only exrun itself."""
    source = "printf '%0100000d' 1"
    with subprocess.Popen([EXRUN, "run", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps({"profile": "bash", "source": source}).encode() if words[0] == "--json" else source.encode())
        process.stdin.close()
        wait_for(lambda: select.select([process.stdout], [], [], 0)[0] and not cell_processes())
        process.terminate()
        assert process.wait(20) != 0


def test_an_endless_fork_ends_soon():
    """Five hundred processes that want CPU time, without a reader. It took two seconds each time before the groups were killed first, and
    0.03 to 0.2 since. Other work of the machine only adds to it, so the best of five counts."""
    times = []
    for _ in range(5):
        with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(json.dumps({"profile": "c", "source": "#include <unistd.h>\nint main(void) { for (;;) fork(); }",
                                            "limits": {"processes": 512, "cpu_ms": 30_000, "wall_ms": 50_000, "memory_bytes": 1 << 30}}).encode())
            process.stdin.close()
            wait_for(lambda: any(count(f"{group}/pids.current") > 400 for group in map(lambda name: name.split()[1], cell_groups())))
            time.sleep(0.5)  # while they are still growing in number, the kernel itself may take a quarter of a second
            process.stdout.close()
            began = time.monotonic()
            assert process.wait(20) == 74
            times.append(time.monotonic() - began)
    assert min(times) < 0.5 * SLOWNESS, times


def count(path):
    try:
        with open(path) as file:
            return int(file.read())
    except FileNotFoundError:
        return 0


def test_a_late_exrun_reports_the_true_time():
    """The program ended by itself, but after its time limit. The answer must say so even if exrun looks later."""
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
    # Its cgroup is all that is left. The next run in that slot removes it, or `clean` does.
    assert cell_groups()
    assert run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n"
    assert exrun("clean").returncode == 0


def test_two_hundred_run_at_the_same_time():
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
    """Runs at the same time have different users."""
    processes = [subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
                 for _ in range(8)]
    for process in processes:
        process.stdin.write(b'{"profile": "bash", "source": "echo $UID; sleep 3"}')
        process.stdin.close()
    users = [json.loads(process.stdout.read())["stdout"] for process in processes]
    assert {process.wait(20) for process in processes} == {0} and len(set(users)) == 8


def test_nobody_holds_a_descriptor_open(exrun):
    """A result comes when the run ends, even if an orphan of the program still holds its output open."""
    began = time.monotonic()
    done = exrun("run", "--json", "-", input=json.dumps(
        {"profile": "python", "source": "import os, time\nif os.fork() == 0: time.sleep(60)\n"}).encode())
    assert json.loads(done.stdout)["verdict"] == "ok" and time.monotonic() - began < 30


def test_a_slow_reader_gets_the_whole_answer_also_after_a_signal():
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(json.dumps({"profile": "bash", "source": "yes | head -c 900000"}).encode())
        process.stdin.close()
        answer = os.read(process.stdout.fileno(), 1000)
        process.terminate()
        while piece := os.read(process.stdout.fileno(), 1 << 16):
            time.sleep(0.01)
            answer += piece
    assert len(json.loads(answer)["stdout"]) == 900_000
