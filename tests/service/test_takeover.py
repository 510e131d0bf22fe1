# SPDX-License-Identifier: MIT
"""A front that was taken over gains nothing, and disturbs no other run. The front of a build with layers off obeys this test: it has its real confinement and
its real sockets, and tries one row of a table after the other."""
import contextlib
import json
import os
import re
import signal
import struct
import subprocess
import sys
import time

import pytest

from conftest import BUILD, EXRUN, ROOT

sys.path += [str(ROOT / "tests/kit")]
pytest.register_assert_rewrite("puppet", "serving")
import puppet as kit  # noqa: E402
import serving  # noqa: E402
from puppet import C, Packet, Puppet, make, order, question, start  # noqa: E402

pytestmark = pytest.mark.skipif("#define EXRUN_LAYERS_OFF 1" not in (BUILD / "config.h").read_text(), reason="this build has no front that obeys")

EPERM, ENOENT, ENOSYS = "errno 1", "errno 2", "errno 38"


class Attacked:
    """A service whose front is a puppet."""

    def __init__(self, service):
        self.service = service
        self.puppet = None
        self.runs = 0

    def connect(self):
        """Waits until a front listens and has a socket of every keeper."""
        self.leave()

        def is_up():
            assert self.service.process.poll() is None, self.service.log.read_text()
            with contextlib.suppress(OSError):
                self.leave()
                self.puppet = Puppet()
                return 0 in self.puppet.keepers()
            return False

        serving.wait_until(is_up)
        return self.puppet

    def leave(self):
        if self.puppet:
            self.puppet.close()
        self.puppet = None

    def next_run(self):
        self.runs += 1
        return self.runs


@pytest.fixture
def attacked(tmp_path, monkeypatch):
    """attacked(keepers, *other layers that are off) -> Attacked, connected."""
    started = []

    def call(keepers=4, *off):
        monkeypatch.setenv("EXRUN_LAYER_OFF", " ".join(["front-attack", *off]))
        config = {"cells": {"keepers": keepers, "running": 1}}
        started.append(Attacked(serving.Service(EXRUN, tmp_path, config, profiles=ROOT / "profiles")))
        monkeypatch.delenv("EXRUN_LAYER_OFF")
        started[-1].connect()
        return started[-1]

    yield call
    for one in started:
        one.leave()
        assert one.service.stop() == 0, one.service.log.read_text()
    serving.wait_until(lambda: not serving.processes("exrun-keeper") and not serving.processes("exrun-front") and not serving.processes_of_cells())


# System calls: the name in tests/kit/front_attack.c, and how it ends for a front: not allowed, unless another answer gives nothing away.
CALLS = {name: EPERM for name in (
    "open", "open-root", "open-by-handle", "readlink", "unlink", "chdir", "chroot", "mount", "unshare", "setns", "socket-inet", "socket-unix", "socketpair", "connect",
    "bind", "setsockopt", "execve", "execveat", "clone", "clone3", "ptrace", "read-memory", "write-memory", "pidfd", "kill", "tgkill", "prlimit", "setpriority", "affinity",
    "setuid", "setgroups", "dumpable", "bpf", "keyctl", "type", "own-terminal", "log-flags", "signal-owner", "dup", "truncate-log", "mmap-exec", "mprotect-exec")}
CALLS["stat"] = ENOENT  # of an empty root
# These reach the kernel without the confinement, but can't succeed there.
REACH_ONLY = {"open-by-handle", "unlink", "mount", "setns", "connect", "bind", "setsockopt", "execve", "execveat", "clone", "clone3", "ptrace", "bpf", "type",
              "own-terminal", "truncate-log", "keyctl", "read-memory", "write-memory"}


def test_no_system_call_helps(attacked):
    one = attacked()
    assert {name: one.puppet.call(name) for name in CALLS} == CALLS
    assert one.puppet.call("i386") == "dead"  # the filter kills it
    one.connect()
    assert one.puppet.call("open") == EPERM


def test_without_the_confinement_the_same_calls_succeed(attacked):
    one = attacked(4, "front")
    answers = {name: one.puppet.call(name) for name in CALLS}
    assert not {name: answer for name, answer in answers.items() if answer in (EPERM, ENOSYS) or not (answer.startswith("gained") or name in REACH_ONLY)}
    assert one.puppet.call("i386").startswith("gained")


