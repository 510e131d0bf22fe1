# SPDX-License-Identifier: MIT
"""Results that the service keeps, and requests that are sent again."""
import contextlib
import hashlib
import http.client
import json
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import IS_SANITIZER_BUILD, ROOT

sys.path.append(str(ROOT / "tests/kit"))
import serving as kit  # noqa: E402
from serving import service, start  # noqa: E402, F401

# Each run of it prints something else, so that two runs can't be taken for one.
ONCE = {"profile": "bash", "source": "echo $$ $(date +%s%N) $RANDOM"}
SLEEP = {"profile": "bash", "source": "echo begun; sleep 60", "limits": {"wall_ms": 60_000}}
UNIX = "unix:" + kit.SOCKET


def get(name, **more):
    return kit.call("GET", f"/v1/runs/{name}", **more)


def post(request, **more):
    return kit.call("POST", "/v1/runs", request, **more)


def is_running(name):
    answer = get(name)
    return answer.status == 202 and answer.json["state"] == "running"


def send(request):
    """A connection whose answer has not been read."""
    connection = kit.Connection()
    connection.request("POST", "/v1/runs", json.dumps(request), {"Content-Type": "application/json"})
    return connection


def status():
    return kit.call("GET", "/v1/status", address=kit.ADMIN).json


def verdicts():
    return status()["verdicts"]


def wait_for_waiters(n):
    """Waits until @n connections are open besides the one that asks, and what they have sent is read: that comes before the answer to a later one."""
    kit.wait_until(lambda: status()["connections"] == n + 1)
    assert kit.call("GET", "/healthz").status == 200


def is_problem(answer, status):
    problem = answer.json
    return (answer.status == status and answer.headers["Content-Type"] == "application/problem+json"
            and problem["status"] == status and bool(problem["title"]) and bool(problem["detail"]))


def test_a_client_that_sends_nothing_more_reads_all(service):
    """As nc -N does. The answer is there, so nobody has to be noticed to have left."""
    whole = kit.call("POST", "/v1/runs", {"profile": "bash", "id": "half", "source": "head -c 3000000 /dev/zero | tr '\\0' x", "limits": {"output_bytes": 4 << 20}}).content
    for closes in ("close", "keep-alive"):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(60)
            client.connect(kit.SOCKET)
            client.sendall(f"GET /v1/runs/half HTTP/1.1\r\nHost: x\r\nConnection: {closes}\r\n\r\n".encode())
            client.shutdown(socket.SHUT_WR)
            got = b""
            while piece := client.recv(65536):
                got += piece
        assert got.partition(b"\r\n\r\n")[2] == whole


def test_a_result_is_kept(service):
    answer = post({**ONCE, "id": "mine"})
    kept = get("mine")
    assert kept.status == 200 and kept.content == answer.content
    assert (kept.headers["Content-Type"], kept.headers["Exrun-Run"]) == ("application/json", "mine")
    head = kit.call("HEAD", "/v1/runs/mine")
    assert (head.status, head.content, head.headers["Content-Length"]) == (200, b"", str(len(answer.content)))


def test_a_result_is_kept_under_the_id_that_exrun_gave(service):
    answer = post(ONCE)
    assert get(answer.headers["Exrun-Run"]).content == answer.content
    again = post({**ONCE, "id": answer.headers["Exrun-Run"]})
    assert is_problem(again, 409)  # it was sent without an ID, so this is another request


def test_the_state_of_a_run_says_when_to_ask_again(start):
    start({"cells": {"running": 0}})
    with contextlib.closing(send({**ONCE, "id": "mine"})):
        kit.wait_until(lambda: get("mine").status == 202)
        answer = get("mine")
        assert answer.json == {"id": "mine", "state": "queued", "position": 1}
        assert (answer.headers["Retry-After"], answer.headers["Exrun-Run"]) == ("1", "mine")


def test_the_same_request_gets_the_kept_answer(service):
    first = post({**ONCE, "id": "mine"})
    again = post({**ONCE, "id": "mine"})
    assert (again.status, again.content, again.headers["Exrun-Run"]) == (200, first.content, "mine")
    assert verdicts()["ok"] == 1  # it ran once


