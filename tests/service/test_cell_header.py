# SPDX-License-Identifier: MIT
"""The header Exrun-Cell, with which an administrator asks for a kind of cell."""
import contextlib
import json
import sys
import time

import pytest

from conftest import ROOT

sys.path += [str(ROOT / "tests/kit"), str(ROOT / "tests/service")]
pytest.register_assert_rewrite("serving")
import serving as kit  # noqa: E402
from serving import ADMIN, SOCKET, start, wait_until  # noqa: E402, F401
from test_warm import HELLO, change, profiles, shim, status_of, wait_for_cells, warm_of  # noqa: E402, F401

LUA = {"profile": "lua", "source": "print(1)"}
NO_FLOORS = {"cells": {"profiles": {name: {"floor": 0, "ceiling": 2} for name in ("bash", "c", "lua", "perl", "php", "python")}}}


def post(request, cell, address=ADMIN, **headers):
    return kit.call("POST", "/v1/runs", request, {"Exrun-Cell": cell, **headers}, address=address)


def run_in(cell, request):
    """Its result, which is a good one."""
    answer = post(request, cell)
    assert answer.status == 200, answer.content
    assert answer.json["verdict"] == "ok", answer.json
    return answer.json


def cell_of(result):
    return result["timing"]["cell"]


def refused(status, request, cell, **more):
    answer = post(request, cell, **more)
    assert answer.status == status and answer.headers["Content-Type"] == "application/problem+json", answer.content
    return answer.json


@pytest.mark.parametrize("floor", [0, 2])
@pytest.mark.parametrize("name", ["lua", "python", "php"])
def test_each_kind_can_be_asked_for(start, profiles, name, floor):
    """Whatever waits: a cell of another kind is left alone, and one of this kind is made."""
    start({"cells": {"profiles": {name: {"floor": floor, "ceiling": 4}}}}, profiles=profiles)
    request = {"profile": name, "source": HELLO[name], "stdin": "a line\n"}
    for _ in range(2):
        for cell in ("parked", "ready", "cold"):
            result = run_in(cell, request)
            assert cell_of(result) == cell and result["stdout"].startswith("hello")


def test_floors_give_way(start, profiles):
    """There is one place for a cell that waits, and another profile always fills it."""
    start({"cells": {"running": 1, "keepers": 2, "profiles": {"lua": {"floor": 1, "ceiling": 1}, "bash": {"floor": 0, "ceiling": 1}}}}, profiles=profiles)
    wait_until(lambda: warm_of("lua")["warm"] == warm_of("bash")["warm"] == "on")
    for cell in ("parked", "ready", "cold"):
        wait_for_cells("lua")
        assert cell_of(run_in(cell, {"profile": "bash", "source": "echo hello"})) == cell


def test_a_compiled_program_can_have_a_ready_cell(start, profiles):
    start(NO_FLOORS, profiles=profiles)
    request = {"profile": "c", "source": "int puts(const char *);\nint main(void) { puts(\"hello\"); return 0; }"}
    assert [cell_of(run_in(cell, request)) for cell in ("ready", "cold", "ready")] == ["ready", "cold", "ready"]


def test_other_commands_become_variants_at_once(start, profiles):
    start(NO_FLOORS, profiles=profiles)
    for number in range(3):
        result = run_in("parked", {**LUA, "source": "print(arg[1])", "args": [f"x{number}"]})
        assert (result["stdout"], cell_of(result)) == (f"x{number}\n", "parked")
    assert cell_of(run_in("parked", {"profile": "php", "source": "<?php echo 1;", "limits": {"memory_bytes": 256 << 20}})) == "parked"
    assert cell_of(run_in("ready", {**LUA, "args": ["x1"]})) == "ready"


def test_only_administrators_may_ask(start, profiles):
    start(profiles=profiles)
    for cell in ("ready", "warm"):
        assert "administrator" in refused(403, LUA, cell, address=SOCKET)["detail"]
    for cell in ("warm", "", "Ready", "ready parked", "forked"):
        assert "cold" in refused(400, LUA, cell)["detail"]
    assert kit.call("GET", "/healthz", headers={"Exrun-Cell": "warm"}).status == 200  # nothing reads it there
    with contextlib.closing(kit.Connection(ADMIN)) as connection:
        assert kit.ask(connection, "POST", "/v1/runs", LUA, {"Exrun-Cell": "cold"}).json["timing"]["cell"] == "cold"
        wait_until(lambda: warm_of("lua")["warm"] == "on")
        wait_until(lambda: kit.ask(connection, "POST", "/v1/runs", LUA).json["timing"]["cell"] == "parked")  # it is forgotten with its request