class Victim:
    """Another run in progress, in the keeper of a slot that is not attacked."""

    def __init__(self, attacked):
        self.attacked, self.n_ended = attacked, 0
        self.begin()

    def begin(self):
        number = self.attacked.next_run()
        packet = Packet("start", start(order(b"sleep 2; echo well")), run=number)
        assert self.attacked.puppet.send(0, packet, self.attacked.puppet.keepers()[0]) == "sent"

    def look(self, seconds=0):
        """Checks the outcome if it is there, and starts the next run."""
        name, payload = self.attacked.puppet.read(0, seconds)
        if name == "silent":
            return False
        assert name == "outcome" and struct.unpack_from("=Q", payload) == (0,) and b"well\n" in payload, (name, payload)
        assert self.attacked.puppet.read(0, 20)[0] == "idle"
        self.n_ended += 1
        self.begin()
        return True

    def end(self):
        assert self.look(60)
        assert self.attacked.puppet.send(0, Packet("cancel", run=self.attacked.runs), self.attacked.puppet.keepers()[0]) == "sent"
        return self.n_ended


# Messages that differ from their rows, or name another keeper: the keeper leaves.
WRONG = {
    "version 0": Packet("retire", version=0), "version 2": Packet("retire", version=2), "no type": Packet(0), "type 65535": Packet(65535), "type one too high": Packet(len(kit.TYPES)),
    "a keeper's message": Packet("ready", bytes(16)), "the warden's message": Packet("hello", bytes(8)), "a message for the warden": Packet("pulse"),
    "size 0": Packet("retire", size=0), "size too small": Packet("make", make(), size=47), "size too large": Packet("make", make(), size=49), "size of 4 GiB": Packet("retire", size=2**32 - 1),
    "nothing": Packet(raw=b""), "one byte": Packet(raw=b"\1"), "half a head": Packet(raw=bytes(31)), "a head of 0": Packet(raw=bytes(32)),
    "make, too short": Packet("make", make()[:15]), "make, too long": Packet("make", make() + bytes(16384 - 15)), "check, too short": Packet("check", question()[:7]), "check, too long": Packet("check", question() + b"\0"),
    "an answer to a check": Packet("checked", bytes(24)), "a cell that is gone": Packet("gone", bytes(8)), "make, empty": Packet("make"),
    "start, empty": Packet("start", run=1000), "start, without an order": Packet("start", start(b""), run=1000), "cancel with a payload": Packet("cancel", b"\0" * 4),
    "version, too short": Packet("version", question()[:7]), "version, too long": Packet("version", question() + b"\0"), "version, empty": Packet("version"), "version with a descriptor": Packet("version", question(), fds=1, kind="unsealed"),
    "version in a memfd": Packet("version", flags=1, memfd_bytes=8, fds=1, kind="sealed", content=question()), "an answer about a version": Packet("version_is", bytes(8)),
    "retire with a payload": Packet("retire", b"\0"), "a packet one byte too long": Packet("start", start(bytes(32768 - 32 - 8 + 1)), run=1000),
    "a packet of 100,000 bytes": Packet("start", start(bytes(100_000)), run=1000),
    "another keeper's generation": Packet("make", make(), generation=1), "generation 0": Packet("retire", generation=-1), "start of another generation": Packet("start", start(), run=1000, generation=7),
    "run 0": Packet("start", start(), run=0),
    "says one descriptor": Packet("make", make(), n_fds=1), "hides a descriptor": Packet("make", make(), fds=1, kind="unsealed", n_fds=0),
    **{f"{n} descriptors": Packet("make", make(), fds=n, kind="unsealed") for n in (1, 2, 8, 9, 253)},
    "its own socket": Packet("make", make(), fds=1, kind="socket"), "start with its own socket": Packet("start", start(), run=1000, fds=1, kind="socket"),
    "retire with its own socket": Packet("retire", fds=1, kind="socket"),
    "flag 1 without a memfd": Packet("start", flags=1, memfd_bytes=300, run=1000), "flag 2": Packet("retire", flags=2), "all flags": Packet("retire", flags=65535),
    "bytes of a memfd, no flag": Packet("retire", memfd_bytes=1), "a memfd that may not be": Packet("make", flags=1, memfd_bytes=8, fds=1, kind="sealed", content=make()),
    "an unsealed memfd": Packet("start", flags=1, memfd_bytes=len(start()), fds=1, kind="unsealed", content=start(), run=1000),
    "a memfd that is shorter": Packet("start", flags=1, memfd_bytes=len(start()) + 1, fds=1, kind="sealed", content=start(), run=1000),
    "a memfd that is longer": Packet("start", flags=1, memfd_bytes=len(start()) - 1, fds=1, kind="sealed", content=start(), run=1000),
    "a memfd of 0 bytes": Packet("start", flags=1, memfd_bytes=0, fds=1, kind="sealed", run=1000),
    "a memfd of 2^64 - 1 bytes": Packet("start", flags=1, memfd_bytes=2**64 - 1, fds=1, kind="sealed", content=start(), run=1000),
    "a memfd of more than an order": Packet("start", flags=1, memfd_bytes=kit.MOST_ORDER_BYTES + 9, fds=1, kind="sealed", content=start(), run=1000),
    "a memfd and a payload": Packet("start", start(), flags=1, memfd_bytes=len(start()), fds=1, kind="sealed", content=start(), run=1000),
    "two memfds": Packet("start", flags=1, memfd_bytes=len(start()), fds=2, kind="sealed", content=start(), run=1000),
    "a socket as a memfd": Packet("start", flags=1, memfd_bytes=len(start()), fds=1, kind="socket", run=1000),
}