@pytest.mark.parametrize("switch, off", [("/v1/maintenance", {"on": False}), ("/v1/profiles/bash", {"disabled": False})])
def test_a_switch_refuses_new_runs_but_not_the_same_request(service, switch, off):
    first = post({**ONCE, "id": "mine"})
    on = {name: True for name in off}
    assert kit.call("POST", switch, on, address=kit.ADMIN).status == 200
    again = post({**ONCE, "id": "mine"})
    assert (again.status, again.content) == (200, first.content)
    assert post({**ONCE, "id": "another"}).status == 503
    kit.call("POST", switch, off, address=kit.ADMIN)


@pytest.mark.parametrize("size", [0, 100_000], ids=["small", "for-the-thread"])
def test_another_request_with_the_same_id_is_refused(service, size):
    first = {**ONCE, "stdin": "x" * size, "id": "mine"}
    assert post(first).status == 200
    # Another spelling is another request: its bytes are compared.
    for other in ({**first, "args": ["1"]}, json.dumps(first, indent=1).encode()):
        answer = post(other)
        assert is_problem(answer, 409) and answer.json["pointer"] == "/id" and answer.headers["Exrun-Run"] == "mine"
    assert post(first).status == 200


@pytest.mark.parametrize("size", [0, 100_000], ids=["small", "for-the-thread"])
def test_the_same_request_waits_for_the_same_run(start, size):
    start({"cells": {"running": 1}})
    request = {**ONCE, "stdin": "x" * size, "id": "mine"}
    with ThreadPoolExecutor(1) as pool, contextlib.ExitStack() as stack:
        blocking = pool.submit(kit.run, {**SLEEP, "id": "blocking"})
        kit.wait_until(lambda: is_running("blocking"))
        waiting = [stack.enter_context(contextlib.closing(send(request))) for _ in range(5)]
        kit.wait_until(lambda: get("mine").status == 202)
        wait_for_waiters(6)
        assert is_problem(post({**request, "args": ["1"]}), 409)
        assert get("mine").json["position"] == 1 and status()["queue"]["length"] == 1
        assert kit.call("DELETE", "/v1/runs/blocking").status == 204
        answers = [kit.Answer(connection.getresponse()) for connection in waiting]
        assert blocking.result(60)["verdict"] == "cancelled"
    assert {answer.status for answer in answers} == {200} and len({answer.content for answer in answers}) == 1
    assert {answer.headers["Exrun-Run"] for answer in answers} == {"mine"}
    assert answers[0].json["verdict"] == "ok" and answers[0].json["stdout"]


@pytest.mark.parametrize("running", [0, 1], ids=["queued", "running"])
def test_a_run_ends_when_its_last_waiter_leaves(start, running):
    start({"cells": {"running": running}, "queue": {"wait_ms": 120_000}})
    waiting = [send({**SLEEP, "id": "mine"}) for _ in range(3)]
    kit.wait_until(lambda: get("mine").status == 202 and get("mine").json["state"] == ("running" if running else "queued"))
    wait_for_waiters(3)
    for left in (2, 1):
        waiting.pop(0).close()  # the first one to leave is the one that began the run
        wait_for_waiters(left)
        assert get("mine").status == 202
    waiting.pop().close()
    kit.wait_until(lambda: get("mine").status == 404)
    kit.wait_until(lambda: verdicts()["cancelled"])
    assert verdicts()["cancelled"] == 1  # it was one run


def test_a_client_that_lost_its_connection_can_send_its_request_again(start):
    """The first run is being cancelled, because nobody waits for it. The second one is another run, and is not told that."""
    start({"cells": {"running": 1}})
    request = {"profile": "bash", "source": "sleep 3; echo done", "id": "mine", "limits": {"wall_ms": 60_000}}
    with contextlib.closing(send(request)):
        kit.wait_until(lambda: get("mine").status != 404)
    assert kit.run(request)["stdout"] == "done\n"


