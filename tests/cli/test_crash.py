# SPDX-License-Identifier: MIT
"""exrun is killed or stopped by a signal at any moment of its life: its work ends, and `clean` finds its leftovers."""
import json
import random
import signal
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXRUN, cell_groups, cell_processes

REQUESTS = [
    {"profile": "bash", "source": "echo $$ >f; sleep 0.05 & echo done"},
    {"profile": "bash", "source": "while :; do :; done", "limits": {"cpu_ms": 60}},
    {"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 60}},
    {"profile": "python", "source": "x = bytearray(1 << 24)\nprint(len(x))", "stdin": "x" * 100_000},
    {"profile": "php", "source": "<?php echo str_repeat('x', 100000);"},
    {"profile": "perl", "source": "fork; print 1;"},
    {"profile": "lua", "source": "print(1)"},
    {"profile": "sql", "source": "SELECT 1;"},
    {"profile": "c", "source": "int main(void) { return 3; }"},
    {"profile": "ruby", "source": "puts 1"},
    {"profile": "javascript", "source": "console.log(1)"},
    {"profile": "cpp", "source": "int main() {}"},
    {"profile": "go", "source": "package main\nfunc main() {}"},
    {"profile": "rust", "source": "fn main() {}"},
    {"profile": "java", "source": "public class Main { public static void main(String[] a) { } }"},
]


def length(request):
    began = time.monotonic()
    subprocess.run([EXRUN, "run", "--json", "-"], input=json.dumps(request).encode(), capture_output=True, check=True, timeout=60)
    return time.monotonic() - began


def end_after(request, delay, number):
    """Starts the run, sends it the signal after the delay, and gives (exit status, its output)."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL) as process:
        try:
            process.stdin.write(json.dumps(request).encode())
            process.stdin.close()
        except BrokenPipeError:
            pass
        timer = threading.Timer(delay, process.send_signal, (number,))
        timer.start()
        out = process.stdout.read()  # meanwhile, an answer without a reader is given up at a signal
        timer.join()
        return process.wait(20), out


def wait_until_dead():
    deadline = time.monotonic() + 20
    while cell_processes():
        assert time.monotonic() < deadline, cell_processes()
        time.sleep(0.01)


def sweep(n, seed):
    """n requests, each with a moment within its own length or a little beyond, in a mixed order."""
    lengths = [min(length(request) for _ in range(2)) for request in REQUESTS]
    moments = [(REQUESTS[k % len(REQUESTS)], lengths[k % len(REQUESTS)] * 1.2 * (k // len(REQUESTS)) / (n // len(REQUESTS)))
               for k in range(n)]
    random.Random(seed).shuffle(moments)
    return moments


def test_three_hundred_kills_leave_nothing(exrun, run):
    moments = sweep(300, 1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda one: end_after(*one, signal.SIGKILL), moments))
    wait_until_dead()
    done = exrun("clean", "--json")
    assert done.returncode == 0, done
    assert not cell_groups()
    assert json.loads(exrun("clean", "--json").stdout)["removed"]["cgroups"]["items"] == 0
    assert run({"profile": "bash", "source": "echo fine"})["stdout"] == "fine\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGPIPE])
def test_signals_at_any_moment_leave_nothing(number):
    moments = sweep(45, number)
    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(lambda one: end_after(*one, number), moments))
    for status, out in ends:
        if status in (-number, -signal.SIGTERM):
            assert out == b"" or json.loads(out)["v"] == 1  # killed before exrun had begun, or after its whole answer
            continue
        assert status == 0, (status, out)
        assert json.loads(out)["verdict"] in ("ok", "failed", "cancelled", "cpu_timeout", "timeout"), out
    assert any(out and json.loads(out)["verdict"] == "cancelled" for _, out in ends)
    assert not cell_groups() and not cell_processes()


def test_a_killed_clean_does_no_harm(exrun):
    """It has leftovers to remove, and a run at the same time that must not be touched."""
    with subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as living:
        living.stdin.write(b'{"profile": "bash", "source": "sleep 60", "limits": {"wall_ms": 50000}}')
        living.stdin.close()
        deadline = time.monotonic() + 20
        while not cell_processes():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        mine = cell_groups()
        for n in range(40):
            end_after({"profile": "bash", "source": "sleep 60"}, 0.03, signal.SIGKILL)
            with subprocess.Popen([EXRUN, "clean"], stdout=subprocess.DEVNULL) as clean:
                time.sleep(n / 40 * 0.02)
                clean.kill()
        done = exrun("clean")
        assert done.returncode == 0, done
        deadline = time.monotonic() + 20
        while cell_groups() != mine:
            assert time.monotonic() < deadline, cell_groups()
            exrun("clean")
            time.sleep(0.05)
        assert living.poll() is None
        living.terminate()
        assert json.loads(living.stdout.read())["verdict"] == "cancelled"