def refused(**more):
    return Packet("start", start(order(**more)), run=1000)


def huge(content, fill=0):
    return Packet("start", flags=1, memfd_bytes=max(len(content), fill), fds=1, kind="sealed", content=content, fill=fill, run=1000)


# Messages that fit their rows, but ask for what the keeper does not give: it refuses, and works on.
REFUSED = {
    "profiles of another generation": Packet("start", start(generation=2), run=1000), "profiles of generation 0": Packet("start", start(generation=0), run=1000),
    "an unknown profile": Packet("start", start(profile=10**6), run=1000), "the last profile of all numbers": Packet("start", start(profile=2**32 - 1), run=1000),
    "an order of zeros": Packet("start", start(bytes(300)), run=1000), "an order of one byte": Packet("start", start(b"\1"), run=1000),
    "an order of another version": refused(version=1), "half an order": Packet("start", start(order()[:150]), run=1000), "an order and a byte": Packet("start", start(order() + b"\0"), run=1000),
    "64 MiB of zeros": huge(start(b""), kit.MOST_ORDER_BYTES + 8), "a sealed order of too many files": huge(start(order(files=[(b"f%d" % i, b"") for i in range(2000)] + [(b"f", b"")] * 2097))),
    "an order of too many arguments": huge(start(order(args=[b""] * 1025))), "an order of too many patterns": refused(artifacts=[b"*"] * 65),
    **{f"more {name} than the maximum": refused(limits={name: 2**63}) for name in kit.LIMITS}, "all bits of a limit": refused(limits={"wall_ms": 2**64 - 1}), "a limit below its floor": refused(limits={"memory_bytes": 1}),
    "a path out of the box": refused(files=[(b"../x", b"")]), "an absolute path": refused(files=[(b"/etc/passwd", b"")]), "a file twice": refused(files=[(b"x", b""), (b"x", b"")]),
    "a pattern out of the box": refused(artifacts=[b"../../*"]), "a variable that loads code": refused(env=[b"LD_PRELOAD=/x"]), "a variable without a name": refused(env=[b"=x"]),
    "a source that is larger than the disk": refused(source=b"x" * 20_000, limits={"disk_bytes": 1 << 14}),
}


def be_empty(one, slot):
    pass


def be_making(one, slot):
    assert one.puppet.send(slot, Packet("make", make()), one.puppet.keepers()[slot]) == "sent"


def be_ready(one, slot):
    be_making(one, slot)
    assert one.puppet.read(slot, 30)[0] == "ready"


def be_running(one, slot):
    packet = Packet("start", start(order(b"sleep 30")), run=1)
    assert one.puppet.send(slot, packet, one.puppet.keepers()[slot]) == "sent"
    serving.wait_until(lambda: len(serving.processes_of_cells()) > 2)
    time.sleep(0.05)


# The messages that come before the end of the socket. The last one is lost if the next keeper comes before it is read.
STATES = {"empty": (be_empty, [[]]), "making": (be_making, [["ready"]]), "ready": (be_ready, [[]]), "running": (be_running, [["outcome", "idle"], ["outcome"]])}


def wait_for_keepers(one, n):
    serving.wait_until(lambda: len(one.puppet.keepers()) == n)