def test_all_waiters_are_told_that_a_run_was_deleted(service):
    waiting = [send({**SLEEP, "id": "mine"}) for _ in range(2)]
    kit.wait_until(lambda: is_running("mine"))
    wait_for_waiters(2)
    answer = kit.call("DELETE", "/v1/runs/mine")
    assert (answer.status, answer.content, answer.headers["Exrun-Run"]) == (204, b"", "mine")
    contents = {kit.Answer(connection.getresponse()).content for connection in waiting}
    assert len(contents) == 1 and json.loads(contents.pop())["verdict"] == "cancelled"
    for connection in waiting:
        connection.close()
    assert get("mine").json["verdict"] == "cancelled"  # kept as any other result


def test_all_waiters_are_turned_away(start):
    start({"cells": {"running": 0}, "queue": {"wait_ms": 1500}})
    answers = [kit.Answer(connection.getresponse()) for connection in [send({**ONCE, "id": "mine"}) for _ in range(3)]]
    for answer in answers:
        assert is_problem(answer, 503) and answer.headers["Exrun-Run"] == "mine" and int(answer.headers["Retry-After"]) >= 1
    assert is_problem(get("mine"), 404)  # a problem is not a result


def test_a_result_is_dropped_on_request(service):
    post({**ONCE, "id": "mine"})
    assert kit.call("DELETE", "/v1/runs/mine").status == 204
    assert get("mine").status == 200
    for query in ("forget=0", "forget", "forget=1&x=1", "x=1", "", "forget=1" + "&" * 100):
        assert is_problem(kit.call("DELETE", f"/v1/runs/mine?{query}"), 400)
    assert is_problem(kit.call("GET", "/v1/runs/mine?forget=1"), 400)
    assert get("mine").status == 200
    assert kit.call("DELETE", "/v1/runs/mine?forget=1").status == 204
    assert is_problem(get("mine"), 404) and is_problem(kit.call("DELETE", "/v1/runs/mine"), 404)
    assert post({**ONCE, "id": "mine", "args": ["1"]}).status == 200  # the ID is free


def test_a_run_can_be_deleted_and_forgotten_at_once(service):
    with contextlib.closing(send({**SLEEP, "id": "mine"})) as waiting:
        kit.wait_until(lambda: is_running("mine"))
        assert kit.call("DELETE", "/v1/runs/mine?forget=1").status == 204
        assert kit.Answer(waiting.getresponse()).json["verdict"] == "cancelled"
        assert is_problem(get("mine"), 404)


def test_another_principal_s_results_are_not_there(start, tmp_path):
    other = str(tmp_path / "other.sock")
    start({"listen": [{"address": UNIX}, {"address": f"unix:{other}"}]})
    mine = post({**ONCE, "id": "same"})
    assert is_problem(get("same", address=other), 404) and is_problem(kit.call("DELETE", "/v1/runs/same?forget=1", address=other), 404)
    theirs = post({**ONCE, "id": "same", "args": ["1"]}, address=other)
    assert theirs.status == 200 and theirs.content != mine.content
    assert get("same").content == mine.content and get("same", address=other).content == theirs.content


def test_results_are_kept_for_their_time(start):
    start({"keep": {"seconds": 1}})
    first = post({**ONCE, "id": "mine"})
    kit.wait_until(lambda: get("mine").status == 404)
    assert post({**ONCE, "id": "mine"}).content != first.content  # dropped: a new run
    assert is_problem(get("nothing"), 404)


@pytest.mark.parametrize("keep", [{"seconds": 0}, {"bytes": 0}, {"bytes": 100}])
def test_no_results_are_kept_if_the_configuration_says_so(start, keep):
    start({"keep": keep})
    first = post({**ONCE, "id": "mine"})
    assert is_problem(get("mine"), 404)
    assert post({**ONCE, "id": "mine"}).content != first.content


def test_the_oldest_result_gives_way(start):
    start({"keep": {"bytes": 300_000, "seconds": 3600}})
    large = {"profile": "python", "source": "print('x' * 100_000)"}
    for name in ("a", "b", "c"):
        post({**large, "id": name})
    assert [get(name).status for name in ("a", "b", "c")] == [404, 200, 200]
    # One that is larger than all may be together is not kept, and drives out nothing.
    assert len(kit.run({"profile": "python", "source": "print('x' * 400_000)", "id": "d"})["stdout"]) == 400_001
    assert [get(name).status for name in ("b", "c", "d")] == [200, 200, 404]