@pytest.mark.parametrize("request_, pointer, why", [
    ({"profile": "c", "source": "int main(void) { return 0; }"}, "/profile", "no interpreter"), ({**LUA, "limits": {"memory_bytes": 32 << 20}}, "/limits/memory_bytes", "lower"),
    ({**LUA, "limits": {"processes": 2}}, "/limits/processes", "lower"), ({"profile": "perl", "source": "#!/usr/bin/perl -l\nprint 1"}, "/source", "as it starts"),
    ({"profile": "perl", "source": "print 1", "files": [{"path": "x", "content": ""}], "env": {"A": "b"}}, "/files", "as it starts"),
    ({"profile": "bash", "source": "echo 1"}, "/profile", "wait (\"ceiling\")"),
], ids=["compiled", "memory", "processes", "options", "files", "ceiling"])
def test_what_can_never_be_is_refused_at_once(start, profiles, request_, pointer, why):
    start({"cells": {"profiles": {"bash": {"floor": 0, "ceiling": 0}}}, "queue": {"wait_ms": 60_000}}, profiles=profiles)
    problem = refused(422, request_, "parked")
    assert problem["pointer"] == pointer and why in problem["detail"] and problem["detail"].startswith("Exrun-Cell can't be \"parked\": ")
    if request_["profile"] == "bash":
        assert refused(422, request_, "ready")["pointer"] == "/profile"
    else:
        assert cell_of(run_in("ready", request_)) == "ready"
    assert cell_of(run_in("cold", request_)) == "cold"


@pytest.mark.parametrize("mib", [64, 256])
def test_a_cell_that_shows_its_memory_fits_only_that(start, profiles, mib):
    """/proc/meminfo is written when the cell is made."""
    start(profiles=profiles)
    request = {"profile": "bash", "source": "grep MemTotal /proc/meminfo", "limits": {"memory_bytes": mib << 20}}
    for cell in ("ready", "parked"):
        problem = refused(422, request, cell)
        assert problem["pointer"] == "/limits/memory_bytes" and "/proc/meminfo" in problem["detail"]
    assert run_in("cold", request)["stdout"].split()[1] == str(mib << 10)


def test_interpreters_that_do_not_wait_are_refused_with_the_reason(start, profiles):
    change(profiles, "bash", warm={"how": "park", "check": "exit $((3 + $(grep -c park.so /proc/$$/maps)))"})
    start({"queue": {"wait_ms": 60_000}}, profiles=profiles)
    for _ in range(2):  # before the check has ended, and afterwards
        assert "exit status" in refused(422, {"profile": "bash", "source": "echo 1"}, "parked")["detail"]
    assert warm_of("bash")["warm"] == "off"


def test_a_run_that_waits_holds_up_nobody(start, profiles):
    """The interpreter never waits, which the check finds out only after the runs have waited as long as they may."""
    change(profiles, "bash", warm="park", run=["/bin/sleep", "60"])
    start({"cells": {"running": 1, "keepers": 2, "profiles": {"bash": {"floor": 0, "ceiling": 1}}}, "queue": {"wait_ms": 3000}}, profiles=profiles)
    begun = time.monotonic()
    with contextlib.ExitStack() as stack:
        waiting = []
        for number in range(8):
            connection = stack.enter_context(contextlib.closing(kit.Connection(ADMIN)))
            headers = {"Content-Type": "application/json", "Exrun-Cell": "parked", **({"Prefer": "respond-async"} if number % 2 else {})}
            connection.request("POST", "/v1/runs", json.dumps({"profile": "bash", "source": "", "id": f"w{number}"}), headers)
            waiting.append(connection)
        wait_until(lambda: kit.call("GET", "/v1/runs/w7", address=ADMIN).status == 202)
        for _ in range(3):
            assert kit.run(LUA, address=ADMIN)["verdict"] == "ok"
            answer = kit.call("POST", "/v1/runs", LUA, {"Prefer": "respond-async"}, address=ADMIN)
            wait_until(lambda: kit.call("GET", answer.headers["Location"], address=ADMIN).status == 200, 3)
        assert time.monotonic() - begun < 3, "they had to overtake"
        answers = [kit.Answer(connection.getresponse()) for connection in waiting[::2]]
    for answer in answers:
        assert answer.status == 503 and answer.headers["Retry-After"] and "Exrun-Cell" in answer.json["detail"]
    assert time.monotonic() - begun < 15


def test_the_same_request_for_another_kind_is_another_run(start, profiles):
    start(NO_FLOORS, profiles=profiles)
    assert cell_of(run_in("ready", {**LUA, "id": "one"})) == "ready"
    assert cell_of(run_in("ready", {**LUA, "id": "one"})) == "ready"
    assert refused(409, {**LUA, "id": "one"}, "parked")["pointer"] == "/id"


def test_a_stream_has_the_kind(start, profiles):
    start(NO_FLOORS, profiles=profiles)
    for cell in ("parked", "ready", "cold"):
        text = post({**LUA, "id": cell}, cell, Accept="text/event-stream").content.decode()
        assert f'"cell":"{cell}"' in text


def test_a_reload_refuses_what_can_not_be_any_more(start, profiles):
    one = start({"cells": {"running": 0}}, profiles=profiles)
    with contextlib.closing(kit.Connection(ADMIN)) as connection:
        connection.request("POST", "/v1/runs", json.dumps({**LUA, "id": "mine"}), {"Content-Type": "application/json", "Exrun-Cell": "parked"})
        wait_until(lambda: kit.call("GET", "/v1/runs/mine", address=ADMIN).status == 202)
        change(profiles, "lua", warm="none")
        one.process.send_signal(kit.signal.SIGHUP)
        answer = kit.Answer(connection.getresponse())
    assert answer.status == 422 and "no interpreter" in answer.json["detail"]