@pytest.mark.parametrize("state", STATES)
def test_a_keeper_leaves_if_a_message_is_wrong(attacked, state):
    """Each row has its own keeper, because the pause before the next start grows."""
    n = len(WRONG) + 1
    one = attacked(n)
    wait_for_keepers(one, n)
    before = one.puppet.keepers()
    victim = Victim(one)
    bring, expected = STATES[state]
    seen = {}
    for slot, (name, packet) in enumerate(WRONG.items(), 1):
        bring(one, slot)
        assert one.puppet.send(slot, packet, before[slot]) == "sent", name
        seen[name] = one.puppet.read_until(slot, ())
        victim.look()
    assert not {name: got for name, got in seen.items() if got[-1] != "closed" or got[:-1] not in expected}
    serving.wait_until(lambda: all(generation == before[slot] + (slot > 0) for slot, generation in one.puppet.keepers().items()))
    assert victim.end() > 0


@pytest.mark.parametrize("state", ["empty", "making", "ready"])
def test_a_keeper_refuses_and_works_on(attacked, state):
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    victim = Victim(one)
    bring, _ = STATES[state]
    seen, number = {}, 1000
    for name, packet in REFUSED.items():
        bring(one, 1)
        packet.run = number = number + 2
        assert one.puppet.send(1, packet, before[1]) == "sent", name
        seen[name] = one.puppet.read_until(1, ("refused",))
        assert one.puppet.send(1, Packet("start", start(), run=number + 1), before[1]) == "sent"
        last, payload = one.puppet.read(1, 30)
        assert last == "outcome" and b"well\n" in payload, (name, seen[name], last)
        assert one.puppet.read(1, 30)[0] == "idle"
        victim.look()
    assert not {name: got for name, got in seen.items() if got[-1] != "refused" or got[:-1] != (["ready"] if state == "making" else [])}
    for wrong in (make(generation=0), make(generation=2), make(profile=10**6), make(parks=1), make(parks=1) + bytes(16)):
        assert one.puppet.send(1, Packet("make", wrong), before[1]) == "sent"
        assert one.puppet.read(1, 30)[0] == "failed"
    assert victim.end() > 0
    assert one.puppet.keepers() == before


def test_a_keeper_has_the_profiles_with_which_it_was_started(attacked):
    """After a reload, a front can use those that were replaced only until it retires the keeper."""
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    victim = Victim(one)
    one.service.process.send_signal(signal.SIGHUP)
    serving.wait_until(lambda: "has loaded the configuration and the profiles again" in one.service.log.read_text())

    def answers_of(slot):
        found = []
        for generation in (1, 2):
            assert one.puppet.send(slot, Packet("make", make(generation=generation)), one.puppet.keepers()[slot]) == "sent"
            found.append(one.puppet.read(slot, 30)[0])
        return found

    assert answers_of(1) == ["ready", "failed"]
    assert one.puppet.send(1, Packet("retire"), before[1]) == "sent"
    serving.wait_until(lambda: one.puppet.keepers()[1] == before[1] + 1)
    assert answers_of(1) == ["failed", "ready"]
    assert one.puppet.send(1, Packet("start", start(generation=2), run=1), before[1] + 1) == "sent"
    assert one.puppet.read_until(1, ("outcome",)) == ["outcome"]
    assert answers_of(2) == ["ready", "failed"]
    assert victim.end() > 0


def test_a_keeper_says_a_version_of_its_own_profiles_only(attacked):
    """A front can't name a command: it gets what the profile's own prints, or nothing, and the keeper works on."""
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    victim = Victim(one)
    for payload, wanted in ((question(), rb"[ -~]{1,128}"), (question(generation=0), b""), (question(generation=2), b""), (question(profile=10**6), b""), (question(profile=2**32 - 1), b""), (question(), rb"[ -~]{1,128}")):
        assert one.puppet.send(1, Packet("version", payload), before[1]) == "sent"
        name, answer = one.puppet.read(1, 30)
        assert name == "version_is" and re.fullmatch(wanted, answer[8:]), answer
        victim.look()
    begin_run(one, 1, b"echo well")
    assert one.puppet.read_until(1, ("idle",)) == ["outcome", "idle"]
    assert victim.end() > 0
    assert one.puppet.keepers() == before


