# SPDX-License-Identifier: MIT
"""The tests that depend on the kernel run once more in a guest: Debian's kernel under qemu, with cgroup v2 only. Each test in the guest is a
test here. If the guest dies in one of them, that test fails, and another guest runs those that are left. EXRUN_GUEST_KERNEL names the package of another kernel, EXRUN_GUEST_TESTS, a regular expression, other tests of the same files."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import pytest

import machine

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("EXRUN_BUILD", ROOT / "build")).resolve()
PATIENCE = int(os.environ.get("EXRUN_GUEST_PATIENCE", 300))  # seconds without output after which the guest counts as dead
MOST_GUESTS = 2
# For a guest that is silent: first for qemu's monitor (twice, to see whether the processor moves), then, after a break on the serial line, for
# its kernel: a backtrace, timers, and where each task waits.
QUESTIONS = (b"\x01c", b"info registers\n", b"info lapic\n", b"info registers\n", b"\x01c", b"\x01bl", b"\x01bq", b"\x01bt")
DULL = re.compile(r"[DEFGS]S =|XMM|FPR|DR\d|.*\x1b|$")  # of the monitor: registers that show nothing here, and the echo of a question


def chosen():
    """The names of the tests that the guest runs, in its order."""
    patterns = [line for line in (HERE / "selection").read_text().splitlines() if line and line[0] != "#"]
    files = sorted({"tests/" + pattern.split("::")[0].replace("\\", "") for pattern in patterns})
    done = subprocess.run([sys.executable, "-m", "pytest", "--collect-only", "-q", "-c", "tests/pytest.ini", "--rootdir", "tests", *files], cwd=ROOT,
                          capture_output=True, text=True, timeout=100, env={**os.environ, "EXRUN_BUILD": str(BUILD), "EXRUN_IN_GUEST": "1"})
    names = [line for line in done.stdout.splitlines() if "::" in line]
    assert names, done.stdout + done.stderr
    if os.environ.get("EXRUN_GUEST_TESTS"):
        return [name for name in names if re.search(os.environ["EXRUN_GUEST_TESTS"], name)]
    return list(dict.fromkeys(name for pattern in patterns for name in names if re.match(pattern, name)))


NAMES = chosen()


class Guest:
    """A running guest, and its output so far. @names: of the tests that it runs. @seen: a result for each test that has ended."""

    def __init__(self, folder, kernel, names):
        self.folder, self.seen, self.process, self.why = folder, {}, None, None
        (folder / "place").write_text(f"{ROOT}\n{BUILD}\n")
        (folder / "select").write_text("".join(f"{name}\n" for name in names))
        (folder / "host.json").write_text(subprocess.run([sys.executable, HERE / "scale.py", "host"], check=True, capture_output=True, text=True).stdout)
        machine.pack_python(folder / "python.tar")
        self.console = open(folder / "console", "w+b")
        self.process = machine.start(kernel, folder, HERE / "inside", self.console)

    def read(self):
        path = self.folder / "results.jsonl"
        for line in path.read_text().splitlines() if path.exists() else []:
            one = json.loads(line)
            self.seen[one["id"]] = one

    def said(self):
        self.console.flush()
        return (self.folder / "console").read_bytes().decode(errors="replace")

    def give_up(self, why):
        """Asks it where it hangs, and ends it. Its last words and first answers become part of the reason; build/guest.console has all of them."""
        before = self.said()
        if self.process.poll() is None:
            for question in QUESTIONS:
                self.process.stdin.write(question)
                self.process.stdin.flush()
                time.sleep(1)
            time.sleep(3)
        self.end()
        answers = [line for line in self.said()[len(before) :].splitlines() if not DULL.match(line)]
        self.why = "\n".join([why, *before.splitlines()[-30:], *answers[:80]])
        shutil.copy(self.folder / "console", BUILD / "guest.console")

    def end(self):
        self.process.kill()
        self.process.wait()

    def result(self, name):
        """Waits for the end of the test. Returns None if it will not come any more."""
        alive, size = time.monotonic(), -1
        while name not in self.seen and not self.why:
            ended = self.process.poll() is not None
            self.read()
            if name in self.seen:
                break
            if ended:
                self.give_up("the guest has ended")
            signs = len(self.seen) + len(self.said())
            if signs != size:
                alive, size = time.monotonic(), signs
            elif time.monotonic() - alive > PATIENCE:
                self.give_up(f"the guest was silent for {PATIENCE} s")
            time.sleep(0.2)
        return self.seen.get(name)


class Guests:
    """A guest, and another one for the tests that are left if it dies."""

    def __init__(self, folder, kernel):
        self.folder, self.kernel, self.n, self.lost = folder, kernel, 0, {}
        self.start(NAMES)

    def start(self, names):
        self.n += 1
        folder = self.folder / str(self.n)
        folder.mkdir()
        self.last = Guest(folder, self.kernel, names)

    def result(self, name):
        """Returns the result of a test, or None, with the reason in @lost, if the guest died in it."""
        if name in self.lost:
            return None
        result = self.last.result(name)
        if not result:
            self.lost[name] = self.last.why
            left = NAMES[NAMES.index(name) + 1 :]
            if left and self.n < MOST_GUESTS:
                self.start(left)
        return result

    def said(self):
        return self.last.said()


def compile_probes():
    """Compiles probes that would take an emulator minutes, unless the audit of this machine (test_audit.py) has done so."""
    cache = BUILD / "compiled-probes"
    if not cache.exists():
        try:
            subprocess.run([BUILD / "exrun", "audit", "--json"], env={**os.environ, "EXRUN_CACHE": str(cache), "EXRUN_CACHE_BYTES": "1G"}, stdout=subprocess.DEVNULL, timeout=300)
        except subprocess.TimeoutExpired:
            shutil.rmtree(cache, ignore_errors=True)
            raise


@pytest.fixture(scope="session")
def guest():
    if machine.missing():
        pytest.skip(machine.missing())
    kernel = BUILD / "guest"
    machine.make_kernel(kernel)
    if any("whole_audit" in name for name in NAMES):
        compile_probes()
    with tempfile.TemporaryDirectory(prefix="guest-") as folder:
        running = Guests(pathlib.Path(folder), kernel)
        yield running
        running.last.end()


@pytest.mark.parametrize("name", NAMES)
def test_in_guest(guest, name):
    result = guest.result(name)
    if not result:
        pytest.fail(f"no result: {guest.lost[name]}", pytrace=False)
    if result["outcome"] == "skipped":
        pytest.skip(result["text"])
    if result["outcome"] != "passed":
        pytest.fail(result["text"], pytrace=False)


def test_it_was_quick_enough_to_start(guest):
    """Measures the time from its start to the first test. If the machine has other work, it may take several times as long."""
    if guest.result(NAMES[-1]):
        [began] = re.findall(r"tests begin at ([0-9.]+) s", guest.said())
        assert float(began) < 60


def test_it_is_what_it_is_for(guest):
    if guest.result(NAMES[-1]):
        assert re.search(r"guest: [0-9.]+ times slower", guest.said()) and "Kernel panic" not in guest.said().split("guest: done")[0]