def test_a_reload_can_lower_the_bound(start, tmp_path):
    one = start({"keep": {"seconds": 3600}})
    post({**ONCE, "id": "mine"})
    (tmp_path / "exrun.json").write_text(json.dumps({"keep": {"seconds": 3600, "bytes": 100}}))
    one.process.send_signal(kit.signal.SIGHUP)
    kit.wait_until(lambda: get("mine").status == 404)


def test_no_run_waits_for_kept_results(start):
    """All memory for answers is kept results at last. Each further run gets its part of it."""
    start({"service": {"results_bytes": 12 << 20}, "keep": {"bytes": 1 << 30, "seconds": 3600}, "cells": {"running": 2}, "queue": {"wait_ms": 300_000}})
    large = {"profile": "python", "source": "print('x' * 1_000_000)"}
    for number in range(16):
        assert kit.run({**large, "id": str(number)}, timeout=300)["verdict"] == "ok"
    kept = [number for number in range(16) if get(str(number)).status == 200]
    assert kept and kept == list(range(kept[0], 16)) and len(kept) < 12


def memory_of_front():
    front, = kit.processes("exrun-front")
    return int(kit.status_of(front)["VmHWM"].split()[0]) << 10


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers keep what was freed")
def test_an_answer_is_not_copied_for_each_waiter(start):
    """100 clients that read nothing would have 100 MB."""
    start({"cells": {"running": 1}, "queue": {"wait_ms": 300_000}})
    request = {"profile": "python", "source": "print('x' * 1_000_000)", "limits": {"wall_ms": 30_000}, "id": "mine"}
    kit.run({**request, "id": "before"})
    before = memory_of_front()
    with contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(contextlib.closing(send(request))) for _ in range(100)]
        contents = set()
        kit.wait_until(lambda: get("mine").status == 200, 120)
        for connection in waiting:
            response = connection.getresponse()
            assert response.status == 200
            contents.add(hashlib.sha256(response.read()).hexdigest())
    assert len(contents) == 1
    assert memory_of_front() - before < 16 << 20


@pytest.mark.skipif(IS_SANITIZER_BUILD, reason="the sanitizers keep what was freed")
def test_kept_results_are_bounded_whatever_clients_send(start):
    bound = 8 << 20
    start({"keep": {"bytes": bound, "seconds": 3600}})
    large = {"profile": "python", "source": "print('x' * 1_000_000)"}
    kit.run(large)
    before = memory_of_front()
    for number in range(30):
        kit.run({**large, "id": str(number)})
    assert memory_of_front() - before < 2 * bound
    assert sum(get(str(number)).status == 200 for number in range(30)) == 8


def test_clients_that_come_and_go_end_nothing(service):
    """Waiters leave at any time: before their run starts, while it runs, while its answer is written, while they read."""
    source = {"profile": "python", "source": "print('x' * 300_000)"}

    def client(number):
        for turn in range(8):
            connection = send({**source, "id": str(turn)})
            if (number + turn) % 3 == 1:
                with contextlib.suppress(OSError, http.client.HTTPException):
                    connection.getresponse()
            if (number + turn) % 3 == 2:
                assert len(kit.Answer(connection.getresponse()).json["stdout"]) == 300_001
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        for future in [pool.submit(client, number) for number in range(12)]:
            future.result(200)
    assert "ended" not in service.log.read_text()
    assert kit.run(ONCE)["verdict"] == "ok"


def test_a_half_closed_waiter_counts_as_gone(start):
    start({"cells": {"running": 0}, "queue": {"wait_ms": 120_000}})
    first, second = (send({**ONCE, "id": "mine"}) for _ in range(2))
    kit.wait_until(lambda: get("mine").status == 202)
    wait_for_waiters(2)
    first.sock.shutdown(socket.SHUT_WR)
    wait_for_waiters(1)
    assert get("mine").status == 202
    second.sock.shutdown(socket.SHUT_WR)
    kit.wait_until(lambda: get("mine").status == 404)
    first.close()
    second.close()