def test_a_stream_that_is_asked_for_twice_comes_once(attacked):
    one = attacked(2)
    wait_for_keepers(one, 2)
    before = one.puppet.keepers()
    victim = Victim(one)
    begin_open(one, 1, b"echo first; read line; echo \"<$line>\"")
    assert one.puppet.read_until(1, ("reading",))[-1] == "reading"
    for _ in range(3):
        assert one.puppet.send(1, Packet("stream", run=1), before[1]) == "sent"
    assert one.puppet.read_until(1, ("chunk",))[-2:] == ["started", "chunk"]
    assert one.puppet.send(1, Packet("stdin", stdin(b"second\n"), run=1), before[1]) == "sent"
    got = one.puppet.read_until(1, ("idle",))
    assert got[-3:] == ["chunk", "outcome", "idle"] and got.count("chunk") == 1 and "started" not in got
    assert victim.end() > 0
    assert one.puppet.keepers() == before


def test_a_keeper_with_replaced_profiles_is_ended_even_if_the_front_keeps_it(attacked):
    """One that waits goes soon. One that runs a program goes in the time that this run may take, although the front gives it another."""
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    one.service.process.send_signal(signal.SIGHUP)
    serving.wait_until(lambda: "has loaded the configuration and the profiles again" in one.service.log.read_text())
    begun = time.monotonic()
    be_ready(one, 1)
    packet = Packet("start", start(order(b"sleep 22; echo well", limits={"wall_ms": 25_000, "cpu_ms": 1000})), run=1)
    assert one.puppet.send(2, packet, before[2]) == "sent"
    serving.wait_until(lambda: one.puppet.keepers()[1] == before[1] + 1, 60)
    assert "keeper 1 did not leave after its profiles were replaced" in one.service.log.read_text() and one.puppet.keepers()[2] == before[2]
    name, payload = one.puppet.read(2, 40)
    assert name == "outcome" and b"well\n" in payload
    assert one.puppet.read(2, 30)[0] == "idle"
    begin_run(one, 2, b"sleep 60", 2)
    serving.wait_until(lambda: one.puppet.keepers()[2] == before[2] + 1, 60)
    assert "keeper 2 did not leave" in one.service.log.read_text()
    assert begun + 20 < time.monotonic()  # not before an honest front would have retired it
    for slot in (1, 2):
        assert one.puppet.send(slot, Packet("make", make(generation=2)), before[slot] + 1) == "sent"
        assert one.puppet.read(slot, 30)[0] == "ready"


def begin_run(one, slot, source=b"sleep 30", run=1):
    assert one.puppet.send(slot, Packet("start", start(order(source)), run=run), one.puppet.keepers()[slot]) == "sent"


def test_messages_at_the_wrong_moment(attacked):
    """A keeper that runs a program gets no second order; one that has run a program gets no older number."""
    one = attacked(8)
    wait_for_keepers(one, 8)
    before = one.puppet.keepers()
    victim = Victim(one)
    for slot, packet in enumerate((Packet("start", start(), run=1), Packet("start", start(), run=2), Packet("make", make()), Packet("drop"), Packet("version", question())), 1):
        begin_run(one, slot)
        assert one.puppet.send(slot, packet, before[slot]) == "sent"
        assert one.puppet.read_until(slot, ())[-1] == "closed"
    begin_run(one, 6, b"echo well", 7)
    assert one.puppet.read_until(6, ("idle",)) == ["outcome", "idle"]
    begin_run(one, 6, b"echo well", 7)
    assert one.puppet.read_until(6, ()) == ["closed"]
    be_ready(one, 7)
    assert one.puppet.send(7, Packet("version", question()), before[7]) == "sent"
    assert one.puppet.read_until(7, ()) == ["closed"]
    assert victim.end() > 0


def stdin(content=b"", ends=0):
    return struct.pack("=II", ends, 0) + content


def begin_open(one, slot, source=b"read line; echo \"<$line>\"", still_ms=60_000):
    payload = start(order(source, is_open=1), still_ms=still_ms)
    assert one.puppet.send(slot, Packet("start", payload, run=1), one.puppet.keepers()[slot]) == "sent"


def begin_compiling(one, slot):
    """Its program takes nothing before it was compiled, which takes a while."""
    source = b"".join(b"int f%d(int x) { return x * %d + %d; }\n" % (n, n, time.time_ns()) for n in range(2000)) + b"int main(void) { return 0; }\n"
    packet = huge(start(order(source, is_open=1), profile=C, still_ms=1000))
    packet.run = 1
    assert one.puppet.send(slot, packet, one.puppet.keepers()[slot]) == "sent"


def test_input_that_may_not_come(attacked):
    """For a run whose stdin is not open, for one that has not begun, after the end of the input, or more than the keeper has room for: the keeper leaves, and its run ends."""
    one = attacked(7)
    wait_for_keepers(one, 7)
    before = one.puppet.keepers()
    victim = Victim(one)
    piece = stdin(b"x" * 32_704)
    rows = {"not open": (begin_run, [Packet("stdin", stdin(b"x"), run=1)]), "of a later run": (begin_open, [Packet("stdin", stdin(b"x"), run=2)]),
            "after the end": (begin_open, [Packet("stdin", stdin(ends=1), run=1), Packet("stdin", stdin(b"x"), run=1)]),
            "too much": (begin_compiling, [Packet("stdin", piece, run=1)] * 3), "too large": (begin_open, [Packet("stdin", piece + b"x", run=1)])}
    for slot, (name, (bring, packets)) in enumerate(rows.items(), 1):
        bring(one, slot)
        for packet in packets:
            # If the keeper is slow, the socket is full for a moment.
            assert serving.wait_until(lambda: (answer := one.puppet.send(slot, packet, before[slot])) != "errno 11" and answer) in ("sent", "errno 32"), name
        got = one.puppet.read_until(slot, ())
        assert got[-1] == "closed" and set(got[:-1]) <= {"taken", "reading", "outcome", "idle"}, (name, got)
        victim.look()
    assert victim.end() > 0


def test_input_that_comes_late_changes_nothing(attacked):
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    victim = Victim(one)
    begin_open(one, 1)
    assert one.puppet.send(1, Packet("stdin", stdin(b"first\n"), run=1), before[1]) == "sent"
    assert one.puppet.read_until(1, ("idle",))[-1] == "idle"
    for packet in (Packet("stdin", stdin(b"late"), run=1), Packet("go_on", run=1), Packet("go_on", run=99), Packet("stream", run=1), Packet("stream", run=99)):
        assert one.puppet.send(1, packet, before[1]) == "sent"
    begin_run(one, 1, b"echo well", 2)
    for packet in (Packet("stdin", stdin(b"late"), run=1), Packet("go_on", run=1), Packet("go_on", run=2), Packet("stream", run=1), Packet("stream", run=3)):
        assert one.puppet.send(1, packet, before[1]) == "sent"
    assert one.puppet.read_until(1, ("idle",)) == ["outcome", "idle"]
    assert victim.end() > 0
    assert one.puppet.keepers() == before


def test_a_front_can_not_let_the_wall_time_stand_still_longer_than_a_day(attacked):
    """Its largest number is cut, and the run can be ended as any other."""
    one = attacked(3)
    wait_for_keepers(one, 3)
    before = one.puppet.keepers()
    victim = Victim(one)
    begin_open(one, 1, still_ms=2**32 - 1)
    assert one.puppet.read_until(1, ("reading",)) == ["reading"]
    assert one.puppet.send(1, Packet("cancel", run=1), before[1]) == "sent"
    assert one.puppet.read_until(1, ("idle",))[-2:] == ["outcome", "idle"]
    assert victim.end() > 0


def test_a_flood_of_cancels_for_other_runs_changes_nothing(attacked):
    one = attacked(3)
    wait_for_keepers(one, 3)
    victim = Victim(one)
    begin_run(one, 1, b"sleep 1; echo well")
    generation = one.puppet.keepers()[1]
    for _ in range(1000):
        assert one.puppet.send(1, Packet("cancel", run=99), generation) in ("sent", "errno 11")
    name, payload = one.puppet.read(1, 30)
    assert name == "outcome" and b"well\n" in payload
    assert victim.end() > 0


def test_a_keeper_whose_answers_are_never_read_is_replaced(attacked):
    one = attacked(3)
    wait_for_keepers(one, 3)
    generation = one.puppet.keepers()[1]
    victim = Victim(one)
    end = time.monotonic() + 60
    while one.puppet.keepers()[1] == generation:
        assert time.monotonic() < end
        one.puppet.send(1, Packet("make", make(profile=10**6)), generation)
        victim.look()
    assert "keeper 1 hangs" in one.service.log.read_text()
    assert victim.end() > 0


def test_a_keeper_whose_socket_is_shut_leaves(attacked):
    one = attacked(3)
    wait_for_keepers(one, 3)
    generation = one.puppet.keepers()[1]
    begin_run(one, 1)
    victim = Victim(one)
    assert one.puppet.order("shut 1") == "shut"
    serving.wait_until(lambda: one.puppet.keepers()[1] == generation + 1)
    assert victim.end() > 0


def test_a_keeper_whose_socket_was_given_away_does_not_outlive_the_front(attacked):
    """An accomplice among the clients could use it for ever, and the slot would be lost."""
    one = attacked()
    wait_for_keepers(one, 4)
    before, (front,) = one.puppet.keepers(), serving.processes("exrun-front")
    with one.puppet.take(1) as given:
        os.kill(front, signal.SIGKILL)
        serving.wait_until(lambda: not serving.status_of(front))
        one.connect()
        serving.wait_until(lambda: one.puppet.keepers() == {slot: generation + 1 for slot, generation in before.items()}, 40)
        given.settimeout(10)
        assert given.recv(1) == b""


@contextlib.contextmanager
def other_run():
    """A program that the one-shot command runs meanwhile."""
    process = subprocess.Popen([EXRUN, "run", "--json", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.stdin.write(json.dumps({"profile": "bash", "source": "sleep 1; echo well"}).encode())
    process.stdin.close()
    yield
    assert json.loads(process.stdout.read())["stdout"] == "well\n"
    assert process.wait(30) == 0


STUCK = struct.pack("=II", 0, 1)
# Messages after which the warden replaces the front.
WRONG_FOR_WARDEN = {
    "another version": Packet("pulse", version=2), "no type": Packet(0), "type 65535": Packet(65535), "a message for a keeper": Packet("make", make()), "its own message": Packet("drain"),
    "nothing": Packet(raw=b""), "half a head": Packet(raw=bytes(31)), "a payload": Packet("pulse", b"\0"), "stuck, too short": Packet("stuck", STUCK[:7]),
    "a packet of 100,000 bytes": Packet("stuck", bytes(100_000)), "a descriptor": Packet("pulse", fds=1, kind="unsealed"), "253 descriptors": Packet("pulse", fds=253, kind="unsealed"),
    "its own socket": Packet("pulse", fds=1, kind="socket"), "a memfd": Packet("stuck", flags=1, memfd_bytes=8, fds=1, kind="sealed", content=STUCK),
    "switches, none": Packet("switched"), "switches, too long": Packet("switched", bytes(24_577)),
}
# Messages that fit their rows, and change nothing.
IGNORED_BY_WARDEN = {
    "stuck, of a keeper that waits": Packet("stuck", STUCK), "stuck, of no keeper": Packet("stuck", struct.pack("=II", 2**32 - 1, 1)),
    "stuck, of another generation": Packet("stuck", struct.pack("=II", 0, 9)), "up": Packet("up"), "drained": Packet("drained"), "pulse": Packet("pulse"),
    "switches that no front can read": Packet("switched", b"\xff" * 24_576),
}


@pytest.mark.parametrize("name", [*WRONG_FOR_WARDEN, "the end of its socket"])
def test_the_warden_replaces_a_front_that_sends_what_is_wrong(attacked, name):
    one = attacked()
    wait_for_keepers(one, 4)
    before, (front,) = one.puppet.keepers(), serving.processes("exrun-front")
    begin_run(one, 1)
    with other_run():
        if name in WRONG_FOR_WARDEN:
            one.puppet.send("w", WRONG_FOR_WARDEN[name])
        else:
            one.puppet.order("shut w")
        serving.wait_until(lambda: not serving.status_of(front), 5)
        one.connect()
        serving.wait_until(lambda: one.puppet.keepers() == {slot: generation + 1 for slot, generation in before.items()})
        begin_run(one, 1, b"echo well")
        assert b"well\n" in one.puppet.read(1, 30)[1]


def test_the_warden_ignores_what_gains_nothing(attacked):
    one = attacked()
    wait_for_keepers(one, 4)
    before = one.puppet.keepers()
    victim = Victim(one)
    for packet in IGNORED_BY_WARDEN.values():
        for _ in range(200):
            assert one.puppet.send("w", packet) in ("sent", "errno 11")
    assert victim.end() > 0
    assert one.puppet.keepers() == before
    assert one.service.log.read_text().count("listening on") == 1
